import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  booted,
  button,
  frameLoads,
  frameSays,
  host,
  iframe,
  load,
  ORIGIN,
  shadow,
  toldOf,
  onCustomerPage,
  type Told,
} from '../../test/customer-page.js';
import type { FastLightChat } from '../loader/api.js';

vi.mock('../loader/load-panel.js', async () => {
  const { createPanel } = await import('./panel.js');
  return { loadPanel: () => Promise.resolve(createPanel) };
});
onCustomerPage();

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

  it('covers the page as long as its window is that narrow', async () => {
    const { style } = document.documentElement;
    style.overflow = 'scroll';
    phoneThatOpens(null);
    await boot({});
    chat('showMessenger');
    window.dispatchEvent(new Event('resize'));
    expect(style.overflow).toBe('hidden');
    vi.mocked(matchMedia).mockReturnValue({ matches: false } as MediaQueryList);
    window.dispatchEvent(new Event('resize'));
    expect(style.overflow).toBe('scroll');
    expect(shadow().querySelector('[role=dialog]')!.getAttribute('aria-modal')).toBe('false');
    phoneThatOpens(null);
    window.dispatchEvent(new Event('resize'));
    expect(style.overflow).toBe('hidden');
    chat('destroy');
    expect(style.overflow).toBe('scroll');
    style.overflow = '';
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
