import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BootView } from '@fast-light-chat/sdk';
import { aBoot } from '../../test/fixtures.js';
import type { Look } from '../protocol/messages.js';
import type { FastLightChat } from './api.js';

/** Elsewhere it is imported from the server. */
const loadPanel = vi.fn(async () => (await import('../panel/panel.js')).createPanel);
vi.mock('./load-panel.js', () => ({ loadPanel: () => loadPanel() }));

const ORIGIN = location.origin;
const { user } = aBoot();

async function load(): Promise<FastLightChat> {
  vi.resetModules();
  await import('./loader.js');
  return window.FastLightChat as FastLightChat;
}

function stub(): FastLightChat {
  const queue: ArrayLike<unknown>[] = [];
  const chat = ((...args: unknown[]) => void queue.push(args)) as FastLightChat;
  chat.q = queue;
  window.FastLightChat = chat;
  return chat;
}

const host = (): HTMLElement | null => document.querySelector('#fast-light-chat');
const shadow = (): ShadowRoot => host()!.shadowRoot!;
const button = (): HTMLButtonElement => shadow().querySelector('button')!;
const iframe = (): HTMLIFrameElement | null =>
  shadow().querySelector('iframe') ?? host()!.querySelector('iframe');

type Said = { type: string; channel?: string; options?: object };

type Told = { data: Said; origin: string }[];

/** What the frame was told since it listens. */
async function frameLoads(): Promise<Told> {
  const told: Told = [];
  await vi.waitFor(() => expect(iframe()).not.toBeNull());
  iframe()!.contentWindow!.postMessage = ((data: Said, origin: string) =>
    told.push({ data, origin })) as never;
  frameSays({ type: 'ready' });
  return told;
}

function frameSays(data: object, from: { origin?: string; source?: Window | null } = {}): void {
  const { origin = ORIGIN, source = iframe()!.contentWindow } = from;
  window.dispatchEvent(
    new MessageEvent('message', { data: { channel: 'fast-light-chat', ...data }, origin, source }),
  );
}

const LOOK: Look = {
  color: '#3d6b45',
  onColor: '#ffffff',
  position: 'right',
  side: 20,
  bottom: 20,
  isDark: false,
  title: 'Tea House',
  launcherText: null,
  words: { open: 'Open chat', close: 'Close chat', unread: ', {n} unread' },
};
const booted = { type: 'booted', user, look: LOOK, unread: 2 };
const root = (): HTMLElement => shadow().querySelector('.root')!;
/** What the frame was told, without the boot. */
const toldOf = (told: Told): Said[] =>
  told.slice(1).map(({ data: { channel: _channel, ...message } }) => message);

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  // As where the page's policy, say, lets the loader ask for nothing: the frame boots then.
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Refused')));
});

afterEach(() => {
  window.FastLightChat?.('destroy');
  delete window.FastLightChat;
  vi.restoreAllMocks();
});

