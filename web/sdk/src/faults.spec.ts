import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AGENT } from '../test/fixtures.js';
import { edited } from '../test/model-server.js';
import { ModelWorld, type Refused } from '../test/model-world.js';
import type { FastLightChatClient } from './chat-client.js';
import { createMemoryOutbox } from './outbox.js';
import type { ChatClientOptions, ConversationHandle } from './types.js';

const LIMITED: Refused = { code: 'common.rate_limited', retryable: true, retryAfterMs: 20_000 };
const BUSY: Refused = { code: 'common.unavailable', retryable: true, retryAfterMs: 1_000 };
const FOREIGN: Refused = { code: 'auth.forbidden' };

let world: ModelWorld;
let client: FastLightChatClient;
let handle: ConversationHandle;

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  client.destroy();
  world.stopTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function enter(as: 'user' | 'agent', options: Partial<ChatClientOptions> = {}): void {
  world = new ModelWorld(as, () => 0.5);
  vi.stubGlobal('fetch', world.rest);
  client = world.client(options);
  handle = client.conversation('c1');
}

async function opened(as: 'user' | 'agent', options: Partial<ChatClientOptions> = {}): Promise<void> {
  enter(as, options);
  handle.open();
  await passes(100);
  expect(handle.getSnapshot().status).toBe('ready');
}

const passes = async (ms: number): Promise<void> => void (await vi.advanceTimersByTimeAsync(ms));

function shown(): string[] {
  return handle
    .getSnapshot()
    .items.map((item) =>
      item.kind === 'message' ? item.message.content : `${item.content} (${item.state})`,
    );
}

/** A budget of so many a minute, in fixed windows, as the server's. */
function limitTo(event: string, perMinute: number): void {
  const used = new Map<number, number>();
  world.judge = (asked) => {
    if (asked !== event) return undefined;
    const window = Math.floor(performance.now() / 60_000);
    used.set(window, (used.get(window) ?? 0) + 1);
    const retryAfterMs = (window + 1) * 60_000 - performance.now();
    return used.get(window)! > perMinute ? { ...LIMITED, retryAfterMs } : undefined;
  };
}

describe('sending under faults', () => {
  it('sends 200 messages of a day offline through the limit: none fails, none is lost, in order', async () => {
    const outbox = createMemoryOutbox();
    enter('user', { outbox });
    const texts = Array.from({ length: 200 }, (_, index) => `text ${index}`);
    for (const content of texts) handle.send({ content });
    limitTo('message:send', 60);
    handle.open();
    const states = new Set<string>();
    handle.subscribe(() => {
      for (const item of handle.getSnapshot().items) if (item.kind === 'pending') states.add(item.state);
    });
    await passes(5 * 60_000);
    expect(world.server.messages.map(({ content }) => content)).toEqual(texts);
    expect(states).toEqual(new Set(['waiting', 'sending']));
    expect(world.askedAt['message:send']!.length).toBeLessThan(220);
    expect(outbox.load()).toEqual([]);
  });

  it('comes back more and more slowly to a server that is shedding', async () => {
    await opened('user');
    world.judge = (event) => (event === 'message:send' ? BUSY : undefined);
    handle.send({ content: 'hello' });
    await passes(60_000);
    expect(world.askedAt['message:send']!.length).toBeLessThan(9);
    world.judge = () => undefined;
    await passes(20_000);
    expect(shown()).toEqual(['hello']);
  });

  it('sends again with fresh credentials when the token expires in the middle', async () => {
    const auth = vi.fn(() => Promise.resolve({ token: 't' }));
    await opened('user', { auth });
    world.refuse('message:send', { code: 'auth.token_expired' });
    handle.send({ content: 'hello' });
    await passes(2_000);
    expect(shown()).toEqual(['hello']);
    expect(auth.mock.calls).toEqual([['connect'], ['expired']]);
  });

  it('keeps what is unsent when opening fails for a reason that says nothing about access', async () => {
    await opened('user');
    world.judge = (event) => (event === 'message:send' ? LIMITED : undefined);
    handle.send({ content: 'kept' });
    await passes(100);
    world.refuse('conversation:open', { code: 'common.internal' });
    world.judge = (event) => world.refusals[event]?.shift();
    world.cutLines();
    await passes(10_000);
    expect(handle.getSnapshot().status).toBe('ready');
    expect(shown()).toEqual(['kept']);
  });

  it('leaves a server that hangs, and sends through the next', async () => {
    await opened('user');
    world.isMute = true;
    handle.send({ content: 'hello' });
    await passes(16_000);
    expect(client.state).toBe('reconnecting');
    world.isMute = false;
    await passes(30_000);
    expect(shown()).toEqual(['hello']);
  });
});

