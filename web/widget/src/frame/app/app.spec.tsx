import { ChatError } from '@fast-light-chat/sdk';
import { act, fireEvent, screen } from '@testing-library/preact';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { articles, Chat, write } from '../../../test/chat.js';
import { AGENT, USER, aBoot, aConversation, aMessage } from '../../../test/fixtures.js';
import { around, told } from '../../../test/widget.js';
import type { ChatModel } from './chat-model.js';

let chat: Chat;

beforeEach(() => {
  chat = new Chat();
});

describe('a new visitor', () => {
  it('is greeted and can write at once', async () => {
    await chat.open();
    expect(screen.getByText('Welcome!')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' }));
  });

  it('is greeted in Korean', async () => {
    await chat.open('ko');
    expect(screen.getByText('안녕하세요!')).toBeTruthy();
    expect(screen.getByRole('button', { name: '보내기' })).toBeTruthy();
  });

  it('starts the conversation with the first message, with ids that repeat on a retry', async () => {
    await chat.open();
    chat.client.answer = () =>
      Promise.reject(new ChatError({ code: 'client.timeout', retryable: true, retryAfterMs: 5 }));
    await write('Hello');
    await vi.waitFor(() => expect(chat.client.calls.length).toBeGreaterThan(1));
    chat.client.answer = () => Promise.resolve({ conversation: aConversation({ headSeq: 1 }) });
    const field = screen.getByRole('textbox');
    await vi.waitFor(() => expect(localStorage.getItem('fast-light-chat:pk:first:u1')).toBeNull());
    const bodies = chat.client.calls.map(({ request }) => JSON.stringify(request));
    expect(new Set(bodies).size).toBe(1);
    await act(() =>
      chat.client.conversation('c1').load([aMessage({ seq: 1, sender: USER, content: 'Hello' })]),
    );
    expect(screen.getAllByText('Hello')).toHaveLength(1);
    expect(screen.getByRole('textbox')).toBe(field);
    await write('And another');
    expect(chat.client.conversation('c1').sent).toEqual([{ content: 'And another' }]);
  });

  it('can go on writing when the first message is refused', async () => {
    await chat.open();
    const begun = { conversation: aConversation({ headSeq: 1 }) };
    let refuse = (): void => undefined;
    chat.client.answer = () => {
      chat.client.answer = () => Promise.resolve(begun);
      return new Promise((_resolve, reject) => {
        refuse = () => reject(new ChatError({ code: 'chat.message_refused' }));
      });
    };
    await write('Bad');
    await write('Good');
    await write('Better');
    await act(refuse);
    await vi.waitFor(() => expect(told.onChatCreated).toHaveBeenCalledWith('c1'));
    expect(chat.client.calls.map(({ request }) => request)).toMatchObject([
      { message: { content: 'Bad' } },
      { message: { content: 'Good' } },
    ]);
    expect(articles().map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('Good'),
      expect.stringContaining('Bad'),
      expect.stringContaining('Better'),
    ]);
    expect(chat.client.conversation('c1').sent).toEqual([{ content: 'Bad' }, { content: 'Better' }]);
  });

  describe('whose conversation has begun, but not loaded', () => {
    const contents = () =>
      chat.client.calls.map(({ request }: { request: { message: object } }) => request.message);

    const begin = async (): Promise<ChatModel> => {
      const model = await chat.open();
      chat.client.answer = () => Promise.resolve({ conversation: aConversation({ headSeq: 1 }) });
      await write('Hello');
      expect(articles().map(({ textContent }) => textContent)).toEqual([expect.stringContaining('Sending')]);
      return model!;
    };

    it('begins no second one when the line comes back', async () => {
      await begin();
      await act(() => chat.client.become('reconnecting'));
      await act(() => chat.client.become('online'));
      expect(contents()).toMatchObject([{ content: 'Hello' }]);
      await act(() =>
        chat.client.conversation('c1').load([aMessage({ seq: 1, sender: USER, content: 'Hello' })]),
      );
      expect(screen.getAllByText('Hello')).toHaveLength(1);
    });

    it('begins the next one with what is written next', async () => {
      const model = await begin();
      await act(() => model.show({ name: 'conversation', id: null }));
      expect(screen.getByRole('heading', { name: 'Your conversations' })).toBeTruthy();
      chat.client.answer = () => Promise.resolve({ conversation: aConversation({ id: 'c2', headSeq: 1 }) });
      await write('Something else');
      expect(contents()).toMatchObject([{ content: 'Hello' }, { content: 'Something else' }]);
      expect(articles().map(({ textContent }) => textContent)).toEqual([
        expect.stringContaining('Something else'),
      ]);
    });
  });

  it('finds an unsent first message again after a look at another conversation', async () => {
    chat.conversations = [aConversation({ id: 'c1' }), aConversation({ id: 'c2' })];
    const model = await chat.open();
    chat.client.become('reconnecting');
    await write('Hello');
    await act(() => model!.show({ name: 'conversation', id: 'c2' }));
    expect(screen.queryByText('Hello')).toBeNull();
    await act(() => chat.client.conversation('c2').load([aMessage({ seq: 1 })]));
    await act(() => model!.show({ name: 'conversation', id: null }));
    expect(screen.getByText('Hello')).toBeTruthy();
    chat.client.answer = () => new Promise(() => undefined);
    await act(() => chat.client.become('online'));
    expect(chat.client.calls).toMatchObject([{ request: { message: { content: 'Hello' } } }]);
  });

  it('keeps an unsent first message over a reload', async () => {
    await chat.open();
    chat.client.become('reconnecting');
    await write('Hello');
    const again = JSON.parse(localStorage.getItem('fast-light-chat:pk:first:u1') ?? '{}') as {
      items: object[];
    };
    expect(again.items).toMatchObject([{ content: 'Hello' }]);
  });
});

