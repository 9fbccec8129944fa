import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBrowser, type FakeTab } from '../../test/fake-browser.js';
import { AGENT, USER } from '../../test/fixtures.js';
import { ModelWorld, NO_FAULTS } from '../../test/model-world.js';
import type { FastLightChatClient } from '../chat-client.js';
import { ChatError } from '../chat-error.js';
import type { ChatClientOptions, ConversationHandle, SelfRef } from '../types.js';
import { openSharedLine } from './shared-line.js';

interface OpenTab {
  tab: FakeTab;
  client: FastLightChatClient;
  handle: ConversationHandle;
  auth: ReturnType<typeof vi.fn<ChatClientOptions['auth']>>;
}

const SELF: SelfRef = { type: 'user', id: USER.id };

let world: ModelWorld;
let browser: FakeBrowser;
let tabs: OpenTab[];

beforeEach(() => {
  vi.useFakeTimers();
  world = new ModelWorld('user', () => 0.5);
  browser = new FakeBrowser();
  tabs = [];
  vi.stubGlobal('fetch', world.rest);
});

afterEach(() => {
  for (const { client } of tabs) client.destroy();
  world.stopTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const passes = async (ms: number): Promise<void> => void (await vi.advanceTimersByTimeAsync(ms));

function enter({ self = SELF, url = 'http://model' }: { self?: SelfRef; url?: string } = {}): OpenTab {
  const tab = browser.openTab();
  const auth = vi.fn<ChatClientOptions['auth']>(() => Promise.resolve({ token: 'secret' }));
  const client = world.client({ self, url, auth }, openSharedLine(self, tab, world.openLine));
  const handle = client.conversation('c1');
  handle.open();
  const opened = { tab, client, handle, auth };
  tabs.push(opened);
  return opened;
}

async function entered(count: number): Promise<OpenTab[]> {
  const opened: OpenTab[] = [];
  for (let index = 0; index < count; index += 1) {
    opened.push(enter());
    await passes(100);
  }
  return opened;
}

function close({ tab, client }: OpenTab, how: 'politely' | 'by a crash'): void {
  if (how === 'by a crash') tab.kill();
  client.destroy();
}

function shown({ handle }: OpenTab): string[] {
  return handle
    .getSnapshot()
    .items.map((item) =>
      item.kind === 'message' ? item.message.content : `${item.content} (${item.state})`,
    );
}

describe('tabs that share a socket', () => {
  it('hold one, hear the same and send through it', async () => {
    const [first, second, third] = (await entered(3)) as [OpenTab, OpenTab, OpenTab];
    expect(world.lines).toBe(1);
    expect(tabs.map(({ client }) => client.state)).toEqual(['online', 'online', 'online']);
    world.post({ content: 'question', sender: AGENT });
    second.handle.send({ content: 'from the second' });
    await passes(100);
    third.handle.send({ content: 'from the third' });
    await passes(1_000);
    for (const tab of [first, second, third]) {
      expect(shown(tab)).toEqual(['question', 'from the second', 'from the third']);
    }
    expect(world.askedAt['conversation:open']).toHaveLength(3);
  });

  it('say nothing secret to each other', async () => {
    await entered(2);
    expect(browser.said.length).toBeGreaterThan(2);
    expect(JSON.stringify(browser.said)).not.toContain('secret');
  });

  it.each(['politely', 'by a crash'] as const)(
    'lose nothing and repeat nothing when the leader goes %s with a send on its way',
    async (how) => {
      const [first, second, third] = (await entered(3)) as [OpenTab, OpenTab, OpenTab];
      world.faults = { ...world.faults, slowestMs: 1 };
      second.handle.send({ content: 'on its way' });
      await passes(2);
      close(first, how);
      world.post({ content: 'meanwhile', sender: AGENT });
      await passes(5_000);
      third.handle.send({ content: 'later' });
      await passes(2_000);
      expect(world.lines).toBe(1);
      const contents = world.server.messages.map((message) => message.content);
      expect([...contents].sort()).toEqual(['later', 'meanwhile', 'on its way']);
      for (const tab of [second, third]) expect(shown(tab)).toEqual(contents);
    },
  );

  it('send again under the same id what the leader took with it', async () => {
    const [first, second] = (await entered(2)) as [OpenTab, OpenTab];
    world.faults = { ...world.faults, loseAck: 10 };
    second.handle.send({ content: 'hello' });
    await passes(20);
    expect(world.server.messages).toHaveLength(1);
    world.faults = { ...world.faults, loseAck: 0 };
    close(first, 'by a crash');
    await passes(20_000);
    expect(world.server.messages).toHaveLength(1);
    expect(shown(second)).toEqual(['hello']);
  });

  it.each([true, false])(
    'go on when the leader is frozen (announced: %s), and take it back',
    async (announced) => {
      const [first, second, third] = (await entered(3)) as [OpenTab, OpenTab, OpenTab];
      first.tab.freeze(announced);
      world.post({ content: 'meanwhile', sender: AGENT });
      second.handle.send({ content: 'hello' });
      await passes(60_000);
      for (const tab of [second, third]) expect(shown(tab)).toEqual(['meanwhile', 'hello']);
      first.tab.thaw(announced);
      await passes(10_000);
      world.post({ content: 'welcome back', sender: AGENT });
      await passes(2_000);
      for (const tab of tabs) expect(shown(tab)).toEqual(['meanwhile', 'hello', 'welcome back']);
      expect(world.lines).toBe(1);
    },
  );

  it('show the state of the line, and any of them may ask to try now', async () => {
    const [first, second] = (await entered(2)) as [OpenTab, OpenTab];
    world.isDown = true;
    world.cutLines();
    await passes(40_000);
    expect(second.client.state).toBe('reconnecting');
    expect(second.client.retryAt).toBe(first.client.retryAt);
    world.isDown = false;
    second.client.connect();
    await passes(100);
    expect(tabs.map(({ client }) => client.state)).toEqual(['online', 'online']);
  });

  it('hear what came while the line was away', async () => {
    const [, second] = (await entered(2)) as [OpenTab, OpenTab];
    world.cutLines();
    world.post({ content: 'missed', sender: AGENT });
    await passes(5_000);
    expect(shown(second)).toEqual(['missed']);
  });

  it('renew an expired token once, in the tab that leads', async () => {
    const [first, second] = (await entered(2)) as [OpenTab, OpenTab];
    world.refuse('message:send', { code: 'auth.token_expired' });
    second.handle.send({ content: 'hello' });
    await passes(3_000);
    expect(shown(second)).toEqual(['hello']);
    expect(first.auth.mock.calls).toEqual([['connect'], ['expired']]);
    expect(second.auth).not.toHaveBeenCalledWith('expired');
  });

  it('pass a refusal on as the server said it', async () => {
    const [, second] = (await entered(2)) as [OpenTab, OpenTab];
    world.refuse('ping', { code: 'common.rate_limited', retryable: true, retryAfterMs: 70 });
    await expect(Promise.all([second.client.call('ping', {}), passes(100)])).rejects.toMatchObject({
      name: 'ChatError',
      code: 'common.rate_limited',
      retryAfterMs: 70,
    });
  });

  it('speak for themselves when the session of the leader has ended', async () => {
    const [first, second] = (await entered(2)) as [OpenTab, OpenTab];
    const ended = vi.fn();
    second.client.on('session:ended', ended);
    world.emit('session:ended', {});
    await passes(5_000);
    expect(first.client.state).toBe('ended');
    expect(second.client.state).toBe('online');
    expect(ended).not.toHaveBeenCalled();
    expect(world.lines).toBe(1);
  });

  it('say why a tab was refused for good', async () => {
    const { client, auth } = enter();
    auth.mockRejectedValue(new ChatError({ code: 'auth.invalid_plugin_key' }));
    await passes(1_000);
    expect(client.state).toBe('ended');
    expect(client.error?.code).toBe('auth.invalid_plugin_key');
  });

  it.each([
    ['another person', { self: { ...SELF, id: 'u2' } }],
    ['another kind of person', { self: { ...SELF, type: 'agent' as const } }],
    ['another server', { url: 'http://other' }],
  ])('never share with %s', async (_who, other) => {
    enter();
    enter(other);
    await passes(20);
    expect(tabs.map(({ auth }) => auth.mock.calls.length)).toEqual([1, 1]);
  });

  it('do not pass on what is said to somebody else', async () => {
    const stranger = enter({ self: { ...SELF, id: 'u2' } });
    await passes(1_000);
    expect(stranger.client.state).toBe('ended');
    expect(world.lines).toBe(0);
  });

  it('leave a tab to itself where there are no locks', async () => {
    const tab = browser.openTab();
    tab.locks.request = () => Promise.reject(new Error('SecurityError'));
    const client = world.client({}, openSharedLine(SELF, tab, world.openLine));
    await passes(100);
    expect(client.state).toBe('online');
    client.destroy();
  });

  it('leave no timer and no line behind', async () => {
    await entered(3);
    for (const { client } of tabs) client.destroy();
    await passes(100);
    world.stopTimers();
    expect(world.lines).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

const ACTS = ['send', 'send', 'post', 'post', 'cut', 'crash', 'close', 'open', 'freeze', 'thaw'] as const;

const steps = fc.array(
  fc.record({
    act: fc.constantFrom(...ACTS),
    which: fc.nat({ max: 100 }),
    wait: fc.oneof(fc.nat({ max: 60 }), fc.nat({ max: 8_000 })),
    isAnnounced: fc.boolean(),
  }),
  { minLength: 5, maxLength: 30 },
);

type Steps = typeof steps extends fc.Arbitrary<infer List> ? List : never;

/** One life of a browser with up to four tabs, on a bad network. */
class Walk {
  private readonly mustArrive = new Map<string, OpenTab>();
  private frozen: { tab: OpenTab; isAnnounced: boolean }[] = [];
  private count = 0;

  take({ act, which, isAnnounced }: Steps[number]): void {
    const tab = tabs[which % tabs.length];
    switch (act) {
      case 'send':
        return tab && this.send(tab);
      case 'post':
        return world.post({ content: `post ${++this.count}`, sender: AGENT });
      case 'cut':
        return world.cutLines();
      case 'crash':
      case 'close':
        return tab && this.close(tab, act === 'crash' ? 'by a crash' : 'politely');
      case 'open':
        if (tabs.length < 4) enter();
        return;
      case 'freeze':
        if (!tab) return;
        tab.tab.freeze(isAnnounced);
        return void this.frozen.push({ tab, isAnnounced });
      case 'thaw':
        return this.thaw();
      default:
        act satisfies never;
    }
  }

  async comeToRest(): Promise<void> {
    world.faults = NO_FAULTS;
    this.thaw();
    if (tabs.length === 0) enter();
    for (let beacons = 0; beacons < 5; beacons += 1) {
      await passes(25_000);
      world.beacon();
    }
    await passes(5_000);
  }

  assertAllIsWell(): void {
    const contents = world.server.messages.map((message) => message.content);
    expect(new Set(contents).size).toBe(contents.length);
    expect(contents).toEqual(expect.arrayContaining([...this.mustArrive.keys()]));
    for (const tab of tabs) expect(shown(tab)).toEqual(contents);
    expect(world.lines).toBe(1);
  }

  private send(tab: OpenTab): void {
    const content = `text ${++this.count}`;
    tab.handle.send({ content });
    this.mustArrive.set(content, tab);
  }

  /** What it had not sent yet is its own loss: these tabs keep their outbox in memory. */
  private close(tab: OpenTab, how: 'politely' | 'by a crash'): void {
    close(tab, how);
    tabs = tabs.filter((one) => one !== tab);
    for (const [content, sender] of this.mustArrive) if (sender === tab) this.mustArrive.delete(content);
  }

  private thaw(): void {
    for (const { tab, isAnnounced } of this.frozen.splice(0).reverse()) tab.tab.thaw(isAnnounced);
  }
}

it('comes right whatever happens to tabs and lines', async () => {
  await fc.assert(
    fc
      .asyncProperty(steps, async (walk) => {
        world = new ModelWorld('user', () => 0.5);
        world.faults = { lose: 2, repeat: 2, loseAck: 2, older: 0, slowestMs: 150 };
        vi.stubGlobal('fetch', world.rest);
        browser = new FakeBrowser();
        const life = new Walk();
        for (const step of walk) {
          life.take(step);
          await passes(step.wait);
        }
        await life.comeToRest();
        life.assertAllIsWell();
      })
      .afterEach(() => {
        for (const { client } of tabs.splice(0)) client.destroy();
        world.stopTimers();
        vi.clearAllTimers();
      }),
    { numRuns: 100, seed: Number(process.env.WALK_SEED ?? 20_261_127) },
  );
}, 60_000);

describe('what the server keeps by connection', () => {
  const asAgent: SelfRef = { type: 'agent', id: AGENT.id };

  beforeEach(() => {
    world = new ModelWorld('agent', () => 0.5);
    world.principal = asAgent;
  });

  const agentTab = (): OpenTab => enter({ self: asAgent });

  it.each(['politely', 'by a crash'] as const)(
    'keeps a conversation open until the last tab has left it %s',
    async (how) => {
      const first = agentTab();
      await passes(100);
      const others = [agentTab(), agentTab()];
      await passes(100);
      expect(world.joined).toBe(1);
      close(others[0]!, how);
      await passes(5_000);
      expect(world.joined).toBe(1);
      expect(world.askedAt['conversation:close']).toBeUndefined();
      close(others[1]!, how);
      first.client.call('conversation:close', { conversationId: 'c1' }).catch(() => undefined);
      await passes(5_000);
      expect(world.joined).toBe(0);
    },
  );

  it('looks at a conversation as long as any tab does', async () => {
    const said: unknown[] = [];
    const [first, second] = [agentTab(), agentTab()];
    await passes(100);
    world.onAsked = (event, request) => {
      if (event === 'viewing:set') said.push((request as { viewing: boolean }).viewing);
    };
    const look = ({ client }: OpenTab, viewing: boolean) =>
      Promise.all([client.call('viewing:set', { conversationId: 'c1', viewing }), passes(50)]);
    await look(first, true);
    await look(second, true);
    await look(first, false);
    expect(said).toEqual([true, true]);
    close(second, 'by a crash');
    await passes(100);
    expect(said).toEqual([true, true, false]);
  });

  it('watches whom any tab looks at', async () => {
    const asked: unknown[] = [];
    const first = agentTab();
    await passes(100);
    const second = agentTab();
    await passes(100);
    world.onAsked = (event, request) => event === 'presence:watch' && asked.push(request);
    const [one, two] = [
      { type: 'user', id: 'u1' },
      { type: 'user', id: 'u2' },
    ] as const;
    await Promise.all([first.client.call('presence:watch', { principals: [one] }), passes(50)]);
    await Promise.all([second.client.call('presence:watch', { principals: [two, one] }), passes(50)]);
    close(second, 'by a crash');
    await passes(100);
    expect(asked).toEqual([{ principals: [one] }, { principals: [two, one] }, { principals: [one] }]);
  });
});