describe('changing under faults', () => {
  it('edits once the line is back, and shows it meanwhile', async () => {
    await opened('user');
    world.post({ content: 'before' });
    await passes(100);
    world.isDown = true;
    world.cutLines();
    const answer = handle.edit(world.server.messages[0]!.id, 'after');
    expect(shown()).toEqual(['after']);
    await passes(60_000);
    world.isDown = false;
    await passes(40_000);
    await expect(answer).resolves.toMatchObject({ content: 'after', rev: 1 });
    expect(handle.getSnapshot().items).toMatchObject([{ isChanging: false }]);
  });

  it('repeats what was refused for a moment or not answered, and changes once', async () => {
    await opened('user');
    world.post({});
    await passes(100);
    const { id } = world.server.messages[0]!;
    world.refuse('message:react', BUSY, { ...LIMITED, retryAfterMs: 5_000 });
    world.faults = { ...world.faults, loseAck: 10 };
    const answer = handle.react(id, '👍', true);
    await passes(9_000);
    world.faults = { ...world.faults, loseAck: 0 };
    await passes(30_000);
    await expect(answer).resolves.toMatchObject({ rev: 1 });
    expect(world.askedAt['message:react']!.length).toBeGreaterThan(1);
  });

  it('goes back and says why when it is refused for good', async () => {
    await opened('user');
    world.post({ content: 'theirs' });
    await passes(100);
    world.refuse('message:edit', FOREIGN);
    const refused = handle.edit(world.server.messages[0]!.id, 'mine').catch((error: unknown) => error);
    expect(shown()).toEqual(['mine']);
    await passes(100);
    expect(await refused).toMatchObject({ code: 'auth.forbidden', retryable: false });
    expect(shown()).toEqual(['theirs']);
  });

  it('keeps the order of changes to one message', async () => {
    await opened('user');
    world.post({});
    await passes(100);
    const { id } = world.server.messages[0]!;
    world.refuse('message:edit', BUSY);
    const both = Promise.all([handle.edit(id, 'first'), handle.edit(id, 'second')]);
    await passes(10_000);
    expect((await both).map(({ content, rev }) => [content, rev])).toEqual([
      ['first', 1],
      ['second', 2],
    ]);
    expect(shown()).toEqual(['second']);
  });

  it('ends what has no answer yet when the client ends or the access is lost', async () => {
    await opened('user');
    world.post({});
    await passes(100);
    const { id } = world.server.messages[0]!;
    world.cutLines();
    const first = handle.react(id, '👍', true).catch((error: unknown) => error);
    client.conversation('c1');
    world.isDown = false;
    world.refuse('conversation:open', { code: 'chat.not_found' });
    world.refuse('message:react', BUSY);
    await passes(10_000);
    expect(await first).toMatchObject({ code: 'client.access_lost' });
    const second = handle.remove(id).catch((error: unknown) => error);
    client.destroy();
    expect(await second).toMatchObject({ code: 'client.ended' });
    await expect(handle.edit(id, 'late')).rejects.toMatchObject({ code: 'client.ended' });
  });
});

