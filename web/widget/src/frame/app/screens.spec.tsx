import type { ConversationView } from '@fast-light-chat/sdk';
import { act, fireEvent, screen } from '@testing-library/preact';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClient } from '../../../test/fake-client.js';
import { FakeServer } from '../../../test/fake-server.js';
import { AGENT, USER, aConversation, aMessage } from '../../../test/fixtures.js';
import { around, openWidget, told, type OpenedWidget } from '../../../test/widget.js';
import { sizeOf, soonOf } from './format.js';

let client: FakeClient;
let server: FakeServer;

beforeEach(() => {
  localStorage.clear();
  vi.clearAllMocks();
  client = new FakeClient();
  server = new FakeServer();
});

const field = (name = 'Message'): HTMLElement => screen.getByRole('textbox', { name });
const press = (name: string | RegExp) =>
  act(() => void fireEvent.click(screen.getByRole('button', { name })));
const fill = (name: string, value: string) =>
  act(() => void fireEvent.input(field(name), { target: { value } }));

/** jsdom checks no form by itself when a button is clicked with fireEvent. */
async function submit(): Promise<void> {
  await act(() => void field().closest('form')!.requestSubmit());
}

async function openConversation(fields: Partial<ConversationView> = {}): Promise<OpenedWidget> {
  server.conversations = [aConversation({ headSeq: 1, ...fields })];
  client.conversation('c1').load([aMessage({ seq: 1, sender: USER, createdAt: new Date().toISOString() })]);
  return openWidget(client);
}

describe('home', () => {
  it('says who is here, and how long an answer takes', async () => {
    server.set({ online: true }, { replyTime: 'minutes' });
    server.conversations = [aConversation({ assignee: AGENT }), aConversation({ id: 'c2' })];
    await openWidget(client);
    expect(screen.getByText('Welcome!')).toBeTruthy();
    expect(screen.getByText('We are here now')).toBeTruthy();
    expect(screen.getByText('Usually replies within minutes')).toBeTruthy();
    expect(document.querySelector('.faces')?.textContent).toBe('M');
  });

  it('says that somebody is here as soon as one of them says something', async () => {
    server.set({ online: false });
    server.conversations = [aConversation(), aConversation({ id: 'c2' })];
    await openWidget(client);
    const bot = { type: 'bot', id: 'b1', name: 'Robo', avatarUrl: null } as const;
    await act(() => client.emit('message:created', { message: aMessage({ seq: 1, sender: bot }) }));
    expect(screen.queryByText('We are here now')).toBeNull();
    await act(() => client.emit('message:created', { message: aMessage({ seq: 2 }) }));
    expect(screen.getByText('We are here now')).toBeTruthy();
  });

  it('says when somebody is back, and promises nothing until then', async () => {
    const opensAt = new Date(Date.now() + 3_600_000).toISOString();
    server.set({ online: true, officeHours: { isOpen: false, opensAt } }, { replyTime: 'minutes' });
    await openWidget(client);
    expect(screen.getByText(/We are closed right now/).textContent).toContain(
      `Back ${soonOf(opensAt, 'en')}`,
    );
    expect(screen.queryByText(/Usually replies/)).toBeNull();
  });

  it('shows the newest conversations, and all of them when asked to', async () => {
    server.conversations = ['c1', 'c2', 'c3', 'c4'].map((id) => aConversation({ id }));
    await openWidget(client);
    expect(screen.getAllByRole('listitem')).toHaveLength(3);
    await press('Show all (4)');
    expect(screen.getAllByRole('listitem')).toHaveLength(4);
    expect(screen.queryByRole('button', { name: /Show all/ })).toBeNull();
  });

  it('begins another conversation beside the old ones', async () => {
    server.conversations = [aConversation(), aConversation({ id: 'c2' })];
    await openWidget(client);
    client.answer = () => Promise.resolve({ conversation: aConversation({ id: 'c3' }) });
    await fill('Message', 'Something else');
    await submit();
    expect(client.calls[0]?.request).toMatchObject({ message: { content: 'Something else' } });
    expect(told.onChatCreated).toHaveBeenCalledWith('c3');
  });

  it('speaks Japanese', async () => {
    server.set({}, { greeting: { ja: 'いらっしゃいませ' } });
    await openWidget(client, { language: 'ja' });
    expect(screen.getByText('いらっしゃいませ')).toBeTruthy();
    expect(screen.getByRole('button', { name: '送信' })).toBeTruthy();
  });

  it('changes its language while it is open', async () => {
    const { session } = await openWidget(client);
    await act(async () => void (await session.changeUser({ language: 'ko' })));
    expect(await screen.findByRole('button', { name: '보내기' })).toBeTruthy();
    expect(server.bodiesOf('PATCH /v1/users/me')).toEqual([{ language: 'ko' }]);
  });

  it('opens what the page asks for, with what it wants to have said', async () => {
    const { session } = await openConversation();
    await act(() => session.state.change({ wanted: { conversationId: null, message: 'About my order' } }));
    expect(screen.getByText('Welcome!').className).toBe('greeting');
    expect(field()).toHaveProperty('value', 'About my order');
    await act(() => session.state.change({ wanted: { conversationId: 'c1', message: '' } }));
    expect(screen.getByText('message 1')).toBeTruthy();
    expect(session.state.getSnapshot().wanted).toBeNull();
  });
});