describe('loader', () => {
  it('runs what was called before it arrived', async () => {
    stub()('boot', { pluginKey: 'pk' });
    await load();
    const told = await frameLoads();
    expect(iframe()!.src).toBe(`${ORIGIN}/widget/frame`);
    const options = { pluginKey: 'pk', page: { url: location.href, title: '' }, kept: [] };
    expect(told).toEqual([{ origin: ORIGIN, data: { channel: 'fast-light-chat', type: 'boot', options } }]);
  });

  it('is safe to run twice', async () => {
    const first = await load();
    first('boot', { pluginKey: 'pk' });
    const second = await load();
    expect(second).toBe(first);
    expect(document.querySelectorAll('#fast-light-chat')).toHaveLength(1);
  });

  it('shows the button with the unread count once booted, and tells the page', async () => {
    const chat = await load();
    const callback = vi.fn();
    const badge = vi.fn();
    chat('onBadgeChanged', badge);
    chat('boot', { pluginKey: 'pk' }, callback);
    expect(button().hidden).toBe(true);
    await frameLoads();
    frameSays(booted);
    expect(button().hidden).toBe(false);
    expect(button().getAttribute('aria-label')).toBe('Open chat, 2 unread');
    expect(callback).toHaveBeenCalledExactlyOnceWith(null, user);
    expect(badge).toHaveBeenCalledExactlyOnceWith(2, 2);
  });

  it('looks as the frame says, and goes on to', async () => {
    const chat = await load();
    chat('boot', { pluginKey: 'pk' });
    await frameLoads();
    frameSays(booted);
    const words = { ...LOOK.words, open: '채팅 열기', unread: ', 읽지 않은 메시지 {n}개' };
    frameSays({
      type: 'look',
      look: { ...LOOK, words, isDark: true, position: 'left', side: 8, launcherText: '문의' },
    });
    expect(button().getAttribute('aria-label')).toBe('채팅 열기, 읽지 않은 메시지 2개');
    expect(button().textContent).toContain('문의');
    expect([...root().classList]).toEqual(['root', 'live', 'left', 'dark']);
    expect(root().style.getPropertyValue('--side')).toBe('8px');
  });

  it('opens and closes, by button and by command', async () => {
    const chat = await load();
    const heard: string[] = [];
    chat('onShowMessenger', () => heard.push('show'));
    chat('onHideMessenger', () => heard.push('hide'));
    chat('boot', { pluginKey: 'pk' });
    const told = await frameLoads();
    frameSays(booted);
    button().click();
    expect(button().getAttribute('aria-expanded')).toBe('true');
    frameSays({ type: 'close-requested' });
    chat('showMessenger');
    chat('hideMessenger');
    expect(heard).toEqual(['show', 'hide', 'show', 'hide']);
    expect(told.map(({ data }) => data.type)).toEqual(['boot', 'opened', 'closed', 'opened', 'closed']);
  });

  it('hears nobody but its own frame', async () => {
    const chat = await load();
    chat('boot', { pluginKey: 'pk' });
    await frameLoads();
    frameSays(booted, { origin: 'https://evil.example' });
    frameSays(booted, { source: window });
    frameSays({ ...booted, channel: 'other' });
    frameSays({ ...booted, type: 'unknown' });
    expect(button().hidden).toBe(true);
  });

  it('keeps the button away when the page has its own', async () => {
    const chat = await load();
    chat('boot', { pluginKey: 'pk', hideChannelButtonOnBoot: true });
    await frameLoads();
    frameSays(booted);
    expect(button().hidden).toBe(true);
  });

  it('reports a wrong key and shows no button', async () => {
    const chat = await load();
    const callback = vi.fn();
    chat('boot', { pluginKey: 'bad' }, callback);
    const error = { code: 'auth.unauthenticated', message: 'Unknown key.', retryable: false };
    await frameLoads();
    frameSays({ type: 'boot-failed', error, look: LOOK });
    expect(callback).toHaveBeenCalledExactlyOnceWith(error, null);
    expect(button().hidden).toBe(true);
  });

  it('leaves the button when the failure may pass', async () => {
    const chat = await load();
    chat('boot', { pluginKey: 'pk' });
    const error = { code: 'common.unavailable', message: 'Later.', retryable: true };
    await frameLoads();
    frameSays({ type: 'boot-failed', error, look: LOOK });
    expect(button().hidden).toBe(false);
  });

  it('gives the frame only what it knows', async () => {
    const chat = await load();
    chat('boot', { pluginKey: 'pk', memberId: 'm1', zIndex: 5, secret: 'no' } as never);
    const [first] = await frameLoads();
    expect(first?.data.options).toEqual({
      pluginKey: 'pk',
      memberId: 'm1',
      page: { url: location.href, title: '' },
      kept: [],
    });
  });

  it('replaces the widget when it is booted again', async () => {
    const chat = await load();
    chat('boot', { pluginKey: 'pk' });
    const first = host();
    chat('boot', { pluginKey: 'pk', memberId: 'm1' });
    expect(document.querySelectorAll('#fast-light-chat')).toHaveLength(1);
    expect(host()).not.toBe(first);
  });

  it('leaves nothing behind', async () => {
    const removed = vi.spyOn(window, 'removeEventListener');
    const chat = await load();
    chat('boot', { pluginKey: 'pk' });
    chat('showMessenger');
    await frameLoads();
    chat('destroy');
    expect(host()).toBeNull();
    expect(window.FastLightChat).toBeUndefined();
    expect(removed).toHaveBeenCalledWith('message', expect.any(Function));
    expect(document.documentElement.getAttribute('style') ?? '').toBe('');
    expect(Object.hasOwn(history, 'pushState')).toBe(false);
  });

  it('keeps for the frame what it may not keep itself, for the next page, until it leaves', async () => {
    const chat = await load();
    chat('boot', { pluginKey: 'pk' });
    expect((await frameLoads())[0]?.data.options).toMatchObject({ kept: [] });
    const visitor = 'fast-light-chat:pk:visitor';
    frameSays({ type: 'keep', key: visitor, value: 'v1' });
    frameSays({ type: 'keep', key: 'fast-light-chat:pk:talked', value: '1' });
    frameSays({ type: 'keep', key: 'fast-light-chat:pk:talked', value: null });
    chat('boot', { pluginKey: 'other' });
    expect((await frameLoads())[0]?.data.options).toMatchObject({ kept: [] });
    chat('boot', { pluginKey: 'pk' });
    expect((await frameLoads())[0]?.data.options).toMatchObject({ kept: [[visitor, 'v1']] });
    chat('destroy');
    expect(localStorage).toHaveLength(0);
  });

  it('does without what the page may not keep either', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const chat = await load();
    chat('boot', { pluginKey: 'pk' });
    await frameLoads();
    frameSays({ type: 'keep', key: 'fast-light-chat:pk:visitor', value: 'v1' });
    frameSays(booted);
    expect(button().hidden).toBe(false);
  });

  it('survives an unknown command', async () => {
    const chat = await load();
    (chat as (name: string) => void)('toString');
    expect(console.warn).toHaveBeenCalledOnce();
  });

  it('throws nothing into the page, whatever it is given, and takes what can be posted', async () => {
    const chat = await load();
    chat('boot', { pluginKey: 'pk' });
    const told = await frameLoads();
    chat('updateUser', null as never);
    expect(console.error).toHaveBeenCalledOnce();
    const properties: Record<string, unknown> = { amount: 3, toText: () => '3' };
    chat('track', 'Ordered', properties);
    expect(toldOf(told)).toEqual([{ type: 'track', name: 'Ordered', properties: { amount: 3 } }]);
  });
});

