import { ChatError, type ConversationView } from '@fast-light-chat/sdk';
import { act, fireEvent, render, screen, within } from '@testing-library/preact';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClient, type FakeConversation } from '../../../test/fake-client.js';
import { AGENT, USER, aBoot, aConversation, aMessage } from '../../../test/fixtures.js';
import { Observable } from '../observable.js';
import { Session } from '../session.js';
import { createSafeStorage } from '../storage.js';
import { App } from './app.js';
import { ChatModel } from './chat-model.js';

const onClose = vi.fn();
const onUnread = vi.fn();
let client: FakeClient;
let session: Session;
let conversations: ConversationView[];
let bootAnswer: () => Response;

beforeEach(() => {
  localStorage.clear();
  vi.clearAllMocks();
  client = new FakeClient();
  conversations = [];
  bootAnswer = () => Response.json(aBoot());
  vi.stubGlobal('fetch', (url: string) =>
    Promise.resolve(
      url.includes('/v1/widget/boot')
        ? bootAnswer()
        : Response.json({ items: conversations, nextCursor: null }),
    ),
  );
});

async function open(language: 'ko' | 'en' = 'en'): Promise<ChatModel | null> {
  const storage = createSafeStorage();
  session = new Session(
    { pluginKey: 'pk', language },
    'https://shop.example',
    storage,
    'https://chat.example',
  );
  const chat = new Observable<ChatModel | null>(null);
  render(<App session={session} chat={chat} onClose={onClose} />);
  session.state.change({ isOpen: true, takesFocus: true });
  await act(() => session.boot());
  if (session.state.getSnapshot().phase !== 'ready') return null;
  const model = new ChatModel(session, storage, { onUnread, onSettings: vi.fn() }, client.create);
  await act(() => {
    chat.set(model);
    model.start();
  });
  await vi.waitFor(() => expect(model.state.getSnapshot().screen.name).not.toBe('loading'));
  await act(() => undefined);
  return model;
}

