import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBrowser, type FakeTab } from '../../test/fake-browser.js';
import { USER } from '../../test/fixtures.js';
import { ModelWorld } from '../../test/model-world.js';
import type { FastLightChatClient } from '../chat-client.js';
import { createLocalStorageOutbox } from '../outbox.js';
import type { Pending } from '../types.js';
import { openSharedLine } from './shared-line.js';
import { createSharedOutbox } from './shared-outbox.js';

const SELF = { type: 'user', id: USER.id } as const;

let world: ModelWorld;
let browser: FakeBrowser;
let storage: Storage;
let clients: { tab: FakeTab; client: FastLightChatClient }[];

beforeEach(() => {
  vi.useFakeTimers();
  world = new ModelWorld('user', () => 0.5);
  browser = new FakeBrowser();
  storage = aStorage();
  clients = [];
  vi.stubGlobal('fetch', world.rest);
  return () => {
    for (const { client } of clients) client.destroy();
    world.stopTimers();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

function aStorage(): Storage {
  const held = new Map<string, string>();
  return {
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
    key: (index) => [...held.keys()][index] ?? null,
    clear: () => held.clear(),
    get length() {
      return held.size;
    },
  };
}

const passes = async (ms: number): Promise<void> => void (await vi.advanceTimersByTimeAsync(ms));

function enter(): { tab: FakeTab; client: FastLightChatClient } {
  const tab = browser.openTab();
  const outbox = createSharedOutbox('k', storage, tab.locks);
  const client = world.client({ outbox, self: SELF }, openSharedLine(SELF, tab, world.openLine));
  const entered = { tab, client };
  clients.push(entered);
  return entered;
}

function send({ client }: { client: FastLightChatClient }, ...texts: string[]): void {
  for (const content of texts) client.conversation('c1').send({ content });
}

function crash({ tab, client }: { tab: FakeTab; client: FastLightChatClient }): void {
  tab.kill();
  client.destroy();
}

const arrived = (): string[] => world.server.messages.map(({ content }) => content);
const tries = (): number => world.askedAt['message:send']?.length ?? 0;

describe(createSharedOutbox, () => {
  it('sends after a reload what was written offline: once, in order, before what is written then', async () => {
    world.isDown = true;
    const before = enter();
    await passes(1_000);
    send(before, 'one', 'two');
    crash(before);
    world.isDown = false;
    const after = enter();
    send(after, 'three');
    await passes(3_000);
    expect(arrived()).toEqual(['one', 'two', 'three']);
    expect(tries()).toBe(3);
    expect(storage.length).toBe(0);
  });

  it('leaves to a tab that lives what it wrote', async () => {
    world.isDown = true;
    const writer = enter();
    await passes(1_000);
    send(writer, 'one', 'two');
    enter();
    enter();
    await passes(1_000);
    world.isDown = false;
    await passes(60_000);
    expect(arrived()).toEqual(['one', 'two']);
    expect(tries()).toBe(2);
  });

  it('sends from another tab what a closed one left', async () => {
    world.isDown = true;
    const writer = enter();
    await passes(1_000);
    send(writer, 'one');
    enter();
    enter();
    await passes(1_000);
    crash(writer);
    world.isDown = false;
    await passes(60_000);
    expect(arrived()).toEqual(['one']);
    expect(tries()).toBe(1);
    expect(storage.length).toBe(0);
  });

  it('takes over what an earlier version kept', async () => {
    const kept: Pending = {
      conversationId: 'c1',
      clientMessageId: 'a',
      draft: { content: 'old' },
      createdAt: '',
    };
    createLocalStorageOutbox('k', storage).save([kept]);
    enter();
    await passes(1_000);
    expect(arrived()).toEqual(['old']);
    expect(storage.length).toBe(0);
  });

  it('shows at once, in a view that is open, what it takes over', async () => {
    world.isDown = true;
    const writer = enter();
    await passes(1_000);
    send(writer, 'one');
    const other = enter();
    const handle = other.client.conversation('c1');
    await passes(1_000);
    crash(writer);
    await passes(100);
    expect(handle.getSnapshot().items).toMatchObject([{ kind: 'pending', content: 'one', state: 'waiting' }]);
  });

  it('is the plain one without locks', () => {
    const outbox = createSharedOutbox('k', storage, null);
    outbox.save([]);
    expect(outbox.adopt).toBeUndefined();
  });
});
