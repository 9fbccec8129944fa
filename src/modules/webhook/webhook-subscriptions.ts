import { Injectable } from '@nestjs/common';
import { FreshCache } from '../../common/fresh-cache.js';
import type { OutwardEvent } from '../../common/events/event-sink.js';
import type { WebhookEventType } from '../../contracts/webhooks.js';
import { WebhookRepository } from './webhook.repository.js';
import { subscribes, type Webhook } from './webhook.js';

/** Asked for at every message: what another node changed is felt here within two seconds. */
const FRESH_MS = 2_000;

/** Who is to be told of what. */
@Injectable()
export class WebhookSubscriptions {
  private readonly enabled = new FreshCache<Webhook[]>(20_000, FRESH_MS);

  constructor(private readonly webhooks: WebhookRepository) {}

  async anyone(environmentId: string, type: WebhookEventType): Promise<boolean> {
    return (await this.of(environmentId)).some((webhook) => subscribes(webhook, type));
  }

  async toldOf(event: OutwardEvent): Promise<Webhook[]> {
    return (await this.of(event.environmentId)).filter((webhook) => isTold(webhook, event));
  }

  forget(environmentId: string): void {
    this.enabled.forget(environmentId);
  }

  private async of(environmentId: string): Promise<Webhook[]> {
    const load = () => this.webhooks.listEnabled(environmentId);
    return (await this.enabled.get(environmentId, load)) ?? [];
  }
}

/** A bot that heard other bots would talk with them for ever. */
function isTold(webhook: Webhook, { type, isNote, performedBy }: OutwardEvent): boolean {
  if (!subscribes(webhook, type) || (isNote && !webhook.includesNotes)) return false;
  return !webhook.isBot || performedBy.type === 'user';
}
