import { Schema } from 'mongoose';

export const ACTIVITY = 'Activity';

export interface ActivityDocument {
  /** `<environmentId>:<hour in ms>` */
  _id: string;
  organizationId: string;
  environmentId: string;
  at: Date;
  messages: number;
  conversations: number;
}

export const activitySchema = new Schema<ActivityDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    environmentId: { type: String, required: true },
    at: { type: Date, required: true },
    messages: { type: Number, required: true },
    conversations: { type: Number, required: true },
  },
  { collection: 'activity_hours', autoIndex: false, autoCreate: false, versionKey: false },
);
