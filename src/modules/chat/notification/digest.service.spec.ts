import { beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../common/clock.js';
import { newId } from '../../../common/ids.js';
import type { NotificationSettings } from '../../../contracts/tenants.js';
import type { Mail } from '../../../infrastructure/mail/mailer.js';
import type { NotificationTally } from '../../../infrastructure/metrics/notification-tally.js';
import type { PresenceStore } from '../../../infrastructure/realtime/presence-store.js';
import type { AgentService } from '../../agent/agent.service.js';
import type { Conversation } from '../conversation.js';
import { aHouse, NOW, type House } from '../fakes/house.fake.js';
import { InMemoryDigestRepository } from '../fakes/in-memory-digest.repository.fake.js';
import { InMemoryNoticeRepository } from '../fakes/in-memory-notice.repository.fake.js';
import type { DigestQueue } from './digest-queue.js';
import type { Digest } from './digest.repository.js';
import { DigestService } from './digest.service.js';
import { NewsFinder } from './news-finder.js';

const COOLDOWN_MS = 900_000;
const WHOLE_DAY = { enabled: true, from: '00:00', to: '00:00', days: [0, 1, 2, 3, 4, 5, 6] };

describe(DigestService.name, () => {
  let house: House;
  let service: DigestService;
  let digests: InMemoryDigestRepository;
  let notices: InMemoryNoticeRepository;
  let conversation: Conversation;
  let notifications: NotificationSettings;
  let mails: Mail[];
  let queued: Digest[];
  let now: Date;
  let [status, isRefused, isMember] = ['offline', false, true];
  const agentId = newId();

  beforeEach(async () => {
    house = aHouse();
    [digests, notices] = [new InMemoryDigestRepository(), new InMemoryNoticeRepository()];
    [mails, queued, now, status, isRefused, isMember] = [[], [], NOW, 'offline', false, true];
    conversation = await house.add();
    notifications = {
      support: 'mine',
      team: 'all',
      push: true,
      email: true,
      sound: true,
      desktop: true,
      quietHours: { ...WHOLE_DAY, enabled: false },
    };
    const clock = new (class extends Clock {
      override now = () => now;
    })();
    const agent = () => ({
      id: agentId,
      name: 'Jiwoo',
      email: 'jiwoo@shop.example',
      language: 'en' as const,
      timeZone: 'Asia/Seoul',
      notifications,
    });
    const send = (mail: Mail) => {
      if (isRefused) return Promise.reject(new Error('try again later'));
      mails.push(mail);
      return Promise.resolve();
    };
    service = new DigestService(
      digests,
      notices,
      house.conversations,
      new NewsFinder(house.messages, house.markers, clock),
      { listActive: () => Promise.resolve(isMember ? [agent()] : []) } as unknown as AgentService,
      {
        statesOf: () => Promise.resolve(new Map([[`agent:${agentId}`, { status }]])),
      } as unknown as PresenceStore,
      {
        addAll: (more: Digest[]) => Promise.resolve(void queued.push(...more)),
      } as unknown as DigestQueue,
      { send },
      { notified: () => undefined } as unknown as NotificationTally,
      clock,
      house.config,
    );
  });

  async function said(content: string, where = conversation): Promise<void> {
    const { organizationId } = where;
    const { seq } = await house.say(where, { content });
    await notices.await({ organizationId, conversationId: where.id }, [agentId], seq);
    await digests.request([{ organizationId, agentId, dueAt: now }]);
  }

  const send = () => service.send({ organizationId: conversation.organizationId, agentId });
  const later = (ms: number) => (now = new Date(NOW.getTime() + ms));

  it('tells of all conversations in one mail, once', async () => {
    const { organizationId, environmentId } = conversation;
    const other = await house.add({ organizationId, environmentId });
    await said('one');
    await said('two', other);
    await send();
    await send();
    expect(mails).toHaveLength(1);
    for (const word of ['one', 'two']) expect(mails[0]?.text).toContain(word);
    expect(mails[0]?.subject).toBe('2 unread messages: Kim Minji and 1 more conversation');
  });

  it('waits between two mails, and then tells of what is new', async () => {
    await said('one');
    await send();
    later(60_000);
    await said('two');
    await send();
    expect(mails).toHaveLength(1);
    expect(queued.at(-1)?.dueAt).toEqual(new Date(NOW.getTime() + COOLDOWN_MS));
    later(COOLDOWN_MS);
    await send();
    expect(mails[1]?.text).toContain('two');
    expect(mails[1]?.text).not.toContain('one');
    expect(mails[1]?.messageId).not.toBe(mails[0]?.messageId);
  });

  it('waits for the end of quiet hours', async () => {
    notifications.quietHours = WHOLE_DAY;
    await said('one');
    await send();
    expect(mails).toEqual([]);
    expect(queued.at(-1)?.dueAt.toISOString()).toBe('2026-11-20T15:00:00.000Z');
  });

  describe('of a mention that an edit adds', () => {
    async function mentioned(seq: number, isStill = true): Promise<void> {
      const { organizationId, id: conversationId, environmentId } = conversation;
      const scope = { organizationId, environmentId: environmentId! };
      const [message] = await house.messages.page(scope, conversationId, {
        afterSeq: seq - 1,
        limit: 1,
        seesPrivate: true,
        seesHeld: true,
      });
      const mentions = isStill ? [{ type: 'agent' as const, id: agentId }] : [];
      const change = { mentions, lateMentionIds: [agentId] };
      await house.messages.change(scope, conversationId, message!.id, () => change, []);
      await notices.await({ organizationId, conversationId, messageId: message!.id }, [agentId], seq);
      await digests.request([{ organizationId, agentId, dueAt: now }]);
    }

    it('tells whoever has read it before, or was told of it, once', async () => {
      await said('one');
      await send();
      await house.markers.move({ ...markerKey(), readSeq: 1 });
      await mentioned(1);
      later(COOLDOWN_MS);
      await send();
      await mentioned(1);
      later(2 * COOLDOWN_MS);
      await send();
      expect(mails.map(({ subject }) => subject)).toEqual(Array(2).fill('1 unread message: Kim Minji'));
      expect(mails[1]?.text).toContain('one');
    });

    it('tells of what mentions nobody any more as of anything else, if it is unread', async () => {
      await said('one');
      await mentioned(1, false);
      await send();
      expect(mails.map(({ subject }) => subject)).toEqual(['1 unread message: Kim Minji']);
    });

    it('tells of it together with what is unread, in the order in which it was said', async () => {
      await said('one');
      await said('two');
      await mentioned(1);
      await send();
      expect(mails).toHaveLength(1);
      expect(mails[0]?.subject).toBe('2 unread messages: Kim Minji');
      expect(mails[0]?.text).toMatch(/one[^]*two/);
    });
  });

  const silences: [name: string, arrange: () => unknown][] = [
    ['is here', () => (status = 'online')],
    ['wants no mails', () => (notifications.email = false)],
    ['is gone', () => (isMember = false)],
    ['has read it', () => house.markers.move({ ...markerKey(), readSeq: 1 })],
    ['has muted it', () => house.markers.mute(markerKey(), new Date('2099-01-01'))],
  ];

  it.each(silences)('mails nobody who %s, and is done with it', async (_, arrange) => {
    await said('one');
    await arrange();
    await send();
    expect(mails).toEqual([]);
    expect(await digests.listOverdue(now, 10)).toEqual([]);
  });

  it('tries again with the same mail when it was not taken', async () => {
    await said('one');
    isRefused = true;
    await expect(send()).rejects.toThrow('try again later');
    isRefused = false;
    await send();
    expect(mails).toMatchObject([{ messageId: `<digest.${agentId}.0@fast-light-chat>` }]);
  });

  it('comes again for what was said while it was made', async () => {
    await said('one');
    const mailOne = mails.push.bind(mails);
    mails.push = (mail) => {
      void said('two');
      return mailOne(mail);
    };
    await send();
    expect(queued.at(-1)?.dueAt).toEqual(new Date(NOW.getTime() + 120_000));
  });

  it('enqueues again what is late', async () => {
    await said('one');
    later(14_000);
    await service.enqueueOverdue(15_000, 10);
    expect(queued).toEqual([]);
    later(15_000);
    await service.enqueueOverdue(15_000, 10);
    expect(queued).toEqual([{ organizationId: conversation.organizationId, agentId, dueAt: NOW }]);
  });

  function markerKey() {
    const { organizationId, id: conversationId } = conversation;
    return { organizationId, conversationId, type: 'agent' as const, principalId: agentId };
  }
});
