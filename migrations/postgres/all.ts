import type { MigrationInterface } from 'typeorm';
import { CreateTenants1795208400000 } from './1795208400000-create-tenants.js';
import { CreateSessions1795208460000 } from './1795208460000-create-sessions.js';
import { CreateMessageIndex1795253400000 } from './1795253400000-create-message-index.js';

/** In the order in which they run. A shipped migration is never edited. */
export const postgresMigrations: (new () => MigrationInterface)[] = [
  CreateTenants1795208400000,
  CreateSessions1795208460000,
  CreateMessageIndex1795253400000,
];