describe('a page whose visitor never opens the chat', () => {
  const asked: { url: string; headers: object; body: Record<string, unknown> }[] = [];
  let answers: (boot: BootView | number) => void;

  beforeEach(() => {
    asked.length = 0;
    vi.stubGlobal('fetch', (url: string, { headers, body }: { headers: object; body: string }) => {
      asked.push({ url, headers, body: JSON.parse(body) as Record<string, unknown> });
      return new Promise((resolve) => {
        answers = (boot) =>
          resolve(typeof boot === 'number' ? new Response('{}', { status: boot }) : Response.json(boot));
      });
    });
  });

  /** As far as the loader gets by itself. */
  async function boot(options: object = {}, answer: BootView | number = aBoot()) {
    const chat = await load();
    const callback = vi.fn();
    const before = asked.length;
    chat('boot', { pluginKey: 'pk', ...options }, callback);
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(before));
    answers(answer);
    if (typeof answer !== 'number') await vi.waitFor(() => expect(callback).toHaveBeenCalled());
    return { chat, callback };
  }

  it('is asked for one boot, and gets a button that looks as the settings say', async () => {
    localStorage.setItem('kept:fast-light-chat:pk:introduced', '1');
    const { callback } = await boot({
      memberId: 7,
      memberHash: '',
      profile: { mobileNumber: 10 },
      tags: null,
    });
    expect(asked).toEqual([
      {
        url: `${ORIGIN}/v1/widget/boot`,
        headers: { 'content-type': 'application/json', 'x-plugin-key': 'pk' },
        body: {
          memberId: '7',
          profile: { phone: '10' },
          page: { url: location.href, title: '' },
          language: 'en',
        },
      },
    ]);
    expect(callback).toHaveBeenCalledExactlyOnceWith(null, {
      ...user,
      name: null,
      avatarUrl: null,
      alert: 0,
    });
    expect(button().hidden).toBe(false);
    expect(button().getAttribute('aria-label')).toBe('Open chat');
    expect(root().style.getPropertyValue('--accent')).toBe(aBoot().environment.settings.color);
    expect(iframe()).toBeNull();
    localStorage.clear();
  });

  it('loads the frame by the first press, which goes on as the same visitor', async () => {
    await boot();
    button().click();
    const told = await frameLoads();
    expect(told[0]?.data).toMatchObject({
      type: 'boot',
      options: { known: { token: 'v1', userId: 'u1', settings: aBoot().environment.settings } },
    });
    expect(toldOf(told)).toEqual([{ type: 'opened', takesFocus: true }]);
    expect(asked).toHaveLength(1);
  });

  it('loads it already when a pointer comes near', async () => {
    await boot();
    button().dispatchEvent(new Event('pointerenter'));
    expect(toldOf(await frameLoads())).toEqual([]);
    expect(button().getAttribute('aria-expanded')).toBe('false');
  });

  it('loads it for what there is to say of the visitor, and for what they have not read', async () => {
    const { chat } = await boot();
    const properties = { amount: 3 };
    chat('track', 'Ordered', properties);
    properties.amount = 4;
    expect(toldOf(await frameLoads())).toEqual([
      { type: 'track', name: 'Ordered', properties: { amount: 3 } },
    ]);
    await boot({}, aBoot({ unread: 3 }));
    await frameLoads();
    expect(button().getAttribute('aria-label')).toBe('Open chat, 3 unread');
  });

  it('keeps an anonymous visitor for the next page, unless they are the member now, and no member', async () => {
    await boot();
    await boot();
    expect(asked.map(({ body }) => body.visitorToken)).toEqual([undefined, 'v1']);
    await boot({ memberId: 'm1' }, aBoot({ user: { ...user, id: 'u2' }, visitorToken: 'v2' }));
    expect(asked.at(-1)?.body).toMatchObject({ memberId: 'm1', visitorToken: 'v1' });
    expect(JSON.stringify({ ...localStorage })).toContain('v1');
    expect(JSON.stringify({ ...localStorage })).not.toContain('v2');
    // Whom the member has been until now is nobody else's.
    await boot({ memberId: 'm1' });
    expect(JSON.stringify({ ...localStorage })).not.toContain('v1');
    const { chat } = await boot();
    chat('shutdown');
    chat('destroy');
    expect(localStorage).toHaveLength(0);
  });

  it('asks for nothing where the visitor has written before: the frame boots, and listens', async () => {
    localStorage.setItem('kept:fast-light-chat:pk:talked', '1');
    const chat = await load();
    chat('boot', { pluginKey: 'pk' });
    const told = await frameLoads();
    expect(told[0]?.data.options).toMatchObject({ kept: [['fast-light-chat:pk:talked', '1']] });
    expect(told[0]?.data.options).toMatchObject({ known: undefined });
    expect(asked).toEqual([]);
    localStorage.clear();
  });

  it('asks the frame, once, whether a member has written here before they were one', async () => {
    const chat = await load();
    chat('boot', { pluginKey: 'pk', memberId: 'm1' });
    const told = await frameLoads();
    expect([told[0]?.data.options, asked]).toEqual([expect.objectContaining({ memberId: 'm1' }), []]);
    frameSays({ type: 'keep', key: 'fast-light-chat:pk:introduced', value: '1' });
    await boot({ memberId: 'm1' });
    expect(asked).toHaveLength(1);
    expect(iframe()).toBeNull();
  });

  it('makes one visitor of boots that follow each other at once', async () => {
    const chat = await load();
    chat('boot', { pluginKey: 'pk' });
    chat('shutdown');
    chat('boot', { pluginKey: 'pk' });
    await vi.waitFor(() => expect(asked).not.toEqual([]));
    expect(asked).toHaveLength(1);
  });

  it('leaves a server alone for a while that has too much to do', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const chat = await load();
    chat('boot', { pluginKey: 'pk' });
    await vi.advanceTimersByTimeAsync(0);
    answers(429);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(iframe()).toBeNull();
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
    await frameLoads();
  });

  it('opens by a second press, too, while what opens is still on its way', async () => {
    await boot();
    button().click();
    button().click();
    expect(toldOf(await frameLoads())).toEqual([{ type: 'opened', takesFocus: true }]);
    expect(button().getAttribute('aria-busy')).toBe('false');
  });

  it('boots as the page has said it, whatever becomes of the object that it said it with', async () => {
    const chat = await load();
    const options = { pluginKey: 'pk', memberId: undefined as string | undefined };
    chat('boot', options);
    options.memberId = 'm1';
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    answers(aBoot());
    chat('showMessenger');
    expect((await frameLoads())[0]?.data.options).not.toHaveProperty('memberId', 'm1');
    expect(asked[0]?.body).not.toHaveProperty('memberId');
  });

  it('leaves to the frame what the server refuses', async () => {
    await boot({ profile: { email: 'no' } }, 400);
    const [first] = await frameLoads();
    expect(first?.data.options).toMatchObject({ known: undefined });
    expect(button().hidden).toBe(true);
  });

  it('makes no second visitor beside a boot that is still under way', async () => {
    const chat = await load();
    chat('boot', { pluginKey: 'pk' });
    chat('showMessenger');
    expect(button().getAttribute('aria-busy')).toBe('true');
    await vi.waitFor(() => expect(button().getAttribute('aria-expanded')).toBe('true'));
    expect([iframe(), button().getAttribute('aria-busy')]).toEqual([null, 'false']);
    answers(aBoot());
    const told = await frameLoads();
    expect(told[0]?.data.options).toMatchObject({ known: { token: 'v1' } });
    expect(root().style.getPropertyValue('--accent')).toBe(aBoot().environment.settings.color);
  });

  it('is given nothing any more by a boot that has been shut down', async () => {
    const chat = await load();
    const callback = vi.fn();
    chat('boot', { pluginKey: 'pk' }, callback);
    chat('showMessenger');
    chat('shutdown');
    answers(aBoot());
    await new Promise((resolve) => setTimeout(resolve));
    expect(callback).not.toHaveBeenCalled();
    expect([host(), localStorage.length]).toEqual([null, 0]);
  });

  it('turns dark by itself, and tells the frame of it later', async () => {
    const { chat } = await boot();
    chat('setAppearance', 'dark');
    expect(root().classList.contains('dark')).toBe(true);
    expect(iframe()).toBeNull();
    chat('showMessenger');
    const told = await frameLoads();
    expect(told[0]?.data.options).toMatchObject({ appearance: 'dark' });
  });

  it('names a page that was named before the boot, or right after it, without another word', async () => {
    const chat = await load();
    chat('setPage', 'shop');
    chat('boot', { pluginKey: 'pk' });
    chat('setPage', 'cart');
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]?.body.page).toEqual({ url: location.href, title: 'cart' });
    answers(aBoot());
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(iframe()).toBeNull();
  });

  it('tries again to load what did not come, without losing what was asked for', async () => {
    const { chat } = await boot();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    loadPanel.mockRejectedValueOnce(new TypeError('Offline'));
    chat('track', 'Ordered');
    button().click();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([iframe(), button().getAttribute('aria-busy')]).toEqual([null, 'true']);
    await vi.advanceTimersByTimeAsync(5_000);
    vi.useRealTimers();
    const told = await frameLoads();
    expect(toldOf(told).map(({ type }) => type)).toEqual(['track', 'opened']);
  });

  it('loads the frame again where the browser shows an error in its place', async () => {
    await boot();
    button().click();
    await vi.waitFor(() => expect(iframe()).not.toBeNull());
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const address = vi.spyOn(iframe()!, 'src', 'set');
    iframe()!.dispatchEvent(new Event('load'));
    vi.advanceTimersByTime(6_000);
    expect(address).toHaveBeenCalledExactlyOnceWith(`${ORIGIN}/widget/frame`);
    // Now it speaks, if only after the browser has said that it is loaded.
    iframe()!.dispatchEvent(new Event('load'));
    await frameLoads();
    vi.advanceTimersByTime(6_000);
    expect(address).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });
});

