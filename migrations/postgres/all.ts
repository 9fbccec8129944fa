import type { MigrationInterface } from 'typeorm';
import { CreateTenants1795208400000 } from './1795208400000-create-tenants.js';
import { CreateSessions1795208460000 } from './1795208460000-create-sessions.js';
import { CreateMessageIndex1795253400000 } from './1795253400000-create-message-index.js';
import { SortInMoreMessagesAtOnce1795428000000 } from './1795428000000-sort-in-more-messages-at-once.js';
import { AddAgentNotifications1795771708000 } from './1795771708000-add-agent-notifications.js';
import { CreateWebhooks1795772400000 } from './1795772400000-create-webhooks.js';
import { CreatePushSubscriptions1795773113000 } from './1795773113000-create-push-subscriptions.js';
import { AddAgentProfile1795774200000 } from './1795774200000-add-agent-profile.js';
import { CreateTeamsAndWhatAgentsSave1795781000000 } from './1795781000000-create-teams-and-what-agents-save.js';

/** In the order in which they run. A shipped migration is never edited. */
export const postgresMigrations: (new () => MigrationInterface)[] = [
  CreateTenants1795208400000,
  CreateSessions1795208460000,
  CreateMessageIndex1795253400000,
  SortInMoreMessagesAtOnce1795428000000,
  AddAgentNotifications1795771708000,
  CreateWebhooks1795772400000,
  CreatePushSubscriptions1795773113000,
  AddAgentProfile1795774200000,
  CreateTeamsAndWhatAgentsSave1795781000000,
];
