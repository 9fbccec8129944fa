import type { mongo } from 'mongoose';
import type { MongoMigration } from '../../src/infrastructure/mongo/mongo-migrator.js';

type Index = mongo.IndexDescription & { name: string };

const MESSAGES: Index[] = [
  // The sequencer: a number is given once. Serves history, sync, unread and heads.
  { name: 'message_seq', key: { conversationId: 1, seq: 1 }, unique: true },
  // Exactly once, for ever.
  {
    name: 'message_client_message_id',
    key: { conversationId: 1, senderKey: 1, clientMessageId: 1 },
    unique: true,
    partialFilterExpression: { clientMessageId: { $exists: true } },
  },
  // The same for changes; a message that was never changed has none.
  {
    name: 'message_rev',
    key: { conversationId: 1, rev: 1 },
    unique: true,
    partialFilterExpression: { rev: { $gt: 0 } },
  },
  // The relay's work list: only what still waits is in it.
  {
    name: 'message_outbox',
    key: { 'outbox.due': 1 },
    partialFilterExpression: { 'outbox.due': { $exists: true } },
  },
];

const CONVERSATIONS: Index[] = [
  // Support lists; without a status all of them are asked for, so that these serve with and without one.
  { name: 'conversation_status', key: { organizationId: 1, kind: 1, status: 1, activityAt: -1, _id: -1 } },
  {
    name: 'conversation_environment',
    key: { environmentId: 1, kind: 1, status: 1, activityAt: -1, _id: -1 },
  },
  {
    name: 'conversation_assignee',
    key: { organizationId: 1, kind: 1, assigneeId: 1, status: 1, activityAt: -1, _id: -1 },
  },
  { name: 'conversation_updated', key: { organizationId: 1, updatedAt: -1 } },
  { name: 'conversation_user', key: { 'user.id': 1, activityAt: -1, _id: -1 } },
  { name: 'conversation_member', key: { memberIds: 1, activityAt: -1, _id: -1 } },
  { name: 'conversation_visibility', key: { organizationId: 1, visibility: 1, activityAt: -1, _id: -1 } },
  { name: 'conversation_tag', key: { organizationId: 1, tags: 1, activityAt: -1, _id: -1 } },
  { name: 'conversation_search', key: { organizationId: 1, search: 1 } },
  {
    name: 'conversation_snoozed',
    key: { snoozedUntil: 1 },
    partialFilterExpression: { status: 'snoozed' },
  },
  {
    name: 'conversation_client_conversation_id',
    key: { organizationId: 1, creatorKey: 1, clientConversationId: 1 },
    unique: true,
    partialFilterExpression: { clientConversationId: { $exists: true } },
  },
  {
    name: 'conversation_direct',
    key: { organizationId: 1, directKey: 1 },
    unique: true,
    partialFilterExpression: { directKey: { $exists: true } },
  },
];

const PARTICIPANTS: Index[] = [{ name: 'participant_conversation', key: { conversationId: 1 } }];

const ALL: Record<string, Index[]> = {
  messages: MESSAGES,
  conversations: CONVERSATIONS,
  participants: PARTICIPANTS,
};

export const createChatIndexes: MongoMigration = {
  name: '20261120-create-chat-indexes',

  async up(db) {
    for (const [collection, indexes] of Object.entries(ALL))
      await db.collection(collection).createIndexes(indexes);
  },

  async down(db) {
    for (const [collection, indexes] of Object.entries(ALL)) {
      for (const { name } of indexes) await db.collection(collection).dropIndex(name);
    }
  },
};
