import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { AppConfig } from '../../config/app-config.js';
import { RedisLocks } from '../../infrastructure/redis/redis-locks.js';
import { EnvironmentService } from '../environment/environment.service.js';
import { UserErasureService } from '../user/user-erasure.service.js';
import { DeliveryRepository, type ClaimedDelivery, type Outcome } from './delivery.repository.js';
import { hasArrived, nextTry } from './delivery.js';
import { Outcomes } from './outcomes.js';
import { WebhookHealth } from './webhook-health.js';
import { WebhookQueue } from './webhook-queue.js';
import { WebhookReplies } from './webhook-replies.js';
import { WebhookRepository } from './webhook.repository.js';
import { WebhookSender, type Tried } from './webhook-sender.js';
import type { Webhook } from './webhook.js';

/** A receiver gets so many requests at once, and no more. */
const AT_ONCE = 4;
const BATCH = 100;
/** Then others have their turn. */
const RUN_MS = 60_000;
/** A lock is shorter than a lease: who comes after a worker that died finds what it had as soon as it may take it. */
const LOCKS_PER_LEASE = 4;

/**
 * Tells webhooks what is due. One worker at a time for each webhook, as a rule: Redis, which keeps the lock, may forget
 * it, and then the leases keep two of them from telling the same.
 */
@Injectable()
export class WebhookRunner {
  private readonly logger = new Logger(WebhookRunner.name);

  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly environments: EnvironmentService,
    private readonly erasures: UserErasureService,
    private readonly sender: WebhookSender,
    private readonly health: WebhookHealth,
    private readonly replies: WebhookReplies,
    private readonly queue: WebhookQueue,
    private readonly locks: RedisLocks,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Looks once more after it gave back the lock: what was recorded meanwhile found it taken. */
  async run(webhookId: string): Promise<void> {
    const until = performance.now() + RUN_MS;
    while (await this.deliveries.hasDue(webhookId, this.clock.now())) {
      if (performance.now() >= until) return this.queue.wake([webhookId]);
      const lock = await this.locks.take(
        `webhook:${webhookId}`,
        this.config.webhooks.leaseMs / LOCKS_PER_LEASE,
      );
      if (!lock) return;
      try {
        await this.drain(webhookId, () => !lock.isLost && performance.now() < until);
      } finally {
        await lock.release();
      }
    }
  }

  private async drain(webhookId: string, mayGoOn: () => boolean): Promise<void> {
    while (mayGoOn()) {
      const webhook = await this.findTellable(webhookId);
      if (!webhook) return this.deliveries.failPending(webhookId);
      const { leaseMs } = this.config.webhooks;
      const batch = await this.deliveries.claimDue(webhookId, this.clock.now(), leaseMs, BATCH);
      if (batch.length === 0) return;
      await this.tellAll(webhook, await this.withoutErased(webhook, batch), mayGoOn);
    }
  }

  /**
   * What was recorded in the moment of its user's erasure may have come after the ledger was cleared of them. Whoever is
   * not being erased yet, once it is there, is cleared away with it.
   */
  private async withoutErased(
    { organizationId, environmentId }: Webhook,
    batch: readonly ClaimedDelivery[],
  ): Promise<ClaimedDelivery[]> {
    const scope = { organizationId, environmentId };
    const userIds = new Set(batch.flatMap(({ userId }) => userId ?? []));
    const erased = await this.erasures.erasedAmong(scope, [...userIds]);
    for (const userId of erased) await this.deliveries.eraseOfUser(scope, userId);
    return batch.filter(({ userId }) => userId === null || !erased.has(userId));
  }

  private async findTellable(webhookId: string): Promise<Webhook | null> {
    const webhook = await this.webhooks.findAny(webhookId);
    if (webhook?.status !== 'enabled') return null;
    return (await this.environments.findById(webhook.environmentId)) && webhook;
  }

  /** Begins them in order. What cannot be begun within the lease, whoever is slow, is given back. */
  private async tellAll(
    webhook: Webhook,
    batch: readonly ClaimedDelivery[],
    mayGoOn: () => boolean,
  ): Promise<void> {
    const { leaseMs, timeoutMs } = this.config.webhooks;
    const lastStart = performance.now() + leaseMs - timeoutMs;
    const mayBegin = () => mayGoOn() && webhook.status === 'enabled' && performance.now() < lastStart;
    const outcomes = new Outcomes(this.deliveries);
    const written: Promise<void>[] = [];
    const left: ClaimedDelivery[] = [];
    const waiting = batch.values();
    const lane = async () => {
      for (const delivery of waiting) {
        if (!mayBegin()) left.push(delivery);
        else await this.tell(webhook, delivery, (outcome) => written.push(outcomes.add(outcome)));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    await Promise.all(written);
    await this.deliveries.release(left);
  }

  /** Where a store is away, nothing came of it: it is told again once its lease is over. */
  private async tell(
    webhook: Webhook,
    delivery: ClaimedDelivery,
    note: (outcome: Outcome) => void,
  ): Promise<void> {
    try {
      const tried = await this.sender.send(webhook, delivery);
      await this.health.note(webhook, tried.attempt);
      const isGood = tried.answer === null || (await this.replies.say(webhook, delivery, tried.answer));
      const attempt = isGood ? tried.attempt : { ...tried.attempt, error: 'reply' };
      note(outcomeOf(delivery, { ...tried, attempt }));
    } catch (error) {
      const { id } = delivery;
      this.logger.warn({ err: (error as Error).message, delivery: id }, 'a delivery waits for its next turn');
    }
  }
}

function outcomeOf({ id, claim, tries }: ClaimedDelivery, { attempt, answer }: Tried): Outcome {
  if (hasArrived(attempt)) return { id, claim, attempt, state: 'delivered', due: null };
  const failedAt = new Date(attempt.at.getTime() + attempt.durationMs);
  const due = nextTry(tries + 1, failedAt, answer?.headers['retry-after']);
  return { id, claim, attempt, state: due === null ? 'failed' : 'pending', due };
}
