import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import webPush from 'web-push';
import { newId } from '../../src/common/ids.js';
import type { AppConfig } from '../../src/config/app-config.js';
import { GuardedFetch } from '../../src/infrastructure/http-fetch/guarded-fetch.js';
import { PushSender } from '../../src/modules/push/push-sender.js';
import type { PushNotice, PushSubscription } from '../../src/modules/push/push.js';
import type { VapidKeys } from '../../src/modules/push/vapid-keys.js';
import { startPushReceiver, type Device, type PushReceiver } from '../support/push-receiver.js';

describe(PushSender.name, () => {
  const keys = webPush.generateVAPIDKeys();
  const config = { push: { keys, subject: 'mailto:ops@shop.example' } } as AppConfig;
  let receiver: PushReceiver;
  let device: Device;

  beforeAll(async () => {
    receiver = await startPushReceiver(() => keys.publicKey);
  });

  afterAll(() => receiver.stop());

  beforeEach(() => {
    receiver.answerWith(null);
    device = receiver.device();
  });

  const senderWith = (mayUseLocalhost: boolean, signedWith = keys) =>
    new PushSender(
      { get: () => Promise.resolve(signedWith) } as unknown as VapidKeys,
      new GuardedFetch({ mayUseLocalhost }),
      config,
    );

  function subscriptionOf({ subscription: { endpoint, keys: own } }: Device): PushSubscription {
    const ids = { id: newId(), organizationId: newId(), agentId: newId(), sessionId: newId() };
    return { ...ids, endpoint, ...own, userAgent: null, createdAt: new Date() };
  }

  function aNotice(given: Partial<PushNotice> = {}): PushNotice {
    const id = newId();
    return {
      kind: 'message',
      conversationId: id,
      title: 'Kim Minji',
      body: '안녕하세요 😀',
      url: '/x',
      tag: id,
      ...given,
    };
  }

  it('says to the browser alone what was said, signed by this installation', async () => {
    const notice = aNotice();
    expect(await senderWith(true).send(subscriptionOf(device), notice)).toBe('sent');
    const { notice: received, headers, claims } = device.pushes[0]!;
    expect(received).toEqual(notice);
    expect(claims).toMatchObject({ aud: receiver.url, sub: 'mailto:ops@shop.example' });
    expect(headers).toMatchObject({ ttl: '86400', urgency: 'high', topic: notice.tag.replaceAll('-', '') });
  });

  it('takes back without waking', async () => {
    await senderWith(true).send(subscriptionOf(device), aNotice({ kind: 'read' }));
    expect(device.pushes[0]?.headers.urgency).toBe('normal');
  });

  it.each([
    [404, 'gone'],
    [410, 'gone'],
    [400, 'refused'],
    [302, 'refused'],
    [429, 'later'],
    [503, 'later'],
  ] as const)('makes of %i: %s', async (status, outcome) => {
    receiver.answerWith(status);
    expect(await senderWith(true).send(subscriptionOf(device), aNotice())).toBe(outcome);
  });

  it('is refused with a key that the browser did not subscribe to', async () => {
    const another = webPush.generateVAPIDKeys();
    expect(await senderWith(true, another).send(subscriptionOf(device), aNotice())).toBe('refused');
  });

  it('goes to no address within the own network', async () => {
    const before = receiver.requests();
    expect(await senderWith(false).send(subscriptionOf(device), aNotice())).toBe('refused');
    expect(receiver.requests()).toBe(before);
  });
});
