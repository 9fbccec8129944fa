import { beforeEach, describe, expect, it } from '@jest/globals';
import { createECDH } from 'node:crypto';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/ids.js';
import type { AppConfig } from '../../config/app-config.js';
import type { NotificationTally } from '../../infrastructure/metrics/notification-tally.js';
import type { SessionService } from '../auth/session.service.js';
import { InMemoryPushSubscriptionRepository } from './fakes/in-memory-push-subscription.repository.fake.js';
import type { PushOutcome, PushSender } from './push-sender.js';
import { PushService } from './push.service.js';
import type { PushNotice } from './push.js';
import type { VapidKeys } from './vapid-keys.js';

const NOTICE: PushNotice = {
  kind: 'message',
  conversationId: 'c',
  title: 't',
  body: 'b',
  url: 'u',
  tag: 'c',
};

function aBrowser() {
  const p256dh = createECDH('prime256v1').generateKeys('base64url');
  return { endpoint: `https://push.example/${newId()}`, keys: { p256dh, auth: 'a'.repeat(22) } };
}

describe(PushService.name, () => {
  let push: PushService;
  let outcome: PushOutcome;
  let endedIds: string[];
  let counted: string[];
  let mayFetchLocalhost: boolean;
  const agent = { id: newId(), organizationId: newId(), sessionId: newId() } as AgentPrincipal;

  beforeEach(() => {
    [outcome, endedIds, counted, mayFetchLocalhost] = ['sent', [], [], false];
    push = new PushService(
      new InMemoryPushSubscriptionRepository(),
      {
        findLiveIds: (ids: string[]) => Promise.resolve(ids.filter((id) => !endedIds.includes(id))),
      } as unknown as SessionService,
      { send: () => Promise.resolve(outcome) } as unknown as PushSender,
      {} as VapidKeys,
      { notified: (...said: string[]) => counted.push(said.join(' ')) } as unknown as NotificationTally,
      new Clock(),
      {
        server: {
          get mayFetchLocalhost() {
            return mayFetchLocalhost;
          },
        },
      } as AppConfig,
    );
  });

  const devices = async () => (await push.devicesOf(agent, [agent.id])).get(agent.id) ?? [];

  it('reaches the devices of sign-ins that live, and no other', async () => {
    await push.subscribe(agent, aBrowser(), 'Firefox');
    const other = await push.subscribe({ ...agent, sessionId: newId() }, aBrowser(), null);
    expect(await devices()).toHaveLength(2);
    endedIds = [other.sessionId];
    expect(await devices()).toMatchObject([{ userAgent: 'Firefox' }]);
    await push.forgetSession(agent.sessionId);
    expect(await devices()).toEqual([]);
  });

  it('forgets a device that is gone, and keeps one that is out of reach', async () => {
    const device = await push.subscribe(agent, aBrowser(), null);
    for (outcome of ['sent', 'later', 'refused'] as const) await push.send(device, NOTICE);
    expect(await devices()).toHaveLength(1);
    outcome = 'gone';
    expect(await push.send(device, NOTICE)).toBe('gone');
    expect(await devices()).toEqual([]);
    expect(counted).toEqual(['push sent', 'push failed', 'push failed', 'push removed']);
  });

  it('keeps the newest twenty devices of an agent', async () => {
    const first = await push.subscribe(agent, aBrowser(), null);
    for (let count = 0; count < 20; count++) await push.subscribe(agent, aBrowser(), null);
    const kept = await push.list(agent);
    expect(kept).toHaveLength(20);
    expect(kept).not.toContainEqual(first);
  });

  it('takes addresses and keys that a push can go to', async () => {
    const good = aBrowser();
    const plain = { ...good, endpoint: 'http://localhost:1/x' };
    const noPoint = { ...good, keys: { ...good.keys, p256dh: 'B'.repeat(87) } };
    for (const bad of [plain, { ...good, endpoint: 'no address' }, noPoint]) {
      await expect(push.subscribe(agent, bad, null)).rejects.toMatchObject({
        code: 'common.validation_failed',
      });
    }
    mayFetchLocalhost = true;
    await push.subscribe(agent, plain, null);
  });

  it('removes a device once', async () => {
    const { id } = await push.subscribe(agent, aBrowser(), null);
    await expect(push.unsubscribe({ ...agent, id: newId() }, id)).rejects.toMatchObject({
      code: 'push.not_found',
    });
    await push.unsubscribe(agent, id);
    await expect(push.unsubscribe(agent, id)).rejects.toMatchObject({ code: 'push.not_found' });
  });
});
