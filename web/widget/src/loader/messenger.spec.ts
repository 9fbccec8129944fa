import type { BootView } from '@fast-light-chat/sdk';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  button,
  frameLoads,
  frameSays,
  host,
  iframe,
  load,
  ORIGIN,
  root,
  toldOf,
  onCustomerPage,
  user,
} from '../../test/customer-page.js';
import { aBoot } from '../../test/fixtures.js';

/** Elsewhere it is imported from the server. */
const loadPanel = vi.fn(async () => (await import('../panel/panel.js')).createPanel);
vi.mock('./load-panel.js', () => ({ loadPanel: () => loadPanel() }));
onCustomerPage();

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
    localStorage.setItem('kept:fast-light-chat:pk:introduced', '1');
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

  it('says where the visitor has gone just before it is opened', async () => {
    const { chat } = await boot();
    history.pushState(null, '', '/teas');
    chat('showMessenger');
    const told = await frameLoads();
    await vi.waitFor(() => expect(toldOf(told)).toHaveLength(2));
    history.replaceState(null, '', '/');
    expect(toldOf(told)[1]).toEqual({ type: 'page', page: { url: `${ORIGIN}/teas`, title: '' } });
    expect(told[0]?.data.options).toMatchObject({ page: undefined });
  });

  it('is not asked for more by a page that only writes its address again, or changes its title', async () => {
    await boot();
    document.title = 'Teas';
    history.replaceState({ scrolled: 5 }, '');
    await new Promise((resolve) => setTimeout(resolve, 500));
    document.title = '';
    expect(iframe()).toBeNull();
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
    expect([iframe(), button().getAttribute('aria-busy')]).toEqual([null, 'false']);
    // A press is a try, and not one more of those that come by themselves.
    loadPanel.mockRejectedValueOnce(new TypeError('Offline'));
    button().click();
    expect(button().getAttribute('aria-busy')).toBe('true');
    await vi.advanceTimersByTimeAsync(9_000);
    expect(loadPanel).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
    const told = await frameLoads();
    expect(toldOf(told).map(({ type }) => type)).toEqual(['track', 'opened']);
    expect(loadPanel).toHaveBeenCalledTimes(3);
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
