import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/ids.js';
import type { PersonView } from '../../contracts/chat.js';
import type { Mail } from '../../infrastructure/mail/mailer.js';
import type { PresenceStore } from '../../infrastructure/realtime/presence-store.js';
import type { AgentService } from '../agent/agent.service.js';
import type { ReturnLinkService } from '../auth/return-link.service.js';
import type { EnvironmentService } from '../environment/environment.service.js';
import type { UserService } from '../user/user.service.js';
import { AwayNotificationService } from './away-notification.service.js';
import type { AwayNotifier } from './away-notifier.js';
import type { NotifyAwayJob } from './chat.jobs.js';
import { senderOf, type Conversation } from './conversation.js';
import { anAgent, theUserOf, aStamp } from './fakes/factories.fake.js';
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
  const [first, second] = [newId(), newId()] as [string, string];

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
    const agents = [first, second].map((id, index) => ({
      id,
      name: `Agent ${index}`,
      email: `${index}@agents.example`,
      language: 'en',
    }));
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
      { listActive: () => Promise.resolve(agents) } as unknown as AgentService,
      {
        findById: () => Promise.resolve({ settings: { widget: { title: 'Blue Bottle' } } }),
      } as unknown as EnvironmentService,
      { forUser: () => 'https://chat.example/back' } as unknown as ReturnLinkService,
      { statesOf: () => Promise.resolve(statuses) } as unknown as PresenceStore,
      { schedule } as unknown as AwayNotifier,
      { send },
      new (class extends Clock {
        override now = () => now;
      })(),
      house.config,
    );
  });

  const notify = (side: NotifyAwayJob['side'], jobId = 'job-1') =>
    service.notify(
      { organizationId: conversation.organizationId, conversationId: conversation.id, side },
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
    await notify('user');
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
    await notify('user');
    expect(await tasksLeft()).toBe(1);
  });

  it('mails every agent while nobody has it, and the assignee from then on', async () => {
    await userSays();
    await notify('agents');
    expect(receivers()).toEqual(['0@agents.example', '1@agents.example']);
    await house.conversations.assign(
      { organizationId: conversation.organizationId },
      conversation.id,
      second,
      aStamp(NOW),
    );
    now = new Date(NOW.getTime() + COOLDOWN_MS);
    await userSays('still there?');
    mails.length = 0;
    await notify('agents', 'job-2');
    expect(receivers()).toEqual(['1@agents.example']);
    expect(mails[0]).toMatchObject({ subject: 'Kim Minji: 2 unread messages' });
    expect(mails[0]?.text).toContain(`https://chat.example/dashboard/inbox/all/${conversation.id}`);
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
    await notify('user');
    expect(mails).toEqual([]);
    expect(schedule).not.toHaveBeenCalled();
    expect(await tasksLeft()).toBe(1);
  });

  it.each(['away', 'offline', 'unknown'])('mails who is %s', async (status) => {
    await agentSays();
    statuses.set(`user:${user?.id}`, { status });
    await notify('user');
    expect(mails).toHaveLength(1);
  });

  it('does nothing about a conversation that is gone', async () => {
    await house.conversations.eraseOfUser({ organizationId: conversation.organizationId }, user?.id ?? '');
    await notify('user');
    expect(mails).toEqual([]);
  });

  it('tells nobody of own words or of notes', async () => {
    await house.say(conversation, { private: true, sender: { ...senderOf(anAgent()), id: first } });
    await notify('user');
    conversation = await house.add({
      kind: 'group',
      user: null,
      environmentId: null,
      memberIds: [first, second],
    });
    await agentSays();
    await notify('agents');
    expect(receivers()).toEqual(['1@agents.example']);
  });

  it('waits for the end of the cool-down with the next, and tells of everything then', async () => {
    await agentSays('one');
    await notify('user');
    now = new Date(NOW.getTime() + 60_000);
    await agentSays('two');
    await notify('user', 'job-2');
    expect(mails).toHaveLength(1);
    expect(schedule.mock.calls).toEqual([[expect.objectContaining({ side: 'user' }), COOLDOWN_MS - 60_000]]);
    expect(await tasksLeft()).toBe(1);
    now = new Date(NOW.getTime() + COOLDOWN_MS);
    await notify('user', 'job-3');
    expect(mails[1]?.text).toContain('one');
    expect(mails[1]?.text).toContain('two');
  });

  it('tells of a message once, whatever other jobs come', async () => {
    await agentSays();
    await notify('user');
    now = new Date(NOW.getTime() + 2 * COOLDOWN_MS);
    await notify('user', 'job-2');
    await notify('user');
    expect(mails).toHaveLength(1);
    expect(schedule).not.toHaveBeenCalled();
  });

  it('tries again for whom it failed, and for nobody else', async () => {
    await userSays();
    refused.add('0@agents.example');
    await expect(notify('agents')).rejects.toThrow('mailbox unavailable');
    expect(receivers()).toEqual(['1@agents.example']);
    expect(await tasksLeft()).toBe(1);
    refused.clear();
    await notify('agents');
    expect(receivers()).toEqual(['0@agents.example', '1@agents.example']);
    expect(await tasksLeft()).toBe(0);
  });

  it('shows the newest twenty', async () => {
    for (let count = 1; count <= 25; count++) await agentSays(`word-${count}.`);
    await notify('user');
    expect(mails[0]?.text).not.toContain('word-5.');
    expect(mails[0]?.text).toContain('word-6.');
    expect(mails[0]?.text).toContain('word-25.');
  });
});
