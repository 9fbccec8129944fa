import { Schema, type mongo } from 'mongoose';
import type { Message, MessageDraft, OutboxTask } from '../message.js';
import { senderKeyOf } from '../conversation.js';

export const MESSAGES = 'Message';

export interface MessageDocument extends Omit<Message, 'id' | 'clientMessageId'> {
  _id: string;
  senderKey: string;
  /** Absent when the sender gave none: the unique index covers only what is there. */
  clientMessageId?: string;
  outbox?: { tasks: OutboxTask[]; due: Date };
}

const mixed = { type: Schema.Types.Mixed };

export const messageSchema = new Schema<MessageDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    environmentId: { type: String, default: null },
    conversationId: { type: String, required: true },
    seq: { type: Number, required: true },
    rev: { type: Number, required: true },
    clientMessageId: String,
    bodyHash: { type: String, required: true },
    senderKey: { type: String, required: true },
    type: { type: String, required: true },
    sender: mixed,
    content: { type: String, default: '' },
    attachments: [mixed],
    mentions: [mixed],
    threadRootId: { type: String, default: null },
    replyToId: { type: String, default: null },
    private: { type: Boolean, required: true },
    pinned: { type: Boolean, required: true },
    metadata: mixed,
    state: { type: String, required: true },
    createdAt: { type: Date, required: true },
    editedAt: { type: Date, default: null },
    deletedAt: { type: Date, default: null },
    outbox: mixed,
  },
  { collection: 'messages', autoIndex: false, autoCreate: false, minimize: false, versionKey: false },
);

export function toDocument(draft: MessageDraft, seq: number, due: Date): MessageDocument {
  const { id, clientMessageId, tasks, ...said } = draft;
  const document: MessageDocument = {
    _id: id,
    ...said,
    seq,
    rev: 0,
    senderKey: senderKeyOf(draft.sender),
    pinned: false,
    editedAt: null,
    deletedAt: null,
  };
  if (clientMessageId !== null) document.clientMessageId = clientMessageId;
  if (tasks.length > 0) document.outbox = { tasks, due };
  return document;
}

export function toMessage(document: mongo.WithId<MessageDocument> | MessageDocument): Message {
  return {
    id: document._id,
    organizationId: document.organizationId,
    environmentId: document.environmentId,
    conversationId: document.conversationId,
    seq: document.seq,
    rev: document.rev,
    clientMessageId: document.clientMessageId ?? null,
    bodyHash: document.bodyHash,
    type: document.type,
    sender: document.sender,
    content: document.content,
    attachments: document.attachments,
    mentions: document.mentions,
    threadRootId: document.threadRootId,
    replyToId: document.replyToId,
    private: document.private,
    pinned: document.pinned,
    metadata: document.metadata,
    state: document.state,
    createdAt: document.createdAt,
    editedAt: document.editedAt,
    deletedAt: document.deletedAt,
  };
}
