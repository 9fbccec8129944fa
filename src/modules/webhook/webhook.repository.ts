import type { EnvironmentScope } from '../../common/access/principal.js';
import type { WebhookDisabledReason } from '../../contracts/webhooks.js';
import type { Webhook, WebhookChanges } from './webhook.js';

export abstract class WebhookRepository {
  abstract insert(webhook: Webhook): Promise<void>;
  /** Oldest first. */
  abstract page(scope: EnvironmentScope, afterId: string | null, limit: number): Promise<Webhook[]>;
  abstract count(scope: EnvironmentScope): Promise<number>;
  abstract find(scope: EnvironmentScope, id: string): Promise<Webhook | null>;
  abstract update(scope: EnvironmentScope, id: string, changes: WebhookChanges): Promise<Webhook | null>;
  /** False when there was none. */
  abstract remove(scope: EnvironmentScope, id: string): Promise<boolean>;
  /** The enabled ones. Without a tenant: the event that asks for them knows its environment. */
  abstract listEnabled(environmentId: string): Promise<Webhook[]>;
  /** Of whatever tenant: for the worker, which has the id of a delivery's webhook. */
  abstract findAny(id: string): Promise<Webhook | null>;
  /** Since when nothing has arrived: the earliest failure stays, until null says that something did. */
  abstract noteFailing(id: string, since: Date | null): Promise<void>;
  /** With a notice to be given. Answers it to the one caller who disabled it; null when it was so already. */
  abstract disable(id: string, reason: WebhookDisabledReason): Promise<Webhook | null>;
  /** Of every tenant. */
  abstract listUnnoticed(limit: number): Promise<Pick<Webhook, 'id' | 'organizationId'>[]>;
  abstract markNoticed(id: string): Promise<void>;
}
