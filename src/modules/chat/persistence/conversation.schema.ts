import { Schema } from 'mongoose';
import type { ConversationEvent } from '../conversation-event.js';
import type { Conversation } from '../conversation.js';

export const CONVERSATIONS = 'Conversation';

export interface ConversationDocument extends Omit<Conversation, 'id' | 'events' | 'rating'> {
  _id: string;
  /** Not there while nothing was done to it. */
  events?: ConversationEvent[];
  /** Not there before the first. */
  rating?: Conversation['rating'];
  /** Not there before somebody is mentioned in it. */
  mentionedIds?: string[];
  /** When an agent first answered its user; not there before. */
  answeredAt?: Date;
  /** The head when the status was last set by somebody. */
  statusSeq: number;
  /** The newest change then; not there while nobody has. */
  statusRev?: number;
  /** When somebody last came or went, by the clock of the store; not there while nobody has. */
  membersChangedAt?: Date;
  /** Who once belonged to it and does not now. */
  leftIds?: string[];
  clientConversationId?: string;
  directKey?: string;
  /** Of what a list can be searched by: what stands side by side in it. */
  search: string[];
}

const mixed = { type: Schema.Types.Mixed };
const text = { type: String, default: null };

export const conversationSchema = new Schema<ConversationDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    environmentId: text,
    kind: { type: String, required: true },
    status: { type: String, required: true },
    subject: text,
    name: text,
    description: text,
    visibility: text,
    user: mixed,
    assigneeId: text,
    teamId: text,
    memberIds: [String],
    membersRev: { type: Number, default: 0 },
    archivedAt: { type: Date, default: null },
    slowModeSeconds: { type: Number, default: 0 },
    membersChangedAt: Date,
    leftIds: { type: [String], default: undefined },
    priority: { type: String, required: true },
    tags: [String],
    metadata: mixed,
    traceId: { type: String, required: true },
    lastSeq: { type: Number, required: true },
    lastRev: { type: Number, required: true },
    minSeq: { type: Number, required: true },
    lastMessage: mixed,
    lastPublicMessage: mixed,
    activityAt: { type: Date, required: true },
    snoozedUntil: { type: Date, default: null },
    resolvedAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    mentionedIds: { type: [String], default: undefined },
    answeredAt: Date,
    statusSeq: { type: Number, required: true },
    statusRev: Number,
    creatorKey: { type: String, required: true },
    clientConversationId: String,
    directKey: String,
    search: [String],
    events: { type: [mixed], default: undefined },
    rating: mixed,
  },
  { collection: 'conversations', autoIndex: false, autoCreate: false, minimize: false, versionKey: false },
);

export function toConversation(document: ConversationDocument): Conversation {
  return {
    id: document._id,
    organizationId: document.organizationId,
    environmentId: document.environmentId,
    kind: document.kind,
    status: document.status,
    subject: document.subject,
    name: document.name,
    description: document.description ?? null,
    visibility: document.visibility,
    user: document.user,
    assigneeId: document.assigneeId,
    teamId: document.teamId ?? null,
    memberIds: document.memberIds,
    membersRev: document.membersRev ?? 0,
    creatorKey: document.creatorKey,
    archivedAt: document.archivedAt ?? null,
    slowModeSeconds: document.slowModeSeconds ?? 0,
    priority: document.priority,
    tags: document.tags,
    metadata: document.metadata,
    traceId: document.traceId,
    lastSeq: document.lastSeq,
    lastRev: document.lastRev,
    minSeq: document.minSeq,
    lastMessage: document.lastMessage,
    lastPublicMessage: document.lastPublicMessage,
    activityAt: document.activityAt,
    snoozedUntil: document.snoozedUntil,
    resolvedAt: document.resolvedAt,
    rating: document.rating ?? null,
    createdAt: document.createdAt,
    updatedAt: document.updatedAt,
    events: document.events ?? [],
  };
}
