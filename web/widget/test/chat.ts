import type { ConversationView } from '@fast-light-chat/sdk';
import { act, fireEvent, screen, within } from '@testing-library/preact';
import { vi } from 'vitest';
import type { ChatModel } from '../src/frame/app/chat-model.js';
import type { Session } from '../src/frame/session.js';
import { FakeClient, type FakeConversation } from './fake-client.js';
import { aBoot, aConversation } from './fixtures.js';
import { openWidget } from './widget.js';

/** The chat of one test, with a client and a server that the test speaks for. */
export class Chat {
  readonly client = new FakeClient();
  session!: Session;
  conversations: ConversationView[] = [];
  bootAnswer = (): Response => Response.json(aBoot());

  constructor() {
    localStorage.clear();
    vi.clearAllMocks();
    vi.stubGlobal('fetch', (url: string) =>
      Promise.resolve(
        url.includes('/v1/widget/boot')
          ? this.bootAnswer()
          : Response.json({ items: this.conversations, nextCursor: null }),
      ),
    );
  }

  async open(language: 'ko' | 'en' = 'en'): Promise<ChatModel | null> {
    const opened = await openWidget(this.client, { language });
    this.session = opened.session;
    return opened.model;
  }

  async openLoaded(...messages: Parameters<FakeConversation['load']>): Promise<FakeConversation> {
    this.conversations = [aConversation({ headSeq: messages[0].length })];
    const handle = this.client.conversation('c1');
    handle.load(...messages);
    await this.open();
    return handle;
  }
}

export async function write(text: string): Promise<void> {
  await act(() => void fireEvent.input(screen.getByRole('textbox'), { target: { value: text } }));
  await act(() => void fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter' }));
}

/** Without the greeting. */
export const articles = (): HTMLElement[] => screen.getAllByRole('article').slice(1);

export async function openTools(index: number): Promise<void> {
  const article = articles()[index]!;
  await act(() => void fireEvent.click(within(article).getByRole('button', { name: 'Message actions' })));
}

export async function chooseTool(index: number, name: string): Promise<void> {
  await openTools(index);
  const article = articles()[index]!;
  await act(() => void fireEvent.click(within(article).getByRole('button', { name })));
}