async function write(text: string): Promise<void> {
  await act(() => void fireEvent.input(screen.getByRole('textbox'), { target: { value: text } }));
  await act(() => void fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter' }));
}

async function openLoaded(...messages: Parameters<FakeConversation['load']>): Promise<FakeConversation> {
  conversations = [aConversation({ headSeq: messages[0].length })];
  const handle = client.conversation('c1');
  handle.load(...messages);
  await open();
  return handle;
}

/** Without the greeting. */
const articles = (): HTMLElement[] => screen.getAllByRole('article').slice(1);

async function openTools(index: number): Promise<void> {
  const article = articles()[index]!;
  await act(() => void fireEvent.click(within(article).getByRole('button', { name: 'Message actions' })));
}

async function chooseTool(index: number, name: string): Promise<void> {
  await openTools(index);
  const article = articles()[index]!;
  await act(() => void fireEvent.click(within(article).getByRole('button', { name })));
}

describe('a new visitor', () => {
  it('is greeted and can write at once', async () => {
    await open();
    expect(within(screen.getByRole('log')).getByText('Welcome!')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' }));
  });

  it('is greeted in Korean', async () => {
    await open('ko');
    expect(screen.getByText('안녕하세요!')).toBeTruthy();
    expect(screen.getByRole('button', { name: '보내기' })).toBeTruthy();
  });

  it('starts the conversation with the first message, with ids that repeat on a retry', async () => {
    await open();
    client.answer = () =>
      Promise.reject(new ChatError({ code: 'client.timeout', retryable: true, retryAfterMs: 5 }));
    await write('Hello');
    await vi.waitFor(() => expect(client.calls.length).toBeGreaterThan(1));
    client.answer = () => Promise.resolve({ conversation: aConversation({ headSeq: 1 }) });
    const field = screen.getByRole('textbox');
    await vi.waitFor(() => expect(localStorage.getItem('fast-light-chat:pk:first:u1')).toBeNull());
    const bodies = client.calls.map(({ request }) => JSON.stringify(request));
    expect(new Set(bodies).size).toBe(1);
    await act(() => client.conversation('c1').load([aMessage({ seq: 1, sender: USER, content: 'Hello' })]));
    expect(screen.getAllByText('Hello')).toHaveLength(1);
    expect(screen.getByRole('textbox')).toBe(field);
    await write('And another');
    expect(client.conversation('c1').sent).toEqual([{ content: 'And another' }]);
  });

  it('keeps an unsent first message over a reload', async () => {
    await open();
    client.become('reconnecting');
    await write('Hello');
    const again = JSON.parse(localStorage.getItem('fast-light-chat:pk:first:u1') ?? '{}') as {
      items: object[];
    };
    expect(again.items).toMatchObject([{ content: 'Hello' }]);
  });
});

describe('a conversation', () => {
  it('shows who said what, and reads it', async () => {
    const handle = await openLoaded([
      aMessage({ seq: 1, sender: USER }),
      aMessage({ seq: 2, content: 'Hi!' }),
    ]);
    expect(screen.getByText('Mina')).toBeTruthy();
    expect(screen.getByText('Hi!')).toBeTruthy();
    expect(handle.reads).toContain(2);
  });

  it('shows what became of a message: edited, deleted, reacted to', async () => {
    const reactions = [{ emoji: '👍', count: 2, by: [] }];
    const then = '2026-01-01T00:00:00.000Z';
    await openLoaded([
      aMessage({ seq: 1, content: 'New text', editedAt: then, reactions }),
      aMessage({ seq: 2, content: '', editedAt: then, deletedAt: then, reactions }),
    ]);
    const [, changed, deleted] = screen.getAllByRole('article');
    expect(changed!.textContent).toContain('New text edited');
    expect(within(changed!).getByRole('list', { name: 'Reactions' }).textContent).toBe('👍 2');
    expect(deleted!.textContent).toContain('This message was deleted.');
    expect(deleted!.textContent).not.toContain('edited');
    expect(within(deleted!).queryByRole('list')).toBeNull();
  });

  it('does not read while it is closed', async () => {
    const handle = await openLoaded([aMessage({ seq: 1 })]);
    await act(() => session.state.change({ isOpen: false }));
    await act(() => {
      const message = aMessage({ seq: 2 });
      handle.apply({ type: 'message', message });
      client.emit('message:created', { conversationId: 'c1', message });
    });
    expect(handle.reads).not.toContain(2);
    await vi.waitFor(() => expect(onUnread).toHaveBeenLastCalledWith(1));
  });

  it('sends with Enter, but not while a syllable is being composed', async () => {
    const handle = await openLoaded([aMessage({ seq: 1 })]);
    const field = screen.getByRole('textbox');
    await act(() => void fireEvent.input(field, { target: { value: '안녕' } }));
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
    expect(handle.sent).toEqual([]);
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(handle.sent).toEqual([{ content: '안녕' }]);
  });

  it('offers to try again what was not sent', async () => {
    const handle = await openLoaded([aMessage({ seq: 1 })]);
    await write('Hello');
    const error = new ChatError({ code: 'common.validation_failed' });
    await act(() => handle.apply({ type: 'refused', clientMessageId: 'x1', error }));
    expect(screen.getByRole('alert').textContent).toContain('Not sent.');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(handle.retried).toEqual(['x1']);
    await act(() => void fireEvent.click(screen.getByRole('button', { name: 'Delete' })));
    expect(screen.queryByText('Hello')).toBeNull();
  });

  it('says when a message was read', async () => {
    const handle = await openLoaded([aMessage({ seq: 1, sender: USER })]);
    expect(screen.getByText(/Sent$/)).toBeTruthy();
    await act(() => handle.apply({ type: 'read', reader: { type: 'agent', id: 'a1' }, readSeq: 1 }));
    expect(screen.getByText(/Read$/)).toBeTruthy();
  });

  it('says who is typing', async () => {
    const handle = await openLoaded([aMessage({ seq: 1 })]);
    await act(() => handle.apply({ type: 'typing', sender: AGENT, typing: true }));
    expect(screen.getByText('Mina is typing')).toBeTruthy();
  });

  it('never takes content for markup, but follows addresses', async () => {
    await openLoaded([aMessage({ seq: 1, content: '<b>no</b> see https://shop.example/a?b=1.' })]);
    expect(screen.getByText(/<b>no<\/b> see/)).toBeTruthy();
    const link = screen.getByRole('link', { name: 'https://shop.example/a?b=1' });
    expect(link.getAttribute('rel')).toContain('noopener');
  });

  it('shows what was written with marks', async () => {
    const content = '**Size**\n- `M`\n- [L](https://shop.example/l)\n> sold out\n```js\nlet a = 1;\n```';
    await openLoaded([
      aMessage({ seq: 1, content }),
      aMessage({ seq: 2, content: '[x](javascript:alert(1))' }),
    ]);
    const [marked, harmless] = articles();
    expect(within(marked!).getByText('Size').tagName).toBe('STRONG');
    expect(within(marked!).getAllByRole('listitem')).toHaveLength(2);
    expect(within(marked!).getByRole('link', { name: 'L' }).getAttribute('href')).toBe(
      'https://shop.example/l',
    );
    expect(within(marked!).getByText('sold out').closest('blockquote')).toBeTruthy();
    expect(within(marked!).getByText('let a = 1;').closest('pre')).toBeTruthy();
    expect(harmless!.textContent).toContain('[x](javascript:alert(1))');
    expect(within(harmless!).queryByRole('link')).toBeNull();
  });

  it('shows what a message answers, and the files in it', async () => {
    const attachments = [
      {
        id: 'f1',
        name: 'cup.png',
        mimeType: 'image/png',
        size: 9,
        url: '/f1',
        thumbnailUrl: '/t1',
        width: 4,
        height: 3,
      },
      { id: 'f2', name: 'bill.pdf', mimeType: 'application/pdf', size: 1_400_000, url: '/f2' },
    ];
    await openLoaded([
      aMessage({ seq: 1, sender: USER, content: 'Is it *blue*?' }),
      aMessage({ seq: 2, content: 'It is.', replyToId: 'm1', attachments }),
    ]);
    const answer = articles()[1]!;
    expect(within(answer).getByText('Is it blue?')).toBeTruthy();
    expect(within(answer).getByRole('link', { name: 'cup.png' }).getAttribute('href')).toBe('/f1');
    expect(
      within(answer)
        .getByRole('link', { name: /bill\.pdf 1\.4/ })
        .getAttribute('href'),
    ).toBe('/f2');
  });

  it('takes a reaction, and takes it back', async () => {
    const by = [{ type: 'user', id: 'u1' }] as const;
    const handle = await openLoaded([
      aMessage({ seq: 1, reactions: [{ emoji: '🎉', count: 1, by: [...by] }] }),
    ]);
    await chooseTool(0, 'React with 👍');
    await act(() => void fireEvent.click(screen.getByRole('button', { name: '🎉 1', pressed: true })));
    expect(handle.changes).toEqual([
      ['react', 'm1', '👍', true],
      ['react', 'm1', '🎉', false],
    ]);
  });

  it('lets one edit what one wrote, and nobody else', async () => {
    const handle = await openLoaded([
      aMessage({ seq: 1 }),
      aMessage({ seq: 2, sender: USER, content: 'Helo' }),
    ]);
    await openTools(0);
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
    await chooseTool(1, 'Edit');
    const field = screen.getByRole('textbox', { name: 'Edit message' });
    await act(() => void fireEvent.input(field, { target: { value: 'Hello' } }));
    await act(() => void fireEvent.keyDown(field, { key: 'Enter' }));
    expect(handle.changes).toEqual([['edit', 'm2', 'Hello']]);
    expect(screen.queryByRole('textbox', { name: 'Edit message' })).toBeNull();
  });

  it('leaves the edit with Escape, not the chat', async () => {
    const handle = await openLoaded([aMessage({ seq: 1, sender: USER })]);
    await chooseTool(0, 'Edit');
    const field = screen.getByRole('textbox', { name: 'Edit message' });
    await act(() => void fireEvent.keyDown(field, { key: 'Escape' }));
    expect(handle.changes).toEqual([]);
    expect(onClose).not.toHaveBeenCalled();
  });

  it('asks before it deletes, and says when that could not be done', async () => {
    const handle = await openLoaded([aMessage({ seq: 1, sender: USER })]);
    handle.changed = Promise.reject(new ChatError({ code: 'auth.forbidden' }));
    handle.changed.catch(() => undefined);
    await chooseTool(0, 'Delete');
    expect(handle.changes).toEqual([]);
    await act(() => void fireEvent.click(screen.getByRole('button', { name: 'Delete' })));
    expect(handle.changes).toEqual([['remove', 'm1']]);
    await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toBe('That could not be done.'));
  });

  it('refuses what is too long, and says by how much', async () => {
    await openLoaded([aMessage({ seq: 1 })]);
    fireEvent.input(screen.getByRole('textbox'), { target: { value: 'a'.repeat(8_003) } });
    await act(() => undefined);
    expect(screen.getByRole('alert').textContent).toBe('That is 3 characters too long.');
    expect(screen.getByRole('button', { name: 'Send' })).toHaveProperty('disabled', true);
  });

  it('says so when access has ended', async () => {
    const handle = await openLoaded([aMessage({ seq: 1 })]);
    await act(() => handle.apply({ type: 'lost' }));
    expect(screen.getByRole('alert').textContent).toContain('This conversation has ended');
  });
});

describe('several conversations', () => {
  it('are listed with what is unread, and open by a click', async () => {
    conversations = [aConversation({ id: 'c1', assignee: AGENT, unread: 3 }), aConversation({ id: 'c2' })];
    client.conversation('c1').load([aMessage({ seq: 1, content: 'Hi!' })]);
    await open();
    const entry = screen.getByRole('button', { name: /Mina.*3 unread/ });
    await act(() => void fireEvent.click(entry));
    expect(screen.getByText('Hi!')).toBeTruthy();
    await act(() => void fireEvent.click(screen.getByRole('button', { name: 'Back to conversations' })));
    expect(screen.getByRole('button', { name: 'New conversation' })).toBeTruthy();
  });
});

describe('trouble', () => {
  it.each([
    ['auth.unauthenticated', 401, 'This chat is not set up'],
    ['auth.forbidden', 403, 'Not available here'],
    ['auth.identity_proof_required', 401, 'Please sign in again'],
  ])('explains %s', async (code, status, title) => {
    bootAnswer = () => Response.json({ code, message: code, requestId: 'r' }, { status });
    await open();
    expect(screen.getByRole('alert').textContent).toContain(title);
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('offers to try again what may pass', async () => {
    bootAnswer = () =>
      Response.json(
        { code: 'common.unavailable', message: '', requestId: 'r', retryable: true },
        { status: 503 },
      );
    await open();
    bootAnswer = () => Response.json(aBoot());
    await act(() => void fireEvent.click(screen.getByRole('button', { name: 'Try again' })));
    await vi.waitFor(() => expect(session.state.getSnapshot().phase).toBe('ready'));
  });

  it('is honest about a broken connection and lets the visitor hurry', async () => {
    await openLoaded([aMessage({ seq: 1 })]);
    await act(() => client.become('reconnecting', Date.now() + 9_000));
    await vi.waitFor(() => expect(screen.getByText(/Connection lost/)).toBeTruthy(), { timeout: 2_000 });
    await act(() => void fireEvent.click(screen.getByRole('button', { name: 'Try now' })));
    expect(screen.queryByText(/Connection lost/)).toBeNull();
  });

  it('closes with Escape', async () => {
    await open();
    fireEvent.keyDown(document, { key: 'Escape' });
    expect(onClose).toHaveBeenCalledOnce();
  });
});