describe(soonOf.name, () => {
  const now = new Date(2026, 0, 5, 12);

  it.each([
    [new Date(2026, 0, 5, 18), 'en', '6:00 PM'],
    [new Date(2026, 0, 6, 9), 'en', 'Tuesday 9:00 AM'],
    [new Date(2026, 0, 6, 9), 'ko', '화요일 오전 9:00'],
    [new Date(2026, 0, 6, 9), 'ja', '火曜日 9:00'],
    [new Date(2026, 0, 20, 9), 'en', 'January 20 at 9:00 AM'],
  ] as const)('says as little as is needed: %s, %s', (when, language, text) => {
    expect(soonOf(when.toISOString(), language, now)).toBe(text);
  });
});

describe(sizeOf.name, () => {
  it.each([
    [62, 'en', '62 bytes'],
    [62, 'ko', '62바이트'],
    [1_536, 'en', '1.5 kB'],
  ] as const)('is said as people say it: %s, %s', (bytes, language, text) => {
    expect(sizeOf(bytes, language)).toBe(text);
  });
});

describe('before the first message', () => {
  const preChat = {
    enabled: true,
    fields: [
      { key: 'name', required: true },
      { key: 'phone', required: false },
    ],
  };

  it('asks for what the company wants to know, and sends both', async () => {
    server.set({}, { preChat });
    await openWidget(client);
    expect(field('Name')).toHaveProperty('required', true);
    expect(field('Phone (optional)')).toHaveProperty('required', false);
    await fill('Message', 'Hello');
    await submit();
    expect(client.calls).toEqual([]);
    await fill('Name', ' Kim ');
    client.answer = () => new Promise(() => undefined);
    await submit();
    await vi.waitFor(() => expect(client.calls[0]?.request).toMatchObject({ message: { content: 'Hello' } }));
    expect(server.bodiesOf('PATCH /v1/users/me')).toEqual([{ profile: { name: 'Kim' } }]);
  });

  it('lets a name have spaces, and takes it without those around it', async () => {
    server.set({}, { preChat: { ...preChat, fields: [preChat.fields[0]] } });
    await openWidget(client);
    await fill('Name', '  ');
    expect(field('Name')).toHaveProperty('value', '');
    await fill('Name', 'John ');
    expect(field('Name')).toHaveProperty('value', 'John ');
    await fill('Name', 'John Smith ');
    await fill('Message', 'Hello');
    await submit();
    await vi.waitFor(() =>
      expect(server.bodiesOf('PATCH /v1/users/me')).toEqual([{ profile: { name: 'John Smith' } }]),
    );
  });

  it('asks nobody for what is known, nor in a conversation that goes on', async () => {
    const profile = { ...server.boot.user.profile, name: 'Kim' };
    server.set({}, { preChat: { ...preChat, fields: [preChat.fields[0]] } }, { profile });
    await openWidget(client);
    expect(screen.queryByRole('textbox', { name: 'Name' })).toBeNull();
  });

  it('sends nothing without consent, and asks for it once', async () => {
    const consent = {
      required: true,
      text: { en: 'I [agree](https://moru.example).' },
      url: 'https://moru.example/p',
    };
    server.set({}, { consent });
    await openConversation();
    expect(screen.getByRole('link', { name: 'Privacy policy' })).toHaveProperty('href', consent.url);
    await fill('Message', 'Hello');
    await submit();
    expect(client.conversation('c1').sent).toEqual([]);
    await act(() => void fireEvent.click(screen.getByRole('checkbox', { name: 'I agree.' })));
    await submit();
    await vi.waitFor(() => expect(client.conversation('c1').sent).toEqual([{ content: 'Hello' }]));
    expect(server.bodiesOf('PATCH /v1/users/me')).toEqual([{ consented: true }]);
    await vi.waitFor(() => expect(screen.queryByRole('checkbox')).toBeNull());
  });

  it('keeps what was written when that could not be saved', async () => {
    server.set({}, { preChat });
    server.answers['PATCH /v1/users/me'] = () =>
      Response.json({ code: 'common.unavailable', message: '' }, { status: 503 });
    await openWidget(client);
    await fill('Name', 'Kim');
    await fill('Message', 'Hello');
    await submit();
    expect((await screen.findByRole('alert')).textContent).toMatch(/could not be saved/);
    expect(field()).toHaveProperty('value', 'Hello');
    expect(client.calls).toEqual([]);
  });

  it('asks for an e-mail while the office is closed', async () => {
    server.set({ officeHours: { isOpen: false, opensAt: null } });
    await openWidget(client);
    expect(screen.getByText(/Leave a message and your e-mail/)).toBeTruthy();
    expect(field('E-mail')).toHaveProperty('type', 'email');
  });
});

