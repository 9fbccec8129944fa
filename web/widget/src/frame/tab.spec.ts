import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Arrival } from '../protocol/messages.js';
import { takeNonce, TabLink, takeOver } from './tab.js';

const CHAT = 'https://chat.example';
const arrival: Arrival = { pluginKey: 'pk', visitorToken: 'signed', parentOrigin: 'https://shop.example' };
const ours = <M extends object>(message: M): M => ({ ...message, channel: 'fast-light-chat' });

interface Self {
  self: Window;
  say: (data: object, from: { origin?: string; source: unknown }) => void;
}

function aWindow(around: object): Self {
  const target = new EventTarget();
  const self = Object.assign(target, { location: { origin: CHAT }, ...around }) as unknown as Window;
  return {
    self,
    say: (data, { origin = CHAT, source }) =>
      target.dispatchEvent(Object.assign(new Event('message'), { data: ours(data), origin, source })),
  };
}

describe(TabLink, () => {
  const page = {};
  const handOver = (): Promise<Arrival> => Promise.resolve(arrival);
  const aTab = (opener: object) => ({ opener, postMessage: vi.fn() });

  it('hands the session to the tab that the page has opened for it, once and for no other eyes', async () => {
    const post = vi.fn();
    const { self, say } = aWindow({ parent: page });
    const tab = aTab(page);
    new TabLink(post, self).expect('42', handOver);
    say({ type: 'tab-ready', nonce: '42' }, { source: tab });
    say({ type: 'tab-ready', nonce: '42' }, { source: tab });
    await vi.waitFor(() => expect(post).toHaveBeenCalledExactlyOnceWith({ type: 'tab-taken' }));
    expect(tab.postMessage).toHaveBeenCalledExactlyOnceWith(
      ours({ type: 'tab-session', nonce: '42', arrival }),
      CHAT,
    );
  });

  it.each([
    ['a window of somebody else', { origin: 'https://evil.example', source: aTab(page) }, '42'],
    ['a tab that another page has opened', { source: aTab({}) }, '42'],
    ['a tab that the page did not ask for', { source: aTab(page) }, '43'],
  ])('hands nothing to %s', async (_who, from, nonce) => {
    const post = vi.fn();
    const { self, say } = aWindow({ parent: page });
    new TabLink(post, self).expect('42', handOver);
    say({ type: 'tab-ready', nonce }, from);
    await Promise.resolve();
    expect(from.source.postMessage).not.toHaveBeenCalled();
    expect(post).not.toHaveBeenCalled();
  });

  it('tells the page what happens in its tab, and nothing that a tab says of itself', async () => {
    const post = vi.fn();
    const { self, say } = aWindow({ parent: page });
    const tab = aTab(page);
    new TabLink(post, self).expect('42', handOver);
    const created = { type: 'chat-created', conversationId: 'c1' };
    say(created, { source: tab });
    say({ type: 'tab-ready', nonce: '42' }, { source: tab });
    await vi.waitFor(() => expect(post).toHaveBeenCalledOnce());
    say(created, { source: tab });
    say({ type: 'unread', unread: 9 }, { source: tab });
    say({ type: 'booted' }, { source: tab });
    expect(post.mock.calls.slice(1)).toEqual([[ours(created)]]);
  });
});

describe(takeOver, () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function aTab() {
    const page: Record<string, unknown> = { length: 2 };
    const frame = { parent: page, postMessage: vi.fn() };
    const advert = { parent: page, postMessage: vi.fn() };
    Object.assign(page, [advert, frame]);
    const { self, say } = aWindow({ opener: page });
    const listeners = { onArrival: vi.fn(), onAstray: vi.fn() };
    return { frame, advert, self, say, listeners };
  }

  it('asks until the frame is there, and only frames of its own origin can read it', () => {
    const { frame, advert, self, say, listeners } = aTab();
    takeOver('42', listeners, self);
    vi.advanceTimersByTime(600);
    const asked = [ours({ type: 'tab-ready', nonce: '42' }), CHAT];
    expect(frame.postMessage.mock.calls).toEqual([asked, asked]);
    expect(advert.postMessage.mock.calls).toEqual([asked, asked]);

    say({ type: 'tab-session', nonce: '42', arrival }, { source: frame });
    expect(listeners.onArrival).toHaveBeenCalledExactlyOnceWith(arrival, expect.any(Function));
    vi.advanceTimersByTime(60_000);
    expect(frame.postMessage).toHaveBeenCalledTimes(2);
    expect(listeners.onAstray).not.toHaveBeenCalled();
  });

  it('tells the frame from then on', () => {
    const { frame, self, say, listeners } = aTab();
    takeOver('42', listeners, self);
    say({ type: 'tab-session', nonce: '42', arrival }, { source: frame });
    listeners.onArrival.mock.calls[0]![1]({ type: 'chat-created', conversationId: 'c1' });
    expect(frame.postMessage).toHaveBeenLastCalledWith(
      ours({ type: 'chat-created', conversationId: 'c1' }),
      CHAT,
    );
  });

  it('takes a session from nobody but a frame of its own origin in the page that opened it', () => {
    const { frame, self, say, listeners } = aTab();
    takeOver('42', listeners, self);
    const answer = { type: 'tab-session', nonce: '42', arrival };
    say(answer, { origin: 'https://evil.example', source: frame });
    say(answer, { source: { parent: {} } });
    say({ ...answer, nonce: '43' }, { source: frame });
    expect(listeners.onArrival).not.toHaveBeenCalled();
  });

  it('says when nobody answers, and still takes what comes late', () => {
    const { frame, self, say, listeners } = aTab();
    takeOver('42', listeners, self);
    vi.advanceTimersByTime(10_000);
    expect(listeners.onAstray).toHaveBeenCalledOnce();
    say({ type: 'tab-session', nonce: '42', arrival }, { source: frame });
    expect(listeners.onArrival).toHaveBeenCalledOnce();
  });

  it('says at once when the page that opened it cannot be reached', () => {
    const onAstray = vi.fn();
    takeOver('42', { onArrival: vi.fn(), onAstray }, aWindow({ opener: null }).self);
    expect(onAstray).toHaveBeenCalledOnce();
  });
});

describe(takeNonce, () => {
  afterEach(() => history.replaceState(null, '', '/'));

  it('takes the number out of the address, of a tab alone', () => {
    history.replaceState(null, '', '/widget/tab#42');
    expect(takeNonce()).toBe('42');
    expect(location.href).toBe(`${location.origin}/widget/tab`);
    expect(takeNonce()).toBeNull();
    history.replaceState(null, '', '/widget/frame#42');
    expect(takeNonce()).toBeNull();
  });
});