describe('what a page can ask for', () => {
  let chat: FastLightChat;
  let told: Told;

  async function boot(options: object = {}): Promise<void> {
    chat = await load();
    chat('boot', { pluginKey: 'pk', ...options });
    told = await frameLoads();
    frameSays(booted);
  }

  it('opens a conversation, old or new, with something written', async () => {
    await boot();
    chat('openChat', 'c1');
    chat('openChat', undefined, 'About my order');
    expect(toldOf(told)).toEqual([
      { type: 'chat', conversationId: 'c1', message: '' },
      { type: 'opened', takesFocus: true },
      { type: 'chat', conversationId: null, message: 'About my order' },
    ]);
  });

  it('says what the visitor does, and what is known of them', async () => {
    await boot();
    const heard = vi.fn();
    chat('track', 'Ordered', { amount: 3 });
    chat('updateUser', { profile: { name: 'Kim' }, tags: ['vip'], unsubscribeEmail: true } as never, heard);
    chat('addTags', ['a'], heard);
    chat('removeTags', ['b']);
    expect(toldOf(told)).toEqual([
      { type: 'track', name: 'Ordered', properties: { amount: 3 } },
      { type: 'change-user', id: 0, change: { profile: { name: 'Kim' }, addTags: ['vip'] } },
      { type: 'change-user', id: 1, change: { addTags: ['a'] } },
      { type: 'change-user', id: 2, change: { removeTags: ['b'] } },
    ]);
    const error = { code: 'common.unavailable', message: 'Later.', retryable: true };
    frameSays({ type: 'user-changed', id: 1, error, user: null });
    frameSays({ type: 'user-changed', id: 0, error: null, user });
    frameSays({ type: 'user-changed', id: 2, error: null, user });
    expect(heard.mock.calls).toEqual([
      [error, null],
      [null, user],
    ]);
  });

  it('says so when there is nobody yet to change', async () => {
    const heard = vi.fn();
    (await load())('updateUser', { language: 'ko' }, heard);
    expect(heard).toHaveBeenCalledWith(expect.objectContaining({ code: 'client.not_booted' }), null);
  });

  it('shows and hides the button, whenever that is', async () => {
    await boot({ hideChannelButtonOnBoot: true });
    chat('showChannelButton');
    expect(button().hidden).toBe(false);
    chat('hideChannelButton');
    expect(button().hidden).toBe(true);
  });

  it('opens by what the page has chosen for it, whenever it came to be there', async () => {
    await boot({ customLauncherSelector: '.ask' });
    document.body.insertAdjacentHTML('beforeend', '<button class="ask"><b>Ask</b></button>');
    document.querySelector<HTMLElement>('.ask b')!.click();
    expect(button().getAttribute('aria-expanded')).toBe('true');
    chat('shutdown');
    document.querySelector<HTMLElement>('.ask b')!.click();
    expect(host()).toBeNull();
    document.querySelector('.ask')!.remove();
  });

  it('hears of the page that came without a load, until it names one itself', async () => {
    await boot();
    history.pushState(null, '', '/teas');
    document.title = 'Teas';
    await vi.waitFor(() => expect(told).toHaveLength(2));
    chat('setPage', 'cart');
    await vi.waitFor(() => expect(told).toHaveLength(3));
    history.pushState(null, '', '/elsewhere');
    chat('resetPage');
    await vi.waitFor(() => expect(told).toHaveLength(4));
    history.replaceState(null, '', '/');
    document.title = '';
    expect(toldOf(told)).toEqual([
      { type: 'page', page: { url: `${ORIGIN}/teas`, title: 'Teas' } },
      { type: 'page', page: { url: `${ORIGIN}/teas`, title: 'cart' } },
      { type: 'page', page: { url: `${ORIGIN}/elsewhere`, title: 'Teas' } },
    ]);
  });

  it('tells what has happened until it is asked to no more; a mistake in the page stops nothing', async () => {
    await boot();
    const heard = vi.fn();
    chat('onChatCreated', () => {
      throw new Error('The page is wrong');
    });
    chat('onChatCreated', heard);
    chat('onUrlClicked', heard);
    frameSays({ type: 'chat-created', conversationId: 'c9' });
    frameSays({ type: 'url-clicked', url: 'https://moru.example' });
    chat('clearCallbacks');
    frameSays({ type: 'chat-created', conversationId: 'c10' });
    expect(heard.mock.calls).toEqual([['c9'], ['https://moru.example']]);
  });

  it('shows the newest message while it is closed, and opens by it', async () => {
    await boot();
    frameSays({ type: 'peek', height: 88 });
    expect(root().classList.contains('peek')).toBe(true);
    expect(root().style.getPropertyValue('--peek')).toBe('88px');
    frameSays({ type: 'open-requested', conversationId: 'c1' });
    frameSays({ type: 'peek', height: 0 });
    expect([...root().classList]).toEqual(['root', 'live', 'open']);
  });

  it('turns dark when it is told to', async () => {
    await boot({ appearance: 'light', hidePopup: true });
    chat('setAppearance', 'dark');
    expect(told[0]?.data.options).toMatchObject({ appearance: 'light', hidePopup: true });
    expect(toldOf(told)).toEqual([{ type: 'appearance', appearance: 'dark' }]);
  });
});