describe('the question for an e-mail', () => {
  it('comes at once when nobody is here, and is gone for good when it is dismissed', async () => {
    server.set({ online: false }, { askEmail: true });
    await openConversation();
    expect(field('E-mail')).toBeTruthy();
    await press('Dismiss');
    expect(screen.queryByRole('textbox', { name: 'E-mail' })).toBeNull();
    expect(localStorage.getItem('fast-light-chat:pk:email-asked:u1')).toBe('1');
  });

  it('gives it to the company', async () => {
    server.set({ online: false }, { askEmail: true });
    await openConversation();
    await fill('E-mail', 'kim@shop.example');
    await press('Save');
    expect(await screen.findByText('Thank you. We will answer to kim@shop.example too.')).toBeTruthy();
    expect(server.bodiesOf('PATCH /v1/users/me')).toEqual([{ profile: { email: 'kim@shop.example' } }]);
  });

  it.each([
    ['somebody is here, and little time has passed', { online: true }, {}],
    ['the e-mail is known', { online: false }, { profile: { email: 'kim@shop.example' } }],
  ])('is not asked when %s', async (_why, environment, user) => {
    server.set(environment, { askEmail: true }, user);
    await openConversation();
    expect(screen.queryByRole('textbox', { name: 'E-mail' })).toBeNull();
  });

  it('comes when nobody has answered for minutes', async () => {
    server.set({ online: true }, { askEmail: true });
    server.conversations = [aConversation({ headSeq: 1 })];
    const long = new Date(Date.now() - 4 * 60_000).toISOString();
    client.conversation('c1').load([aMessage({ seq: 1, sender: USER, createdAt: long })]);
    await openWidget(client);
    expect(field('E-mail')).toBeTruthy();
    const answer = { message: aMessage({ seq: 2 }) };
    await act(() => client.conversation('c1').apply({ type: 'message', ...answer }));
    expect(screen.queryByRole('textbox', { name: 'E-mail' })).toBeNull();
  });
});

describe('the rating', () => {
  const rated = (score: number, comment: string | null = null) => ({ score, comment, ratedAt: '' });

  beforeEach(() => {
    server.set({}, { askRating: true });
    server.answers['PUT /v1/conversations/c1/rating'] = () =>
      Response.json(aConversation({ status: 'resolved', rating: rated(4) }));
  });

  it('is saved with the first press, and again with what there is to add', async () => {
    await openConversation({ status: 'resolved' });
    await press('Good');
    expect(screen.getByRole('button', { name: 'Good' }).getAttribute('aria-pressed')).toBe('true');
    await fill('Anything to add?', 'Fast!');
    await act(() => void field('Anything to add?').closest('form')!.requestSubmit());
    expect(await screen.findByText('Thank you for telling us.')).toBeTruthy();
    expect(server.bodiesOf('PUT /v1/conversations/c1/rating')).toEqual([
      { score: 4 },
      { score: 4, comment: 'Fast!' },
    ]);
  });

  it.each([
    ['before the end', { status: 'open' }],
    ['twice', { status: 'resolved', rating: rated(2) }],
  ] as const)('is not asked for %s', async (_when, fields) => {
    await openConversation(fields);
    expect(screen.queryByText('How was this conversation?')).toBeNull();
  });
});

