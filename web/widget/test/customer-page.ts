import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { FastLightChat } from '../src/loader/api.js';
import type { Look } from '../src/protocol/messages.js';
import { aBoot } from './fixtures.js';

export const ORIGIN = location.origin;
export const { user } = aBoot();

export const LOOK: Look = {
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
export const booted = { type: 'booted', user, look: LOOK, unread: 2 };

type Said = { type: string; channel?: string; options?: object };
export type Told = { data: Said; origin: string }[];

/** A page of a customer, before and after each test. A spec has to mock `load-panel.js`: it imports from a server. */
export function onCustomerPage(): void {
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
}

export async function load(): Promise<FastLightChat> {
  vi.resetModules();
  await import('../src/loader/loader.js');
  return window.FastLightChat as FastLightChat;
}

export const host = (): HTMLElement | null => document.querySelector('#fast-light-chat');
export const shadow = (): ShadowRoot => host()!.shadowRoot!;
export const root = (): HTMLElement => shadow().querySelector('.root')!;
export const button = (): HTMLButtonElement => shadow().querySelector('button')!;
export const iframe = (): HTMLIFrameElement | null =>
  shadow().querySelector('iframe') ?? host()!.querySelector('iframe');

/** What the frame was told since it listens. */
export async function frameLoads(): Promise<Told> {
  const told: Told = [];
  await vi.waitFor(() => expect(iframe()).not.toBeNull());
  iframe()!.contentWindow!.postMessage = ((data: Said, origin: string) =>
    told.push({ data, origin })) as never;
  frameSays({ type: 'ready' });
  return told;
}

export function frameSays(data: object, from: { origin?: string; source?: Window | null } = {}): void {
  const { origin = ORIGIN, source = iframe()!.contentWindow } = from;
  window.dispatchEvent(
    new MessageEvent('message', { data: { channel: 'fast-light-chat', ...data }, origin, source }),
  );
}

/** What the frame was told, without the boot. */
export const toldOf = (told: Told): Said[] =>
  told.slice(1).map(({ data: { channel: _channel, ...message } }) => message);