describe('a tab of its own on phones', () => {
  let chat: FastLightChat;
  let told: Told;
  const heard: string[] = [];

  /** What is opened: a tab, or nothing where the browser lets none. */
  function phoneThatOpens(tab: { closed: boolean; close: () => void } | null) {
    vi.mocked(matchMedia).mockReturnValue({ matches: true } as MediaQueryList);
    return vi.spyOn(window, 'open').mockReturnValue(tab as Window | null);
  }
  const aTab = () => ({ closed: false, close: vi.fn() });

  async function boot(options: object = { mobileMessengerMode: 'newTab' }): Promise<void> {
    chat = await load();
    heard.length = 0;
    chat('onShowMessenger', () => heard.push('show'));
    chat('onHideMessenger', () => heard.push('hide'));
    chat('boot', { pluginKey: 'pk', ...options });
    told = await frameLoads();
    frameSays(booted);
  }

  afterEach(() => {
    vi.useRealTimers();
    vi.mocked(matchMedia).mockImplementation((media) => ({ matches: false, media }) as MediaQueryList);
  });

  it('is opened by the press, and the frame told whom to expect and what to show', async () => {
    const opens = phoneThatOpens(aTab());
    await boot();
    button().click();
    chat('openChat', 'c1');
    frameSays({ type: 'open-requested', conversationId: 'c2' });
    const nonces = opens.mock.calls.map(([address]) => String(address).split('#')[1]);
    expect(opens.mock.calls).toEqual(
      nonces.map((nonce) => [`${ORIGIN}/widget/tab#${nonce}`, 'fast-light-chat']),
    );
    expect(new Set(nonces).size).toBe(3);
    expect(toldOf(told)).toEqual([
      { type: 'tab', nonce: nonces[0], chat: undefined },
      { type: 'tab', nonce: nonces[1], chat: { conversationId: 'c1', message: '' } },
      { type: 'tab', nonce: nonces[2], chat: { conversationId: 'c2', message: '' } },
    ]);
    expect(button().getAttribute('aria-expanded')).toBe('false');
    expect(document.documentElement.style.overflow).toBe('');
    expect(heard).toEqual(['show']);
  });

  it('is closed by the page, at its end too, and is missed when the visitor closes it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const tab = aTab();
    phoneThatOpens(tab);
    await boot();
    chat('showMessenger');
    frameSays({ type: 'tab-taken' });
    chat('hideMessenger');
    expect(tab.close).toHaveBeenCalledOnce();
    chat('showMessenger');
    tab.closed = true;
    vi.advanceTimersByTime(2_000);
    tab.closed = false;
    chat('showMessenger');
    chat('shutdown');
    expect(heard).toEqual(['show', 'hide', 'show', 'hide', 'show', 'hide']);
  });

  it('is not tried again by a page that is cut off from what it opens', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const opens = phoneThatOpens({ ...aTab(), closed: true });
    await boot();
    button().click();
    vi.advanceTimersByTime(2_000);
    button().click();
    expect(opens).toHaveBeenCalledOnce();
    expect(button().getAttribute('aria-expanded')).toBe('true');
  });

  it('gives way to the page where the browser lets none open, which is covered then', async () => {
    phoneThatOpens(null);
    await boot();
    chat('openChat', null, 'Hello');
    const isModal = () => shadow().querySelector('[role=dialog]')!.getAttribute('aria-modal');
    expect(isModal()).toBe('true');
    expect(toldOf(told)).toEqual([
      { type: 'chat', conversationId: null, message: 'Hello' },
      { type: 'opened', takesFocus: false },
    ]);
    chat('hideMessenger');
    expect(isModal()).toBe('false');
  });

  it.each([{ mobileMessengerMode: 'iframe' }, {}])('is not opened with %j', async (options) => {
    const opens = phoneThatOpens(aTab());
    await boot(options);
    button().click();
    expect(opens).not.toHaveBeenCalled();
    expect(iframe()!.parentNode).not.toBe(host());
  });

  it('is not opened on a wide screen', async () => {
    const opens = vi.spyOn(window, 'open');
    await boot();
    button().click();
    expect(opens).not.toHaveBeenCalled();
    expect(button().getAttribute('aria-expanded')).toBe('true');
  });

  it('finds the frame, which is in the tree of the page for it, and out of reach of its styles', async () => {
    await boot();
    expect(window.length).toBe(1);
    expect(iframe()!.assignedSlot).toBe(shadow().querySelector('.panel slot'));
    chat('destroy');
    expect(window.length).toBe(0);
  });
});