describe('keeping up under faults', () => {
  it('shows a user every answer between many notes in time, within the budget of syncs', async () => {
    await opened('user');
    limitTo('conversation:sync', 60);
    const late: number[] = [];
    for (let round = 0; round < 240; round += 1) {
      world.post({ private: true });
      world.post({ content: `answer ${round}` });
      setTimeout(() => shown().includes(`answer ${round}`) || late.push(round), 1_800);
      await passes(500);
    }
    await passes(5_000);
    expect(late).toEqual([]);
    expect(shown().slice(-240)).toEqual(Array.from({ length: 240 }, (_, round) => `answer ${round}`));
    const asked = world.askedAt['conversation:sync']!;
    for (const from of asked) {
      expect(asked.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(60);
    }
  });

  it('shows what has arrived behind a gap also while asking is refused, and fills the gap later', async () => {
    await opened('agent');
    world.server.post({ content: 'missed' });
    world.judge = (event) => (event === 'conversation:sync' ? LIMITED : undefined);
    world.post({ content: 'arrived' });
    await passes(1_800);
    expect(shown()).toEqual(['arrived']);
    world.judge = () => undefined;
    await passes(60_000);
    expect(shown()).toEqual(['missed', 'arrived']);
  });

  it('believes no single answer that knows less than what was heard', async () => {
    await opened('agent');
    world.post({ content: 'one' });
    await passes(100);
    world.change(world.server.messages[0]!.id, edited('one, edited'));
    await passes(100);
    world.server.change(world.server.messages[0]!.id, edited('one, twice'));
    world.server.post({ content: 'two' });
    world.beacon();
    world.faults = { ...world.faults, older: 10 };
    await passes(1_100);
    world.faults = { ...world.faults, older: 0 };
    await passes(10_000);
    expect(shown()).toEqual(['one, twice', 'two']);
  });

  it('does not wait for the wall clock to come back to where it was', async () => {
    let jump = 0;
    await opened('agent', { now: () => Date.now() + jump });
    world.refuse('conversation:sync', BUSY);
    world.server.post({ content: 'missed' });
    world.beacon();
    await passes(1_500);
    jump = -3_600_000;
    await passes(10_000);
    expect(shown()).toEqual(['missed']);
    handle.markRead(1);
    await passes(5_000);
    expect(world.askedAt['conversation:read']).toHaveLength(1);
  });

  it('loads anew after a new epoch, also when the line breaks in the middle of it', async () => {
    await opened('agent');
    world.post({ content: 'never kept' });
    await passes(100);
    world.server.restart(1);
    world.server.post({ content: 'truth' });
    world.refuse('conversation:open', BUSY);
    world.beacon();
    await passes(100);
    world.cutLines();
    await passes(10_000);
    expect(shown()).toEqual(['truth']);
  });

  it('loads anew what was not looked at when the epoch changed', async () => {
    enter('agent');
    const release = handle.open();
    await passes(100);
    world.post({ content: 'never kept' });
    await passes(100);
    release();
    await passes(5_000);
    world.restart(1);
    world.server.post({ content: 'truth' });
    await passes(5_000);
    handle.open();
    await passes(1_000);
    expect(shown()).toEqual(['truth']);
  });

  it('stays lost over a reconnect, and comes back with the access', async () => {
    await opened('agent');
    world.post({ content: 'secret' });
    await passes(100);
    world.emit('conversation:removed', { conversationId: 'c1' });
    world.refuse('conversation:open', { code: 'chat.not_found' });
    await passes(100);
    world.cutLines();
    await passes(5_000);
    expect(handle.getSnapshot()).toMatchObject({ status: 'lost', items: [] });
    world.cutLines();
    await passes(5_000);
    expect(shown()).toEqual(['secret']);
  });

  it('says again what was read when the server had no time to hear it', async () => {
    await opened('user');
    world.post({ sender: AGENT });
    await passes(100);
    world.refuse('conversation:read', BUSY);
    handle.markRead(1);
    await passes(30_000);
    expect(world.askedAt['conversation:read']).toHaveLength(2);
  });

  it('does not let a view that throws stop the store', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await opened('user');
    const unsubscribe = handle.subscribe(() => {
      throw new Error('view');
    });
    handle.send({ content: 'hello' });
    await passes(1_000);
    unsubscribe();
    expect(shown()).toEqual(['hello']);
    log.mockRestore();
  });
});

describe('connecting under faults', () => {
  it('backs off from a server that takes it in and drops it at once', async () => {
    enter('user', { random: () => 1 });
    const hellos: number[] = [];
    client.on('hello', () => {
      hellos.push(performance.now());
      setTimeout(() => world.cutLines(), 100);
    });
    await passes(120_000);
    expect(hellos.length).toBeLessThan(10);
  });

  it('waits at least as long as a refusal says, and not the same for everybody', async () => {
    const auth = vi.fn(() => Promise.reject(Object.assign(new Error(), LIMITED)));
    enter('user', { auth, random: () => 1 });
    await passes(20_900);
    expect(auth).toHaveBeenCalledTimes(1);
    await passes(200);
    expect(auth).toHaveBeenCalledTimes(2);
  });

  it('gives up waiting for credentials that do not come, and asks anew', async () => {
    const auth = vi
      .fn<ChatClientOptions['auth']>()
      .mockImplementationOnce(() => new Promise(() => undefined))
      .mockResolvedValue({ token: 't' });
    enter('user', { auth });
    await passes(20_000);
    expect(client.state).toBe('online');
  });

  it('leaves no timer behind', async () => {
    await opened('user');
    world.server.post({});
    world.post({});
    world.beacon();
    handle.send({ content: 'hello' });
    handle.markRead(1);
    handle.setTyping(true);
    world.emit('typing', { conversationId: 'c1', sender: AGENT, typing: true });
    await passes(3);
    client.destroy();
    world.stopTimers();
    await passes(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