describe('the newest message, while the widget is closed', () => {
  const say = (content: string, seq = 2) =>
    act(() => client.emit('message:created', { message: aMessage({ seq, content }) }));

  const unread = (content: string | null, seq: number) =>
    aConversation({ unread: 1, headSeq: seq, lastMessage: { ...aMessage({ seq }), content } });

  /** It goes to many, hence has no unread. */
  const summarize = (conversation: ConversationView, event = 'conversation:updated') =>
    act(() => client.emit(event, { conversation: { ...conversation, unread: undefined } }));

  async function close(): Promise<OpenedWidget> {
    const opened = await openConversation();
    await act(() => opened.session.state.change({ isOpen: false }));
    return opened;
  }

  it('is shown in plain words, and opens its conversation', async () => {
    await close();
    await say('It is **on its way**');
    const news = screen.getByRole('button', { name: /New message from Mina.*It is on its way/ });
    expect(around.peek).toHaveBeenLastCalledWith(expect.any(Number));
    await act(() => void fireEvent.click(news));
    expect(around.open).toHaveBeenCalledExactlyOnceWith('c1');
  });

  it('is all that can be reached', async () => {
    const { session } = await close();
    await say('One');
    const reachable = () =>
      screen
        .getAllByRole('button')
        .filter((button) => !button.closest('[inert]'))
        .map(({ textContent }) => textContent);
    expect(reachable()).toEqual([expect.stringContaining('One'), '']);
    await act(() => session.state.change({ isOpen: true }));
    expect(document.querySelector('[inert]')).toBeNull();
  });

  it('is gone once it is open, and once it is dismissed, and does not come back', async () => {
    const { session } = await close();
    await say('One');
    await act(() => session.state.change({ isOpen: true }));
    expect(screen.queryByText('One')).toBeNull();
    await act(() => session.state.change({ isOpen: false }));
    await say('Two', 3);
    await press('Dismiss');
    expect(screen.queryByText('Two')).toBeNull();
    expect(around.peek).toHaveBeenLastCalledWith(0);
    expect(localStorage.getItem('fast-light-chat:pk:seen:u1')).toBe('m3');
  });

  it('is shown on the next page too, until then', async () => {
    const lastMessage = { ...aMessage({ seq: 7, content: 'Still here?' }), private: false };
    server.conversations = [aConversation({ unread: 1, headSeq: 7, lastMessage })];
    client.conversation('c1').load([aMessage({ seq: 7, content: 'Still here?' })]);
    await openWidget(client, { isOpen: false });
    expect(screen.getByRole('button', { name: /New message from Mina/ })).toBeTruthy();
  });

  it('is shown when it came before there was a connection to hear it by', async () => {
    await close();
    server.conversations = [unread('Before', 4)];
    await act(() => client.emit('hello', { heads: [{ id: 'c1', headSeq: 4, headRev: 0 }] }));
    expect(await screen.findByRole('button', { name: /New message from Mina.*Before/ })).toBeTruthy();
    await vi.waitFor(() => expect(told.onUnread).toHaveBeenLastCalledWith(1));
    await act(() => client.emit('heads', { heads: [{ id: 'c1', headSeq: 4, headRev: 0 }] }));
    expect(server.bodiesOf('GET /v1/conversations')).toHaveLength(2);
  });

  it('is shown when it was lost on its way, and only the summary has come', async () => {
    await close();
    await say('Heard');
    await summarize(unread('Heard', 2));
    expect(server.bodiesOf('GET /v1/conversations')).toHaveLength(1);
    server.conversations = [{ ...unread('Lost', 3), unread: 2 }];
    await summarize(unread('Lost', 3));
    expect(await screen.findByRole('button', { name: /New message from Mina.*Lost/ })).toBeTruthy();
    await vi.waitFor(() => expect(told.onUnread).toHaveBeenLastCalledWith(2));
    await summarize(unread('Lost', 3));
    expect(server.bodiesOf('GET /v1/conversations')).toHaveLength(2);
  });

  it('is shown although the list was not to be had at first', async () => {
    await close();
    server.answers['GET /v1/conversations'] = () => {
      delete server.answers['GET /v1/conversations'];
      const refusal = { code: 'common.unavailable', message: '', retryable: true, retryAfterMs: 1 };
      return Response.json(refusal, { status: 503 });
    };
    server.conversations = [unread('Before', 4)];
    await act(() => client.emit('hello', { heads: [{ id: 'c1', headSeq: 4, headRev: 0 }] }));
    expect(await screen.findByRole('button', { name: /New message from Mina.*Before/ })).toBeTruthy();
    expect(server.bodiesOf('GET /v1/conversations')).toHaveLength(3);
  });

  it('is counted when it came before its conversation', async () => {
    await close();
    const begun = { ...unread('First', 1), id: 'c2' };
    await act(() =>
      client.emit('message:created', {
        message: aMessage({ seq: 1, conversationId: 'c2', content: 'First' }),
      }),
    );
    await summarize({ ...begun, lastMessage: null }, 'conversation:created');
    server.conversations.push(begun);
    await summarize(begun);
    await vi.waitFor(() => expect(told.onUnread).toHaveBeenLastCalledWith(1));
    expect(screen.getByRole('button', { name: /New message from Mina.*First/ })).toBeTruthy();
  });

  it('is shown as soon as the visitor has closed, before the page has', async () => {
    await openConversation();
    await press('Close chat');
    await say('Just now');
    expect(screen.getByRole('button', { name: /New message from Mina.*Just now/ })).toBeTruthy();
    expect(around.close).toHaveBeenCalledOnce();
  });

  it('is shown when it came while the connection was away', async () => {
    await close();
    await act(() => client.become('reconnecting'));
    server.conversations = [unread('Meanwhile', 4)];
    await act(() => client.become('online'));
    expect(await screen.findByRole('button', { name: /New message from Mina.*Meanwhile/ })).toBeTruthy();
  });

  it('is kept when it comes while the list is asked for', async () => {
    await close();
    await act(() => client.become('reconnecting'));
    let answer = (_conversations: ConversationView[]): void => undefined;
    server.answers['GET /v1/conversations'] = () =>
      new Promise((resolve) => {
        answer = (items) => resolve(Response.json({ items, nextCursor: null }));
      });
    await act(() => client.become('online'));
    await say('Now');
    await act(() => answer([aConversation({ headSeq: 1 })]));
    await vi.waitFor(() => expect(told.onUnread).toHaveBeenLastCalledWith(1));
    expect(screen.getByRole('button', { name: /New message from Mina.*Now/ })).toBeTruthy();
  });

  it('is gone once its conversation was read elsewhere', async () => {
    await close();
    await say('One');
    await act(() =>
      client.emit('conversation:read', {
        conversationId: 'c1',
        reader: { type: 'user', id: 'u1' },
        readSeq: 2,
      }),
    );
    await vi.waitFor(() => expect(screen.queryByText('One')).toBeNull());
  });

  it('says what it says now, and is gone once it is deleted', async () => {
    await close();
    await say('Helo');
    const become = (content: string | null) => summarize(unread(content, 2));
    server.conversations = [unread(null, 2)];
    await become('Hello');
    expect(await screen.findByRole('button', { name: /New message from Mina.*Hello/ })).toBeTruthy();
    await become(null);
    await vi.waitFor(() => expect(screen.queryByRole('button', { name: /New message/ })).toBeNull());
  });

  it('is not shown to whom the page does not want it shown', async () => {
    server.conversations = [aConversation()];
    await openWidget(client, { isOpen: false, hidePopup: true });
    await say('Hi');
    expect(screen.queryByRole('button', { name: /New message/ })).toBeNull();
  });
});

