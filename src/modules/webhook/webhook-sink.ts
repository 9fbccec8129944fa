import { Injectable } from '@nestjs/common';
import type { EnvironmentScope } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { EventSink, type OutwardEvent } from '../../common/events/event-sink.js';
import type { WebhookEventType } from '../../contracts/webhooks.js';
import { DeliveryRepository } from './delivery.repository.js';
import { deliveryIdOf, type Delivery } from './delivery.js';
import { bodyOf } from './webhook-body.js';
import { WebhookQueue } from './webhook-queue.js';
import { WebhookSubscriptions } from './webhook-subscriptions.js';
import type { Webhook } from './webhook.js';

/** Writes what happens into the ledger, once for each webhook that is to be told, and wakes who tells it. */
@Injectable()
export class WebhookSink extends EventSink {
  constructor(
    private readonly subscriptions: WebhookSubscriptions,
    private readonly deliveries: DeliveryRepository,
    private readonly queue: WebhookQueue,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async isWanted(environmentId: string | null, type: WebhookEventType): Promise<boolean> {
    if (environmentId === null) return false;
    return this.subscriptions.anyone(environmentId, type).catch(() => true);
  }

  override async record(events: readonly OutwardEvent[]): Promise<void> {
    const told = await Promise.all(events.map((event) => this.deliveriesOf(event)));
    const deliveries = told.flat().map((delivery, order) => ({ ...delivery, order }));
    if (deliveries.length === 0) return;
    await this.deliveries.record(deliveries);
    void this.queue.wake(new Set(deliveries.map(({ webhookId }) => webhookId)));
  }

  override eraseOfUser(scope: EnvironmentScope, userId: string): Promise<void> {
    return this.deliveries.eraseOfUser(scope, userId);
  }

  private async deliveriesOf(event: OutwardEvent): Promise<Delivery[]> {
    const webhooks = await this.subscriptions.toldOf(event);
    if (webhooks.length === 0) return [];
    const body = bodyOf(event);
    return webhooks.map((webhook) => newDelivery(webhook, event, body, this.clock.now()));
  }
}

/** Due when it was recorded, not when it happened: what comes late must not overtake what is under way. */
export function newDelivery({ id }: Webhook, event: OutwardEvent, body: string, now: Date): Delivery {
  return {
    id: deliveryIdOf(event.id, id),
    organizationId: event.organizationId,
    environmentId: event.environmentId,
    webhookId: id,
    type: event.type,
    conversationId: event.conversationId,
    userId: event.userId,
    body,
    state: 'pending',
    due: now,
    order: 0,
    tries: 0,
    attempts: [],
    createdAt: now,
  };
}
