import type { EnvironmentScope } from '../../common/access/principal.js';
import type { DeliveryState, WebhookEventType } from '../../contracts/webhooks.js';
import type { Attempt, Delivery } from './delivery.js';

export interface DeliveryFilter {
  state?: DeliveryState;
  type?: WebhookEventType;
}

export interface DeliveryCursor {
  createdAt: Date;
  id: string;
}

/** Without the body, which lists do not show. */
export type ListedDelivery = Omit<Delivery, 'body'>;

/** A delivery that this worker, and no other, is to try now. */
export interface ClaimedDelivery extends Delivery {
  claim: string;
}

/** What came of a try. */
export interface Outcome {
  id: string;
  claim: string;
  attempt: Attempt;
  state: DeliveryState;
  due: Date | null;
}

/** What was told, what is to be told, and what came of it: kept for 30 days. */
export abstract class DeliveryRepository {
  /** Durable. What is there already stays as it is. */
  abstract record(deliveries: readonly Delivery[]): Promise<void>;
  /** Newest first. */
  abstract page(
    scope: EnvironmentScope,
    webhookId: string,
    filter: DeliveryFilter,
    page: { limit: number; after?: DeliveryCursor },
  ): Promise<ListedDelivery[]>;
  abstract find(scope: EnvironmentScope, webhookId: string, id: string): Promise<Delivery | null>;
  /** To be tried again as if never before. Null when there is none. */
  abstract replay(
    scope: EnvironmentScope,
    webhookId: string,
    id: string,
    now: Date,
  ): Promise<ListedDelivery | null>;

  /**
   * What is due at a webhook, in the order in which it is to be told; leased: until the lease is over nobody else gets
   * it. Three round trips.
   */
  abstract claimDue(webhookId: string, now: Date, leaseMs: number, limit: number): Promise<ClaimedDelivery[]>;
  abstract hasDue(webhookId: string, now: Date): Promise<boolean>;
  /** One round trip for all. One that failed or was replayed meanwhile stays so, unless it has arrived. */
  abstract finish(outcomes: readonly Outcome[]): Promise<void>;
  /** Gives back what was claimed and not tried, to be due as before. */
  abstract release(claimed: readonly ClaimedDelivery[]): Promise<void>;
  /** Whatever still waits for this webhook is not told any more. */
  abstract failPending(webhookId: string): Promise<void>;
  /** Webhooks at which something is due, of every tenant, in the order of their ids. */
  abstract listDueWebhooks(now: Date, afterId: string | null, limit: number): Promise<string[]>;
  abstract eraseOfUser(scope: EnvironmentScope, userId: string): Promise<void>;
}