describe('the field', () => {
  it('takes an emoji where the caret is, chosen by keys', async () => {
    await openWidget(client);
    await fill('Message', 'Hello you');
    (field() as HTMLTextAreaElement).setSelectionRange(5, 5);
    await press('Emoji');
    expect(document.activeElement?.textContent).toBe('😀');
    fireEvent.keyDown(document.activeElement!, { key: 'ArrowDown' });
    fireEvent.keyDown(document.activeElement!, { key: 'ArrowLeft' });
    await act(() => void fireEvent.click(document.activeElement!));
    expect(field()).toHaveProperty('value', 'Hello😎 you');
    expect(document.activeElement).toBe(field());
  });

  it('closes the emoji with Escape, not the chat', async () => {
    await openWidget(client);
    await press('Emoji');
    await act(() => void fireEvent.keyDown(document.activeElement!, { key: 'Escape' }));
    expect(screen.queryByRole('button', { name: '😀' })).toBeNull();
    expect(around.close).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Emoji' }));
  });

  it('does not begin to upload what is too large', async () => {
    server.set({ maxFileBytes: 3 * 1024 });
    await openWidget(client);
    const files = [new File(['x'.repeat(3 * 1024 + 1)], 'large.txt'), new File(['x'], 'small.txt')];
    await act(() => void fireEvent.drop(document, { dataTransfer: { types: ['Files'], files } }));
    expect(screen.getByRole('alert').textContent).toBe('large.txt is larger than 3 kB.');
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('small.txt'),
    ]);
  });
});
