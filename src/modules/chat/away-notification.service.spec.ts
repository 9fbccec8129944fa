import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/ids.js';
import type { PersonView } from '../../contracts/chat.js';
import type { Mail } from '../../infrastructure/mail/mailer.js';
import type { NotificationTally } from '../../infrastructure/metrics/notification-tally.js';
import type { PresenceStore } from '../../infrastructure/realtime/presence-store.js';
import type { ReturnLinkService } from '../auth/return-link.service.js';
import type { EnvironmentService } from '../environment/environment.service.js';
import type { UserService } from '../user/user.service.js';
import { AwayNotificationService } from './away-notification.service.js';
import type { AwayNotifier } from './away-notifier.js';
import { senderOf, type Conversation } from './conversation.js';
import { anAgent, theUserOf } from './fakes/factories.fake.js';
import { aHouse, NOW, type House } from './fakes/house.fake.js';

const COOLDOWN_MS = 900_000;

describe(AwayNotificationService.name, () => {
  let house: House;
  let service: AwayNotificationService;
  let conversation: Conversation;
  let mails: Mail[];
  let statuses: Map<string, { status: string }>;
  let refused: Set<string>;
  let user: { id: string; language: string | null; profile: { email: string | null } } | null;
  let now: Date;
  const schedule = jest.fn<AwayNotifier['schedule']>();
  const first = newId();

  beforeEach(async () => {
    jest.resetAllMocks();
    house = aHouse();
    conversation = await house.add();
    [mails, statuses, refused, now] = [[], new Map(), new Set(), NOW];
    user = {
      id: conversation.user?.id ?? '',
      language: 'ko-KR',
      profile: { email: 'minji@customer.example' },
    };
    const send = (mail: Mail) => {
      if (refused.has(mail.to)) return Promise.reject(new Error('mailbox unavailable'));
      mails.push(mail);
      return Promise.resolve();
    };
    service = new AwayNotificationService(
      house.conversations,
      house.messages,
      house.markers,
      { find: () => Promise.resolve(user) } as unknown as UserService,
      {
        findById: () => Promise.resolve({ settings: { widget: { title: 'Blue Bottle' } } }),
      } as unknown as EnvironmentService,
      { forUser: () => 'https://chat.example/back' } as unknown as ReturnLinkService,
      { statesOf: () => Promise.resolve(statuses) } as unknown as PresenceStore,
      { schedule } as unknown as AwayNotifier,
      { send },
      { notified: () => undefined } as unknown as NotificationTally,
      new (class extends Clock {
        override now = () => now;
      })(),
      house.config,
    );
  });

  const notify = (jobId = 'job-1') =>
    service.notify(
      { organizationId: conversation.organizationId, conversationId: conversation.id, side: 'user' },
      jobId,
    );
  const userSays = (content = 'hello') =>
    house.say(conversation, { content, sender: senderOf(theUserOf(conversation)) });
  const agentSays = (content = 'hi', sender: PersonView = { ...senderOf(anAgent()), id: first }) =>
    house.say(conversation, { content, sender });
  const read = (type: 'agent' | 'user', principalId: string, readSeq: number) =>
    house.markers.move({
      organizationId: conversation.organizationId,
      conversationId: conversation.id,
      type,
      principalId,
      readSeq,
    });
  const receivers = () => mails.map(({ to }) => to).sort();
  const tasksLeft = async () => {
    const far = new Date(Date.now() + 99_000);
    const entries = await house.messages.claimOverdue(far, 1, 99);
    return entries.filter(({ task }) => task === 'notify').length;
  };

  it('mails a visitor who is away what was answered, in the own language, with a way back', async () => {
    await userSays();
    await agentSays('하나');
    const newest = await agentSays('둘');
    await notify();
    expect(mails).toMatchObject([
      {
        to: 'minji@customer.example',
        subject: 'Blue Bottle: 읽지 않은 메시지 2개',
        text: expect.stringContaining('https://chat.example/back'),
        messageId: `<${newest.id}.${user?.id}@fast-light-chat>`,
      },
    ]);
  });

  it('is done with what it told of, and only with that side', async () => {
    await userSays();
    await agentSays();
    await notify();
    expect(await tasksLeft()).toBe(1);
  });

  const silences: [name: string, arrange: () => unknown][] = [
    ['has read it', () => read('user', user?.id ?? '', 2)],
    ['is here', () => statuses.set(`user:${user?.id}`, { status: 'online' })],
    ['has no address', () => (user = user && { ...user, profile: { email: null } })],
    ['is gone', () => (user = null)],
  ];

  it.each(silences)('mails nobody who %s, and is done with it', async (_, arrange) => {
    await userSays();
    await agentSays();
    await arrange();
    await notify();
    expect(mails).toEqual([]);
    expect(schedule).not.toHaveBeenCalled();
    expect(await tasksLeft()).toBe(1);
  });

  it.each(['away', 'offline', 'unknown'])('mails who is %s', async (status) => {
    await agentSays();
    statuses.set(`user:${user?.id}`, { status });
    await notify();
    expect(mails).toHaveLength(1);
  });

  it('does nothing about a conversation that is gone', async () => {
    await house.conversations.eraseOfUser({ organizationId: conversation.organizationId }, user?.id ?? '');
    await notify();
    expect(mails).toEqual([]);
  });

  it('tells of no own words and of no notes', async () => {
    await house.say(conversation, { private: true, sender: { ...senderOf(anAgent()), id: first } });
    await userSays();
    await notify();
    expect(mails).toEqual([]);
  });

  it('waits for the end of the cool-down with the next, and tells of everything then', async () => {
    await agentSays('one');
    await notify();
    now = new Date(NOW.getTime() + 60_000);
    await agentSays('two');
    await notify('job-2');
    expect(mails).toHaveLength(1);
    expect(schedule.mock.calls).toEqual([[expect.objectContaining({ side: 'user' }), COOLDOWN_MS - 60_000]]);
    expect(await tasksLeft()).toBe(1);
    now = new Date(NOW.getTime() + COOLDOWN_MS);
    await notify('job-3');
    expect(mails[1]?.text).toContain('one');
    expect(mails[1]?.text).toContain('two');
  });

  it('tells of a message once, whatever other jobs come', async () => {
    await agentSays();
    await notify();
    now = new Date(NOW.getTime() + 2 * COOLDOWN_MS);
    await notify('job-2');
    await notify();
    expect(mails).toHaveLength(1);
    expect(schedule).not.toHaveBeenCalled();
  });

  it('tries again when it failed', async () => {
    await agentSays();
    refused.add('minji@customer.example');
    await expect(notify()).rejects.toThrow('mailbox unavailable');
    expect(await tasksLeft()).toBe(1);
    refused.clear();
    await notify();
    expect(receivers()).toEqual(['minji@customer.example']);
    expect(await tasksLeft()).toBe(0);
  });

  it('says of files without a word that they were sent', async () => {
    await agentSays('');
    await notify();
    expect(mails[0]?.text).toContain(': 파일을 보냈습니다');
  });

  it('shows the newest twenty', async () => {
    for (let count = 1; count <= 25; count++) await agentSays(`word-${count}.`);
    await notify();
    expect(mails[0]?.text).not.toContain('word-5.');
    expect(mails[0]?.text).toContain('word-6.');
    expect(mails[0]?.text).toContain('word-25.');
  });
});
