// @vitest-environment jsdom
import { act, cleanup, render, renderHook } from '@testing-library/react';
import { createElement, StrictMode, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ModelWorld } from '../test/model-world.js';
import type { FastLightChatClient } from './chat-client.js';
import { ChatProvider, useChatClient, useChatEvent, useConnection, useTimeline } from './react.js';

let world: ModelWorld;
let made: FastLightChatClient[];

beforeEach(() => {
  vi.useFakeTimers();
  world = new ModelWorld('user', () => 0.5);
  made = [];
  vi.stubGlobal('fetch', world.rest);
});

afterEach(() => {
  cleanup();
  world.stopTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function createClient(): FastLightChatClient {
  const client = world.client();
  made.push(client);
  return client;
}

const below = ({ children }: { children: ReactNode }) =>
  createElement(ChatProvider, { createClient }, children);
const passes = (ms: number): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const states = (): string[] => made.map(({ state }) => state);

describe(ChatProvider, () => {
  it('keeps one client for all below, and ends it when it goes', async () => {
    const first = renderHook(useChatClient, { wrapper: below });
    await passes(100);
    expect(first.result.current).toBe(made[0]);
    expect(states()).toEqual(['online']);
    first.unmount();
    expect(states()).toEqual(['ended']);
  });

  it('makes another one for another person, and ends the one before', async () => {
    const other = (): FastLightChatClient => createClient();
    const view = render(createElement(ChatProvider, { createClient }));
    await passes(100);
    view.rerender(createElement(ChatProvider, { createClient: other }));
    await passes(100);
    expect(states()).toEqual(['ended', 'online']);
  });

  it('renders nothing while nobody is signed in', () => {
    const view = render(createElement(ChatProvider, { createClient: () => null }, 'inside'));
    expect(view.container.textContent).toBe('');
  });

  it('leaves one client alive in strict mode', async () => {
    const child = createElement(ChatProvider, { createClient });
    render(createElement(StrictMode, null, child));
    await passes(100);
    expect(states()).toEqual(['ended', 'online']);
  });

  it('is missed by its hooks', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(() => renderHook(useChatClient)).toThrow('belongs below a ChatProvider');
  });
});

describe(useConnection, () => {
  it('tells how the line is and when it is tried again', async () => {
    const { result } = renderHook(useConnection, { wrapper: below });
    await passes(100);
    expect(result.current).toEqual({ state: 'online', retryAt: null, error: null });
    world.isDown = true;
    act(() => world.cutLines());
    await passes(0);
    expect(result.current).toEqual({ state: 'reconnecting', retryAt: made[0]!.retryAt, error: null });
    expect(result.current.retryAt).toBeGreaterThan(Date.now());
  });
});

describe(useTimeline, () => {
  const shown = ({ timeline }: ReturnType<typeof useTimeline>): string[] =>
    timeline.items.map((item) => (item.kind === 'message' ? item.message.content : item.content));

  it('shows what is there, what comes and what is sent', async () => {
    world.post({ content: 'one' });
    const { result } = renderHook(() => useTimeline('c1'), { wrapper: below });
    await passes(100);
    act(() => world.post({ content: 'two' }));
    await passes(100);
    act(() => void result.current.handle.send({ content: 'three' }));
    expect(shown(result.current)).toEqual(['one', 'two', 'three']);
  });

  it('follows to another conversation and leaves the one before', async () => {
    const closed: unknown[] = [];
    world = new ModelWorld('agent', () => 0.5);
    world.principal = { type: 'agent', id: 'a1' };
    world.onAsked = (event, request) => void (event === 'conversation:close' && closed.push(request));
    const createAgent = (): FastLightChatClient => world.client({ self: { type: 'agent', id: 'a1' } });
    const wrapper = ({ children }: { children: ReactNode }) =>
      createElement(ChatProvider, { createClient: createAgent }, children);
    const view = renderHook(({ id }) => useTimeline(id), { initialProps: { id: 'c1' }, wrapper });
    await passes(100);
    view.rerender({ id: 'c2' });
    await passes(5_000);
    expect(view.result.current.handle.id).toBe('c2');
    expect(closed).toEqual([{ conversationId: 'c1' }]);
  });
});

describe(useChatEvent, () => {
  it('calls the handler of the last render', async () => {
    const [first, second] = [vi.fn(), vi.fn()];
    const view = renderHook(({ handler }) => useChatEvent('typing', handler), {
      initialProps: { handler: first },
      wrapper: below,
    });
    await passes(100);
    view.rerender({ handler: second });
    world.emit('typing', { conversationId: 'c1', sender: { type: 'agent', id: 'a1' }, typing: true });
    await passes(100);
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledTimes(1);
  });
});
