import { Schema } from 'mongoose';
import type { TrackedEvent } from '../tracked-event.js';

export type TrackedEventDocument = Omit<TrackedEvent, 'id'> & { _id: string };

export const TRACKED_EVENTS = 'tracked_events';

export const trackedEventSchema = new Schema<TrackedEventDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    environmentId: { type: String, required: true },
    userId: { type: String, required: true },
    name: { type: String, required: true },
    properties: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
  },
  { collection: TRACKED_EVENTS, autoIndex: false, minimize: false, versionKey: false },
);
