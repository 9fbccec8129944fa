import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startI18n } from '../lib/i18n/i18n';
import type { NotificationSettings } from '../lib/wire';
import { aConversation, anAgent, SELF } from '../test/factories';
import { fakeServer, page } from '../test/fake-server';
import { renderApp } from '../test/render-app';

const SETTINGS: NotificationSettings = {
  support: 'all',
  team: 'all',
  push: false,
  email: false,
  sound: true,
  desktop: true,
  quietHours: { enabled: false, from: '22:00', to: '08:00', days: [] },
};
const fact = { kind: 'message', conversationId: 'conversation-1', text: 'Minji: hello' };

class FakeNotice {
  static permission = 'granted';
  static shown: FakeNotice[] = [];
  onclick: (() => void) | null = null;
  isClosed = false;

  constructor(
    readonly title: string,
    readonly options: { body: string; tag: string },
  ) {
    FakeNotice.shown.push(this);
  }

  close(): void {
    this.isClosed = true;
  }
}

describe('what is told while nobody looks', () => {
  const tones: number[] = [];
  let isVisible: boolean;

  beforeEach(() => {
    localStorage.clear();
    [FakeNotice.shown, FakeNotice.permission, isVisible] = [[], 'granted', false];
    tones.length = 0;
    const start = (at: number) => tones.push(at);
    const node = { connect: () => node, start, stop: () => undefined, frequency: { value: 0 }, gain: ramp() };
    vi.stubGlobal('Notification', FakeNotice);
    vi.stubGlobal(
      'AudioContext',
      vi.fn(function AudioContext() {
        return { currentTime: 0, createOscillator: () => node, createGain: () => node, destination: {} };
      }),
    );
    vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => (isVisible ? 'visible' : 'hidden'));
    vi.spyOn(document, 'hasFocus').mockImplementation(() => isVisible);
    return startI18n('en');
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  function ramp() {
    return { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined };
  }

  const open = async (given: Partial<NotificationSettings> = {}, path = '/settings/profile') => {
    fakeServer({
      'GET /v1/conversations': () => page([]),
      'GET /v1/environments': () => page([]),
      'GET /v1/agents': () => page([SELF, anAgent()]),
      'GET /v1/agents/me/notifications': () => ({ body: { ...SETTINGS, ...given } }),
      'GET /v1/conversations/conversation-1': () => ({ body: aConversation({ id: 'conversation-1' }) }),
    });
    const app = renderApp({ path, as: SELF });
    await screen.findAllByRole('heading');
    return app;
  };

  it('sounds, is shown on the desktop, and leads to the conversation', async () => {
    const { client, router } = await open();
    act(() => client.emit('notification', fact));
    await waitFor(() => expect(FakeNotice.shown).toHaveLength(1));
    const [notice] = FakeNotice.shown;
    expect(notice).toMatchObject({
      title: 'New message',
      options: { body: 'Minji: hello', tag: 'conversation-1' },
    });
    expect(tones).toHaveLength(2);
    act(() => notice?.onclick?.());
    await waitFor(() => expect(router.state.location.pathname).toContain('conversation-1'));
    expect(notice?.isClosed).toBe(true);
  });

  it('goes when the conversation is read, on whatever device', async () => {
    const { client } = await open();
    act(() => client.emit('notification', fact));
    await waitFor(() => expect(FakeNotice.shown).toHaveLength(1));
    const read = { conversationId: 'conversation-1', readSeq: 3 };
    act(() => client.emit('conversation:read', { ...read, reader: { type: 'agent', id: 'another' } }));
    expect(FakeNotice.shown[0]?.isClosed).toBe(false);
    act(() => client.emit('conversation:read', { ...read, reader: { type: 'agent', id: SELF.id } }));
    expect(FakeNotice.shown[0]?.isClosed).toBe(true);
  });

  it('is as the agent has chosen, and as the browser allows', async () => {
    const { client } = await open({ sound: false });
    const tell = (conversationId: string) =>
      act(async () => client.emit('notification', { ...fact, conversationId }));
    await tell('first');
    await waitFor(() => expect(FakeNotice.shown).toHaveLength(1));
    FakeNotice.permission = 'denied';
    await tell('denied');
    FakeNotice.permission = 'granted';
    isVisible = true;
    await tell('seen');
    isVisible = false;
    await tell('last');
    await waitFor(() => expect(FakeNotice.shown).toHaveLength(2));
    expect(FakeNotice.shown.map(({ options }) => options.tag)).toEqual(['first', 'last']);
    expect(tones).toEqual([]);
  });
});
