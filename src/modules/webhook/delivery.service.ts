import { Injectable } from '@nestjs/common';
import type { AgentPrincipal, EnvironmentScope } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { ValidationFailed } from '../../common/errors/common.errors.js';
import type { OutwardEvent } from '../../common/events/event-sink.js';
import { decodeCursor, toPage } from '../../common/http/page.js';
import { isId, newId } from '../../common/ids.js';
import type { Page } from '../../contracts/common.js';
import { DeliveryRepository, type DeliveryFilter, type ListedDelivery } from './delivery.repository.js';
import type { Delivery } from './delivery.js';
import { bodyOf } from './webhook-body.js';
import { WebhookDisabled, WebhookNotFound } from './webhook.errors.js';
import { WebhookQueue } from './webhook-queue.js';
import { newDelivery } from './webhook-sink.js';
import { WebhookService } from './webhook.service.js';
import type { Webhook } from './webhook.js';

export interface DeliveryListing extends DeliveryFilter {
  limit: number;
  cursor?: string;
}

/** What a webhook was told, to be looked at and to be told again. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly webhooks: WebhookService,
    private readonly deliveries: DeliveryRepository,
    private readonly queue: WebhookQueue,
    private readonly clock: Clock,
  ) {}

  async page(
    scope: EnvironmentScope,
    webhookId: string,
    { limit, cursor, ...filter }: DeliveryListing,
  ): Promise<Page<ListedDelivery>> {
    await this.webhooks.get(scope, webhookId);
    const after = cursor === undefined ? undefined : cursorFrom(cursor);
    const found = await this.deliveries.page(scope, webhookId, filter, { limit: limit + 1, after });
    return toPage(found, limit, ({ createdAt, id }) => [createdAt.toISOString(), id]);
  }

  /** Throws NotFound. */
  async get(scope: EnvironmentScope, webhookId: string, id: string): Promise<Delivery> {
    await this.webhooks.get(scope, webhookId);
    const found = await this.deliveries.find(scope, webhookId, id);
    if (!found) throw new WebhookNotFound();
    return found;
  }

  /** Throws NotFound, WebhookDisabled. */
  async test(principal: AgentPrincipal, environmentId: string, webhookId: string): Promise<ListedDelivery> {
    const scope = { organizationId: principal.organizationId, environmentId };
    const webhook = await this.getEnabled(scope, webhookId);
    const event = this.testOf(principal, webhook);
    const delivery = newDelivery(webhook, event, bodyOf(event), this.clock.now());
    await this.deliveries.record([delivery]);
    await this.queue.wake([webhookId]);
    return delivery;
  }

  /** Throws NotFound, WebhookDisabled. */
  async replay(scope: EnvironmentScope, webhookId: string, id: string): Promise<ListedDelivery> {
    await this.getEnabled(scope, webhookId);
    const replayed = await this.deliveries.replay(scope, webhookId, id, this.clock.now());
    if (!replayed) throw new WebhookNotFound();
    await this.queue.wake([webhookId]);
    return replayed;
  }

  private async getEnabled(scope: EnvironmentScope, webhookId: string): Promise<Webhook> {
    const webhook = await this.webhooks.get(scope, webhookId);
    if (webhook.status === 'disabled') throw new WebhookDisabled();
    return webhook;
  }

  private testOf({ id, name }: AgentPrincipal, webhook: Webhook): OutwardEvent {
    return {
      id: newId(),
      type: 'webhook.test',
      organizationId: webhook.organizationId,
      environmentId: webhook.environmentId,
      at: this.clock.now(),
      performedBy: { type: 'agent', id, name },
      conversationId: null,
      userId: null,
      isNote: false,
      data: { webhook: { id: webhook.id, name: webhook.name } },
    };
  }
}

function cursorFrom(cursor: string): { createdAt: Date; id: string } {
  const [at = '', id = ''] = decodeCursor(cursor, 2);
  const createdAt = new Date(at);
  if (Number.isNaN(createdAt.getTime()) || !isId(id)) {
    throw new ValidationFailed([{ path: 'cursor', message: 'is not a cursor from an earlier page' }]);
  }
  return { createdAt, id };
}
