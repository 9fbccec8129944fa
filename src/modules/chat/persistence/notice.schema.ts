import { Schema } from 'mongoose';

export const NOTICES = 'Notice';
export const DIGESTS = 'Digest';

export interface NoticeDocument {
  /** `<conversationId>:<agentId>`, and `:<messageId>` where it is told apart that an edit mentions them. */
  _id: string;
  organizationId: string;
  conversationId: string;
  agentId: string;
  messageId?: string;
  pushedSeq?: number;
  /** Absent when the push is out. */
  pushJobId?: string;
  /** Which devices have what this job pushes. */
  reachedIds?: string[];
  /** Which devices show something that was not read when it was pushed. */
  shownIds?: string[];
  /** Absent unless the next digest is to tell of it. */
  awaitingSeq?: number;
  toldSeq?: number;
}

export interface DigestDocument {
  /** The agent's id. */
  _id: string;
  organizationId: string;
  /** Absent when there is nothing to be sent. */
  dueAt?: Date;
  requests: number;
  round?: number;
  sentAt?: Date;
  claim?: string;
  claimedUntil?: Date;
}

const id = { type: String, required: true } as const;

export const noticeSchema = new Schema<NoticeDocument>(
  {
    _id: id,
    organizationId: id,
    conversationId: id,
    agentId: id,
    messageId: String,
    pushedSeq: Number,
    pushJobId: String,
    reachedIds: { type: [String], default: undefined },
    shownIds: { type: [String], default: undefined },
    awaitingSeq: Number,
    toldSeq: Number,
  },
  { collection: 'notices', autoIndex: false, autoCreate: false, versionKey: false },
);

export const digestSchema = new Schema<DigestDocument>(
  {
    _id: id,
    organizationId: id,
    dueAt: Date,
    requests: { type: Number, required: true },
    round: Number,
    sentAt: Date,
    claim: String,
    claimedUntil: Date,
  },
  { collection: 'digests', autoIndex: false, autoCreate: false, versionKey: false },
);
