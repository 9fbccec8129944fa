import { describe, expect, it, vi } from 'vitest';
import {
  booted,
  button,
  frameLoads,
  frameSays,
  host,
  iframe,
  load,
  LOOK,
  ORIGIN,
  root,
  toldOf,
  onCustomerPage,
  user,
  type Told,
} from '../../test/customer-page.js';
import type { FastLightChat } from './api.js';

vi.mock('./load-panel.js', async () => {
  const { createPanel } = await import('../panel/panel.js');
  return { loadPanel: () => Promise.resolve(createPanel) };
});
onCustomerPage();

function stub(): FastLightChat {
  const queue: ArrayLike<unknown>[] = [];
  const chat = ((...args: unknown[]) => void queue.push(args)) as FastLightChat;
  chat.q = queue;
  window.FastLightChat = chat;
  return chat;
}

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
    const thrown = vi.fn((event: Event) => event.preventDefault());
    window.addEventListener('error', thrown);
    chat('boot', { pluginKey: 'pk', customLauncherSelector: '!!' });
    document.body.click();
    expect(console.error).toHaveBeenCalledTimes(2);
    expect(thrown).not.toHaveBeenCalled();
    window.removeEventListener('error', thrown);
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

  it('leads the keyboard back to where it was when there is no button of its own', async () => {
    await boot({ customLauncherSelector: '.ask', hideChannelButtonOnBoot: true });
    document.body.insertAdjacentHTML('beforeend', '<button class="ask">Ask</button>');
    const launcher = document.querySelector<HTMLElement>('.ask')!;
    launcher.focus();
    launcher.click();
    expect(document.activeElement).toBe(host());
    frameSays({ type: 'close-requested' });
    expect(document.activeElement).toBe(launcher);
    launcher.remove();
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

  it('leads the keyboard on to the button when the newest message is dismissed', async () => {
    await boot();
    frameSays({ type: 'peek', height: 88 });
    iframe()!.focus();
    frameSays({ type: 'peek', height: 0 });
    expect(host()!.shadowRoot!.activeElement).toBe(button());
  });

  it('turns dark when it is told to', async () => {
    await boot({ appearance: 'light', hidePopup: true });
    chat('setAppearance', 'dark');
    expect(told[0]?.data.options).toMatchObject({ appearance: 'light', hidePopup: true });
    expect(toldOf(told)).toEqual([{ type: 'appearance', appearance: 'dark' }]);
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
