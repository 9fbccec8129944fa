import { Schema } from 'mongoose';
import type { UserEvent } from '../user-event.js';
import type { User } from '../user.js';
import type { Erasure } from '../user.repository.js';

export interface UserDocument extends Omit<User, 'id' | 'memberId' | 'events'> {
  _id: string;
  /** Absent, not null, for anonymous users: the unique index covers only those who have one. */
  memberId?: string;
  searchText: string;
  search: string[];
  /** Counts the writes, so that none is built on a state that is no longer true. */
  revision: number;
  /** Not there while there are none. */
  events?: UserEvent[];
}

export interface ErasureDocument extends Omit<Erasure, 'id' | 'untold'> {
  _id: string;
  untold?: UserEvent;
  /** Somebody is at it. */
  leasedUntil?: Date;
}

export const USERS = 'users';
export const ERASURES = 'erasures';

export const userSchema = new Schema<UserDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    environmentId: { type: String, required: true },
    memberId: String,
    identity: { type: String, required: true },
    profile: { type: Schema.Types.Mixed, required: true },
    tags: [String],
    language: String,
    lastSeenAt: Date,
    blockedAt: Date,
    consentedAt: Date,
    page: Schema.Types.Mixed,
    devices: { type: [Schema.Types.Mixed], default: undefined },
    createdAt: { type: Date, required: true },
    searchText: String,
    search: [String],
    revision: { type: Number, required: true },
    events: { type: [Schema.Types.Mixed], default: undefined },
  },
  {
    collection: USERS,
    autoIndex: false,
    minimize: false,
    versionKey: false,
    writeConcern: { w: 'majority', j: true },
  },
);

export const erasureSchema = new Schema<ErasureDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    environmentId: { type: String, required: true },
    userId: { type: String, required: true },
    startedAt: { type: Date, required: true },
    erased: { type: Schema.Types.Mixed, default: null },
    untold: { type: Schema.Types.Mixed, default: undefined },
    leasedUntil: Date,
  },
  { collection: ERASURES, autoIndex: false, versionKey: false, writeConcern: { w: 'majority', j: true } },
);
