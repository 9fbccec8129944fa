import { createChatIndexes } from './20261120-create-chat-indexes.js';
import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';
import { createUsers } from './20261120213500-create-users.js';
import { numberChanges } from './20261121100000-number-changes.js';
import { findChangedMemberships } from './20261121110000-find-changed-memberships.js';
import { createFiles } from './20261121120000-create-files.js';
import { findReplies } from './20261121131000-find-replies.js';
import { indexMessages } from './20261121132000-index-messages.js';
import { findPins } from './20261122100000-find-pins.js';
import { findUnsaidEvents } from './20261127090000-find-unsaid-events.js';
import { findHeldMessages } from './20261127090000-find-held-messages.js';
import { findByThreeCharacters } from './20261127094000-find-by-three-characters.js';
import { createWebhookDeliveries } from './20261127100000-create-webhook-deliveries.js';
import { createNotices } from './20261127101500-create-notices.js';
import { findUntoldUserEvents } from './20261127110000-find-untold-user-events.js';
import { findByTeamPriorityAndMention } from './20261127124500-find-by-team-priority-and-mention.js';
import { drawTheOverview } from './20261127130000-draw-the-overview.js';
import { createTrackedEvents } from './20261127133000-create-tracked-events.js';

/** In the order in which they run. A shipped migration is never edited. */
export const mongoMigrations: readonly MongoMigration[] = [
  createUsers,
  createChatIndexes,
  numberChanges,
  findChangedMemberships,
  createFiles,
  findReplies,
  indexMessages,
  findPins,
  findUnsaidEvents,
  findHeldMessages,
  findByThreeCharacters,
  createWebhookDeliveries,
  createNotices,
  findUntoldUserEvents,
  findByTeamPriorityAndMention,
  drawTheOverview,
  createTrackedEvents,
];