describe('a page that was written for Channel Talk', () => {
  /** As its snippet leaves things: calls are handed on through `c`, which its script replaces. */
  function snippet(): FastLightChat {
    const stub = ((...args: unknown[]) => stub.c!(args)) as FastLightChat;
    stub.q = [];
    stub.c = (args) => void stub.q!.push(args);
    return (window.ChannelIO = stub);
  }

  it('is answered by the same function, with what it called before', async () => {
    const kept = snippet();
    const heard = vi.fn();
    kept('boot', { pluginKey: 'pk' }, heard);
    const chat = await load();
    await frameLoads();
    frameSays(booted);
    kept('showMessenger');
    expect(heard).toHaveBeenCalledWith(null, user);
    expect(button().getAttribute('aria-expanded')).toBe('true');
    expect(window.ChannelIO).toBe(kept);
    expect(window.ChannelIOInitialized).toBe(true);
    chat('destroy');
    expect([window.ChannelIO, window.ChannelIOInitialized]).toEqual([undefined, undefined]);
  });

  it('keeps its own chat beside our snippet', async () => {
    const kept = snippet();
    kept('boot', { pluginKey: 'theirs' });
    stub();
    await load();
    expect(host()).toBeNull();
    expect(kept.q).toHaveLength(1);
    delete window.ChannelIO;
  });
});
