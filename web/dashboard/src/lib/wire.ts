/** The wire types as the dashboard sees them; the server owns them. */
export type * from '../../../../src/contracts/common.js';
export type * from '../../../../src/contracts/chat.js';
export type * from '../../../../src/contracts/operations.js';
export type * from '../../../../src/contracts/overview.js';
export type * from '../../../../src/contracts/tenants.js';
export type { Viewer } from '../../../../src/contracts/socket.js';
export type * from '../../../../src/contracts/users.js';
export type * from '../../../../src/contracts/webhooks.js';