describe('several conversations', () => {
  it('are listed with what is unread, and open by a click', async () => {
    chat.conversations = [
      aConversation({ id: 'c1', assignee: AGENT, unread: 3 }),
      aConversation({ id: 'c2' }),
    ];
    chat.client.conversation('c1').load([aMessage({ seq: 1, content: 'Hi!' })]);
    await chat.open();
    const entry = screen.getByRole('button', { name: /Mina.*3 unread/ });
    await act(() => void fireEvent.click(entry));
    expect(screen.getByText('Hi!')).toBeTruthy();
    await act(() => void fireEvent.click(screen.getByRole('button', { name: 'Back' })));
    expect(screen.getByRole('heading', { name: 'Your conversations' })).toBeTruthy();
  });
});

describe('trouble', () => {
  it.each([
    ['auth.unauthenticated', 401, 'This chat is not set up'],
    ['auth.forbidden', 403, 'Not available here'],
    ['auth.identity_proof_required', 401, 'Please sign in again'],
  ])('explains %s', async (code, status, title) => {
    chat.bootAnswer = () => Response.json({ code, message: code, requestId: 'r' }, { status });
    await chat.open();
    expect(screen.getByRole('alert').textContent).toContain(title);
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('offers to try again what may pass', async () => {
    chat.bootAnswer = () =>
      Response.json(
        { code: 'common.unavailable', message: '', requestId: 'r', retryable: true },
        { status: 503 },
      );
    await chat.open();
    chat.bootAnswer = () => Response.json(aBoot());
    await act(() => void fireEvent.click(screen.getByRole('button', { name: 'Try again' })));
    await vi.waitFor(() => expect(chat.session.state.getSnapshot().phase).toBe('ready'));
  });

  it('is honest about a broken connection and lets the visitor hurry', async () => {
    await chat.openLoaded([aMessage({ seq: 1 })]);
    await act(() => chat.client.become('reconnecting', Date.now() + 9_000));
    await vi.waitFor(() => expect(screen.getByText(/Connection lost/)).toBeTruthy(), { timeout: 2_000 });
    await act(() => void fireEvent.click(screen.getByRole('button', { name: 'Try now' })));
    expect(screen.queryByText(/Connection lost/)).toBeNull();
  });

  it('closes with Escape', async () => {
    await chat.open();
    fireEvent.keyDown(document, { key: 'Escape' });
    expect(around.close).toHaveBeenCalledOnce();
  });
});
