import { beforeEach, expect, it } from '@jest/globals';
import type { EnvironmentScope } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import type { PersonView } from '../../contracts/chat.js';
import { aDraft, aScope } from './fakes/factories.fake.js';
import type { MessageDraft, OutboxEntry, OutboxIntent, OutboxTask } from './message.js';
import type { MessageRepository } from './message.repository.js';

const USER: PersonView = { type: 'user', id: newId(), name: 'Kim Minji', avatarUrl: null };
const AGENT: PersonView = { type: 'agent', id: newId(), name: 'Jiwoo Park', avatarUrl: null };
const LEASE_MS = 10_000;
const FAR = new Date(Date.now() + 3_600_000);

/** The part of MessageRepository's contract that is about what is still to be done for a message. */
export function describeMessageOutbox(create: () => [MessageRepository, MessageRepository]): void {
  let messages: MessageRepository;
  let onOtherNode: MessageRepository;
  let scope: EnvironmentScope;
  let conversationId: string;

  beforeEach(() => {
    [messages, onOtherNode] = create();
    scope = aScope();
    conversationId = newId();
  });

  const say = async (given: Partial<MessageDraft> = {}) =>
    (await messages.append(scope, aDraft({ ...scope, conversationId, sender: USER, ...given }))).message;
  const edit = (id: string, content: string, outbox: OutboxIntent[]) =>
    messages.change(scope, conversationId, id, () => ({ content }), outbox);
  const later = (ms: number) => new Date(FAR.getTime() + ms);
  const claimMine = async (on = messages, now = FAR) => {
    const claimed = await on.claimOverdue(now, LEASE_MS, 500);
    return claimed.filter(({ message }) => message.conversationId === conversationId);
  };
  const intents = (...tasks: OutboxTask[]) => tasks.map((task) => ({ task, due: new Date() }));

  it('gives each overdue entry to one of those who claim at once', async () => {
    await Promise.all(Array.from({ length: 30 }, () => say({ outbox: intents('fanout') })));
    const claims = await Promise.all([
      claimMine(),
      claimMine(onOtherNode),
      claimMine(),
      claimMine(onOtherNode),
    ]);
    const ids = claims.flat().map(({ message }) => message.id);
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
  });

  it('gives nothing before it is due, and again when the lease is over', async () => {
    await say({ outbox: intents('fanout') });
    expect(await claimMine(messages, new Date(0))).toEqual([]);
    expect(await claimMine()).toHaveLength(1);
    expect(await claimMine()).toEqual([]);
    expect(await claimMine(onOtherNode, later(LEASE_MS))).toHaveLength(1);
  });

  it('waits twice as long after each turn, up to five minutes', async () => {
    await say({ outbox: intents('fanout') });
    let now = FAR;
    for (const seconds of [10, 20, 40, 80, 160, 300, 300]) {
      const next = new Date(now.getTime() + seconds * 1_000);
      expect(await claimMine(messages, now)).toHaveLength(1);
      expect(await claimMine(onOtherNode, new Date(next.getTime() - 1))).toEqual([]);
      now = next;
    }
  });

  it('gives each task when it is due, whatever becomes of the others', async () => {
    const soon = { task: 'fanout' as const, due: FAR };
    const late = { task: 'notify' as const, due: later(60_000) };
    await say({ outbox: [soon, late] });
    expect(tasksOf(await claimMine())).toEqual(['fanout']);
    expect(tasksOf(await claimMine(messages, later(60_000)))).toEqual(['fanout', 'notify']);
  });

  it('is done with a message when all its tasks are', async () => {
    const both = await say();
    const one = await say({ outbox: intents('fanout') });
    const done = (task: OutboxTask) =>
      messages.completeTasks([both.id, one.id].map((messageId) => ({ messageId, task, rev: 0 })));
    await done('fanout');
    await done('fanout');
    expect(tasksOf(await claimMine())).toEqual(['notify']);
    await done('notify');
    expect(await messages.completeTasks([])).toBe(0);
    expect(await claimMine(messages, later(LEASE_MS))).toEqual([]);
  });

  it('completes several tasks of a message at once, and says by whom a change was made', async () => {
    const { id } = await say({ outbox: intents('fanout', 'webhook', 'notify') });
    const by = { type: 'agent' as const, id: 'a1', name: 'Jiwoo' };
    await edit(id, 'one', [{ ...intents('webhook-change')[0]!, by }]);
    const done = (...tasks: OutboxTask[]) => tasks.map((task) => ({ messageId: id, task, rev: 0 }));
    expect(await messages.completeTasks(done('fanout', 'webhook'))).toBe(1);
    const left = (await claimMine()).map(({ task, rev, by }) => ({ task, rev, by }));
    expect(left).toEqual([
      { task: 'notify', rev: 0 },
      { task: 'webhook-change', rev: 1, by },
    ]);
  });

  it('says how many of the messages are still there', async () => {
    const ids = [(await say()).id, (await say({ outbox: [] })).id, newId()];
    const done = ids.map((messageId) => ({ messageId, task: 'index' as const, rev: 0 }));
    expect(await messages.completeTasks(done)).toBe(2);
    await messages.eraseAll(scope, [conversationId]);
    expect(await messages.completeTasks(done)).toBe(0);
  });

  it('says how many messages wait, and since when', async () => {
    const long = new Date('2001-01-01T00:00:00.000Z');
    const before = await messages.overdue(long, 9);
    expect(before).toEqual({ overdue: 0, since: null });
    await say({ outbox: [{ task: 'index', due: long }, ...intents('notify')] });
    await say({ outbox: [{ task: 'index', due: new Date(long.getTime() + 1) }] });
    expect(await messages.overdue(long, 9)).toEqual({ overdue: 1, since: long });
    const soon = new Date(long.getTime() + 1);
    expect(await messages.overdue(soon, 9)).toEqual({ overdue: 2, since: long });
    expect(await messages.overdue(soon, 1)).toEqual({ overdue: 1, since: long });
    await messages.eraseAll(scope, [conversationId]);
  });

  it('keeps the task of a later change when an earlier one is done', async () => {
    const { id } = await say({ outbox: [] });
    await edit(id, 'one', intents('change'));
    await edit(id, 'two', intents('change'));
    const done = (rev: number) => messages.completeTasks([{ messageId: id, task: 'change', rev }]);
    await done(1);
    expect((await claimMine()).map(({ rev, message }) => [rev, message.content])).toEqual([[2, 'two']]);
    await done(2);
    expect(await claimMine(messages, later(LEASE_MS))).toEqual([]);
  });

  it('completes a task of one side up to a number', async () => {
    await say({ content: 'user 1' });
    await say({ content: 'agent 2', sender: AGENT });
    await say({ content: 'user 3', outbox: intents('notify') });
    await messages.completeTaskUpTo(scope, conversationId, 2, 'notify', 'user');
    const left = (entries: OutboxEntry[]) =>
      entries.map(({ message, task }) => `${message.content}: ${task}`).sort();
    const before = left(await claimMine());
    expect(before).toEqual(['agent 2: fanout', 'agent 2: notify', 'user 1: fanout', 'user 3: notify']);
    await messages.completeTaskUpTo(scope, conversationId, 3, 'notify', 'others');
    await messages.completeTaskUpTo(scope, conversationId, 3, 'notify', 'user');
    const after = left(await claimMine(messages, later(LEASE_MS)));
    expect(after).toEqual(['agent 2: fanout', 'user 1: fanout']);
  });
}

export function tasksOf(entries: readonly OutboxEntry[]): string[] {
  return entries.map(({ task }) => task).sort();
}
