import { Schema, type mongo } from 'mongoose';
import {
  UNCHANGED,
  type Message,
  type MessageDraft,
  type MessageVersion,
  type OutboxIntent,
  type Review,
} from '../message.js';
import { senderKeyOf } from '../conversation.js';

export const MESSAGES = 'Message';

export interface MessageDocument extends Omit<
  Message,
  'id' | 'clientMessageId' | 'lateMentionIds' | 'held' | 'review'
> {
  _id: string;
  /** Absent where no edit ever mentioned anybody. */
  lateMentionIds?: string[] | null;
  /** Absent where nothing was ever said against it: few messages are in its index. */
  held?: boolean;
  review?: Review | null;
  senderKey: string;
  /** Absent when the sender gave none: the unique index covers only what is there. */
  clientMessageId?: string;
  /** Every number that a change of this message ever got. Absent before the first. */
  revs?: number[];
  /** How many of those were given to new counts of its replies, not to what people did. */
  recounts?: number;
  /** What it said before, oldest first. */
  versions?: MessageVersion[];
  /** The agents who have been told that it mentions them. */
  toldIds?: string[];
  outbox?: OutboxMark[];
}

export interface OutboxMark extends OutboxIntent {
  rev: number;
  /** How often the relay has taken it. */
  tries: number;
  /** Who took it last. */
  claim?: string;
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
    revs: { type: [Number], default: undefined },
    recounts: Number,
    clientMessageId: String,
    bodyHash: { type: String, required: true },
    senderKey: { type: String, required: true },
    type: { type: String, required: true },
    sender: mixed,
    content: { type: String, default: '' },
    attachments: [mixed],
    mentions: [mixed],
    mentionsAll: { type: Boolean, default: false },
    lateMentionIds: { type: [String], default: undefined },
    threadRootId: { type: String, default: null },
    alsoInConversation: { type: Boolean, default: false },
    thread: { ...mixed, default: null },
    replyToId: { type: String, default: null },
    reactions: [mixed],
    linkPreviews: { ...mixed, default: null },
    private: { type: Boolean, required: true },
    held: Boolean,
    review: mixed,
    pinned: { type: Boolean, required: true },
    metadata: mixed,
    state: { type: String, required: true },
    createdAt: { type: Date, required: true },
    editedAt: { type: Date, default: null },
    deletedAt: { type: Date, default: null },
    versions: { type: [mixed], default: undefined },
    toldIds: { type: [String], default: undefined },
    outbox: { type: [mixed], default: undefined },
  },
  { collection: 'messages', autoIndex: false, autoCreate: false, minimize: false, versionKey: false },
);

export function toDocument(draft: MessageDraft, seq: number): MessageDocument {
  const { id, clientMessageId, outbox, held, ...said } = draft;
  const { review: _, lateMentionIds: __, ...unchanged } = UNCHANGED;
  const document: MessageDocument = {
    _id: id,
    ...said,
    ...unchanged,
    reactions: [],
    seq,
    senderKey: senderKeyOf(draft.sender),
  };
  if (held) document.held = true;
  if (clientMessageId !== null) document.clientMessageId = clientMessageId;
  if (outbox.length > 0) document.outbox = outbox.map((intent) => ({ ...intent, rev: 0, tries: 0 }));
  return document;
}

/** What a message was stored without, before there was such a thing, it has not. */
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
    mentionsAll: document.mentionsAll ?? false,
    lateMentionIds: document.lateMentionIds ?? null,
    threadRootId: document.threadRootId,
    alsoInConversation: document.alsoInConversation ?? false,
    thread: document.thread ?? null,
    replyToId: document.replyToId,
    reactions: document.reactions ?? [],
    linkPreviews: document.linkPreviews ?? null,
    private: document.private,
    held: document.held ?? false,
    review: document.review ?? null,
    pinned: document.pinned,
    metadata: document.metadata,
    state: document.state,
    createdAt: document.createdAt,
    editedAt: document.editedAt,
    deletedAt: document.deletedAt,
  };
}
