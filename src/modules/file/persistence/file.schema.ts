import { Schema } from 'mongoose';
import type { Attached, FileOwner, FileState, StoredFile } from '../file.js';

export const FILES = 'files';

export interface FileDocument extends Omit<StoredFile, 'id'> {
  _id: string;
  owner: FileOwner;
  state: FileState;
  attached: (Attached & { claimId: string }) | null;
  /** Absent until the bytes are gone; a while later the record goes as well. */
  purgedAt?: Date;
}

const mixed = { type: Schema.Types.Mixed, default: null };

export const fileSchema = new Schema<FileDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    environmentId: { type: String, default: null },
    owner: { ...mixed, required: true },
    state: { type: String, required: true },
    attached: mixed,
    name: { type: String, required: true },
    mimeType: { type: String, required: true },
    size: { type: Number, required: true },
    width: { type: Number, default: null },
    height: { type: Number, default: null },
    storageKey: { type: String, required: true },
    hasThumbnail: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
    purgedAt: Date,
  },
  {
    collection: FILES,
    autoIndex: false,
    autoCreate: false,
    minimize: false,
    versionKey: false,
    writeConcern: { w: 'majority', j: true },
  },
);
