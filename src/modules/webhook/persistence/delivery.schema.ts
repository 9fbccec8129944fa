import { Schema } from 'mongoose';
import type { Delivery } from '../delivery.js';
import type { ListedDelivery } from '../delivery.repository.js';

export const DELIVERIES = 'webhook_deliveries';

export interface DeliveryDocument extends Omit<Delivery, 'id'> {
  _id: string;
  /** Who took it last. */
  claim?: string;
}

const mixed = { type: Schema.Types.Mixed };

export const deliverySchema = new Schema<DeliveryDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    environmentId: { type: String, required: true },
    webhookId: { type: String, required: true },
    type: { type: String, required: true },
    conversationId: { type: String, default: null },
    userId: { type: String, default: null },
    body: { type: String, required: true },
    state: { type: String, required: true },
    due: { type: Date, default: null },
    order: { type: Number, required: true },
    tries: { type: Number, required: true },
    attempts: [mixed],
    createdAt: { type: Date, required: true },
    claim: String,
  },
  { collection: DELIVERIES, autoIndex: false, autoCreate: false, versionKey: false },
);

export function toDocument({ id, ...delivery }: Delivery): DeliveryDocument {
  return { _id: id, ...delivery };
}

export function toDelivery(document: DeliveryDocument): Delivery {
  return { ...toListed(document), body: document.body };
}

export function toListed(document: Omit<DeliveryDocument, 'body'>): ListedDelivery {
  return {
    id: document._id,
    organizationId: document.organizationId,
    environmentId: document.environmentId,
    webhookId: document.webhookId,
    type: document.type,
    conversationId: document.conversationId,
    userId: document.userId,
    state: document.state,
    due: document.due,
    order: document.order,
    tries: document.tries,
    attempts: document.attempts,
    createdAt: document.createdAt,
  };
}
