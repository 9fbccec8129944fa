import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SETTINGS, aBoot } from '../../test/fixtures.js';
import type { FastLightChat } from './api.js';

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
const iframe = (): HTMLIFrameElement => shadow().querySelector('iframe')!;

/** What the frame was told since its load. */
function frameLoads(): { data: { type: string }; origin: string }[] {
  const told: { data: { type: string }; origin: string }[] = [];
  iframe().contentWindow!.postMessage = ((data: { type: string }, origin: string) =>
    told.push({ data, origin })) as never;
  iframe().dispatchEvent(new Event('load'));
  return told;
}

function frameSays(data: object, from: { origin?: string; source?: Window | null } = {}): void {
  const { origin = ORIGIN, source = iframe().contentWindow } = from;
  window.dispatchEvent(
    new MessageEvent('message', { data: { channel: 'fast-light-chat', ...data }, origin, source }),
  );
}

const booted = { type: 'booted', user, settings: SETTINGS, language: 'en', unread: 2 };

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
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
    expect(iframe().src).toBe(`${ORIGIN}/widget/frame`);
    const told = frameLoads();
    expect(told).toEqual([
      { origin: ORIGIN, data: { channel: 'fast-light-chat', type: 'boot', options: { pluginKey: 'pk' } } },
    ]);
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
    frameSays(booted);
    expect(button().hidden).toBe(false);
    expect(button().getAttribute('aria-label')).toBe('Open chat, 2 unread');
    expect(callback).toHaveBeenCalledExactlyOnceWith(null, user);
    expect(badge).toHaveBeenCalledExactlyOnceWith(2);
  });

  it('speaks the language of the frame', async () => {
    const chat = await load();
    chat('boot', { pluginKey: 'pk' });
    frameSays({ ...booted, language: 'ko' });
    expect(button().getAttribute('aria-label')).toBe('채팅 열기, 읽지 않은 메시지 2개');
  });

  it('opens and closes, by button and by command', async () => {
    const chat = await load();
    const heard: string[] = [];
    chat('onShowMessenger', () => heard.push('show'));
    chat('onHideMessenger', () => heard.push('hide'));
    chat('boot', { pluginKey: 'pk' });
    const told = frameLoads();
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
    frameSays(booted, { origin: 'https://evil.example' });
    frameSays(booted, { source: window });
    frameSays({ ...booted, channel: 'other' });
    frameSays({ ...booted, type: 'unknown' });
    expect(button().hidden).toBe(true);
  });

  it('keeps the button away when the page has its own', async () => {
    const chat = await load();
    chat('boot', { pluginKey: 'pk', hideChannelButtonOnBoot: true });
    frameSays(booted);
    expect(button().hidden).toBe(true);
  });

  it('reports a wrong key and shows no button', async () => {
    const chat = await load();
    const callback = vi.fn();
    chat('boot', { pluginKey: 'bad' }, callback);
    const error = { code: 'auth.unauthenticated', message: 'Unknown key.', retryable: false };
    frameSays({ type: 'boot-failed', error, language: 'en' });
    expect(callback).toHaveBeenCalledExactlyOnceWith(error, null);
    expect(button().hidden).toBe(true);
  });

  it('leaves the button when the failure may pass', async () => {
    const chat = await load();
    chat('boot', { pluginKey: 'pk' });
    const error = { code: 'common.unavailable', message: 'Later.', retryable: true };
    frameSays({ type: 'boot-failed', error, language: 'en' });
    expect(button().hidden).toBe(false);
  });

  it('gives the frame only what it knows', async () => {
    const chat = await load();
    chat('boot', { pluginKey: 'pk', memberId: 'm1', zIndex: 5, secret: 'no' } as never);
    const [first] = frameLoads();
    expect((first?.data as { options?: object }).options).toEqual({ pluginKey: 'pk', memberId: 'm1' });
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
    chat('destroy');
    expect(host()).toBeNull();
    expect(window.FastLightChat).toBeUndefined();
    expect(removed).toHaveBeenCalledWith('message', expect.any(Function));
    expect(document.documentElement.getAttribute('style') ?? '').toBe('');
  });

  it('survives an unknown command', async () => {
    const chat = await load();
    (chat as (name: string) => void)('toString');
    expect(console.warn).toHaveBeenCalledOnce();
  });
});
