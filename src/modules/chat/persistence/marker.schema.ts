import { Schema } from 'mongoose';

export const MARKERS = 'Participant';

export interface MarkerDocument {
  /** `<conversationId>:<type>:<principalId>` */
  _id: string;
  organizationId: string;
  conversationId: string;
  type: 'agent' | 'user';
  principalId: string;
  readSeq: number;
  deliveredSeq: number;
  /** Absent until they write. */
  hasWritten?: true;
  mutedUntil?: Date | null;
  mailedAt?: Date;
  mailedSeq?: number;
  mailJobId?: string;
}

export const markerSchema = new Schema<MarkerDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    conversationId: { type: String, required: true },
    type: { type: String, required: true },
    principalId: { type: String, required: true },
    readSeq: { type: Number, required: true },
    deliveredSeq: { type: Number, required: true },
    hasWritten: Boolean,
    mutedUntil: Date,
    mailedAt: Date,
    mailedSeq: Number,
    mailJobId: String,
  },
  { collection: 'participants', autoIndex: false, autoCreate: false, versionKey: false },
);
