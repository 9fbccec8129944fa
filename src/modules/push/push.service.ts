import { Injectable } from '@nestjs/common';
import { createECDH } from 'node:crypto';
import type { AgentPrincipal, Scope } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { NotFound, ValidationFailed } from '../../common/errors/common.errors.js';
import { newId } from '../../common/ids.js';
import { AppConfig } from '../../config/app-config.js';
import { NotificationTally } from '../../infrastructure/metrics/notification-tally.js';
import { SessionService } from '../auth/session.service.js';
import { PushSender, type PushOutcome } from './push-sender.js';
import { PushSubscriptionRepository } from './push-subscription.repository.js';
import { MAX_DEVICES, type PushNotice, type PushSubscription } from './push.js';
import { VapidKeys } from './vapid-keys.js';

export interface BrowserSubscription {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

const COUNTED = { sent: 'sent', gone: 'removed', refused: 'failed', later: 'failed' } as const;
const USER_AGENT_CHARACTERS = 300;

/** The devices that agents are reached on. A device is as good as the sign-in that it was subscribed with. */
@Injectable()
export class PushService {
  constructor(
    private readonly subscriptions: PushSubscriptionRepository,
    private readonly sessions: SessionService,
    private readonly sender: PushSender,
    private readonly keys: VapidKeys,
    private readonly tally: NotificationTally,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  async publicKey(): Promise<string> {
    return (await this.keys.get()).publicKey;
  }

  /** The same browser again is the same device. Throws ValidationFailed. */
  async subscribe(
    principal: AgentPrincipal,
    { endpoint, keys }: BrowserSubscription,
    userAgent: string | null,
  ): Promise<PushSubscription> {
    this.assertGood(endpoint, keys.p256dh);
    const { organizationId, id: agentId, sessionId } = principal;
    const subscription = await this.subscriptions.put({
      id: newId(),
      organizationId,
      agentId,
      sessionId,
      endpoint,
      ...keys,
      userAgent: userAgent && userAgent.slice(0, USER_AGENT_CHARACTERS),
      createdAt: this.clock.now(),
    });
    await this.dropOldest(principal);
    return subscription;
  }

  list({ organizationId, id }: AgentPrincipal): Promise<PushSubscription[]> {
    return this.subscriptions.listOf({ organizationId }, [id]);
  }

  /** Throws NotFound. */
  async unsubscribe({ organizationId, id: agentId }: AgentPrincipal, id: string): Promise<void> {
    if (!(await this.subscriptions.remove({ organizationId }, agentId, id))) {
      throw new NotFound('push');
    }
  }

  forgetSession(sessionId: string): Promise<void> {
    return this.subscriptions.removeOfSession(sessionId);
  }

  /** Whose sign-in has ended hears nothing, whatever became of the news of that end. By agent. */
  async devicesOf(scope: Scope, agentIds: readonly string[]): Promise<Map<string, PushSubscription[]>> {
    if (agentIds.length === 0) return new Map();
    const found = await this.subscriptions.listOf(scope, agentIds);
    const sessionIds = [...new Set(found.map(({ sessionId }) => sessionId))];
    const live = new Set(sessionIds.length > 0 ? await this.sessions.findLiveIds(sessionIds) : []);
    const devices = found.filter(({ sessionId }) => live.has(sessionId));
    return Map.groupBy(devices, ({ agentId }) => agentId);
  }

  /** A device that is gone is forgotten. */
  async send(device: PushSubscription, notice: PushNotice): Promise<PushOutcome> {
    const outcome = await this.sender.send(device, notice);
    this.tally.notified('push', COUNTED[outcome]);
    const { organizationId, id } = device;
    if (outcome === 'gone') await this.subscriptions.removeMany({ organizationId }, [id]);
    return outcome;
  }

  private async dropOldest({ organizationId, id }: AgentPrincipal): Promise<void> {
    const devices = await this.subscriptions.listOf({ organizationId }, [id]);
    const old = devices.slice(0, Math.max(0, devices.length - MAX_DEVICES));
    if (old.length > 0) {
      await this.subscriptions.removeMany(
        { organizationId },
        old.map((device) => device.id),
      );
    }
  }

  private assertGood(endpoint: string, p256dh: string): void {
    if (!this.isReachable(endpoint)) {
      throw new ValidationFailed([{ path: 'endpoint', message: 'must be an https address' }]);
    }
    if (!isPublicKey(p256dh)) {
      throw new ValidationFailed([{ path: 'keys.p256dh', message: 'must be a key of a browser' }]);
    }
  }

  /** The address itself is checked whenever something is sent there. */
  private isReachable(endpoint: string): boolean {
    if (!URL.canParse(endpoint)) return false;
    const { protocol } = new URL(endpoint);
    return protocol === 'https:' || (protocol === 'http:' && this.config.server.mayFetchLocalhost);
  }
}

/** A point of the curve, and not just as long as one. */
function isPublicKey(p256dh: string): boolean {
  const ours = createECDH('prime256v1');
  ours.generateKeys();
  try {
    ours.computeSecret(Buffer.from(p256dh, 'base64url'));
    return true;
  } catch {
    return false;
  }
}
