import { act, render } from '@testing-library/preact';
import { expect, vi } from 'vitest';
import { App } from '../src/frame/app/app.js';
import { loadStrings } from '../src/frame/app/strings.js';
import { ChatModel } from '../src/frame/app/chat-model.js';
import { Observable } from '../src/frame/observable.js';
import { Session } from '../src/frame/session.js';
import { createSafeStorage } from '../src/frame/storage.js';
import type { FrameBootOptions } from '../src/protocol/messages.js';
import type { FakeClient } from './fake-client.js';

/** What the page around is asked for. */
export const around = { close: vi.fn(), open: vi.fn(), peek: vi.fn() };
/** What it is told. */
export const told = { onUnread: vi.fn(), onChatCreated: vi.fn() };

export interface OpenedWidget {
  session: Session;
  /** Null when it could not boot. */
  model: ChatModel | null;
}

/** As `main.ts` and `mount.tsx` put it together, with a client that the spec speaks for. */
export async function openWidget(
  client: FakeClient,
  { isOpen = true, ...options }: Partial<FrameBootOptions> & { isOpen?: boolean } = {},
): Promise<OpenedWidget> {
  const session = new Session(
    { pluginKey: 'pk', language: 'en', ...options },
    'https://shop.example',
    createSafeStorage(),
    'https://chat.example',
  );
  const chat = new Observable<ChatModel | null>(null);
  const loaded = session.state.getSnapshot().language;
  await loadStrings(loaded);
  render(<App {...{ session, loaded, chat, around }} />);
  session.state.change({ isOpen, takesFocus: true });
  await act(() => session.boot());
  if (session.state.getSnapshot().phase !== 'ready') return { session, model: null };
  const model = new ChatModel(session, told, client.create);
  await act(() => {
    chat.set(model);
    model.start();
  });
  await vi.waitFor(() => expect(model.state.getSnapshot().screen.name).not.toBe('loading'));
  await act(() => undefined);
  return { session, model };
}
