import type { WebhookPerformer } from '../../contracts/webhooks.js';

/** What happened to a user and has not been told outside yet: noted in the very write that did it. */
export interface UserEvent {
  id: string;
  type: 'user.created' | 'user.updated' | 'user.erased';
  at: Date;
  by: WebhookPerformer;
}
