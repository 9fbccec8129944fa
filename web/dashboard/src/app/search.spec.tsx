import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { aConversation, aMessage, anAgent, aUser, at, SELF } from '../test/factories';
import { fakeServer, page, refusal, type Answer, type FakeRequest } from '../test/fake-server';
import { renderApp } from '../test/render-app';
import type { FoundMessageView, MessageView } from '../lib/wire';

const OTHER = anAgent({ id: 'agent-2', name: 'Jihoon' });

function aFind(fields: Partial<MessageView> = {}, title: string | null = 'Minjun'): FoundMessageView {
  const message = aMessage({ content: '제품 교환 문의입니다', ...fields });
  const snippet = { text: message.content, ranges: [[3, 5] as [number, number]] };
  return { message, conversation: { id: 'conversation-1', kind: 'support', title }, snippet };
}

interface World {
  path?: string;
  messages?: (request: FakeRequest) => Answer | Promise<Answer>;
}

function open({ path = '/search', messages = () => page([aFind()]) }: World = {}) {
  const conversation = aConversation({ subject: 'Exchange' });
  const server = fakeServer({
    'GET /v1/messages/search': messages,
    'GET /v1/users': () => page([aUser()]),
    'GET /v1/users/user-1': () => ({ body: aUser() }),
    'GET /v1/conversations': () => page([conversation]),
    'GET /v1/conversations/conversation-1': () => ({ body: conversation }),
    'GET /v1/conversations/conversation-1/pins': () => page([]),
    'GET /v1/agents': () => page([SELF, OTHER]),
    'GET /v1/environments': () => page([]),
  });
  const app = renderApp({ path, as: SELF });
  const searches = () => server.requests.filter(({ path: asked }) => asked === '/v1/messages/search');
  const address = () => app.router.state.location.pathname + app.router.state.location.search;
  return { ...app, ...server, searches, address };
}

const field = () => screen.findByRole('searchbox', { name: /^Search messages/ });
const results = async () => within(await screen.findByRole('tabpanel')).findAllByRole('link');

describe('the search', () => {
  it('finds what was said, marks it, and leads to it', async () => {
    const { person, address, searches } = open();
    await person.type(await field(), '교환');
    const [found] = await results();
    expect(found).toHaveTextContent('제품 교환 문의입니다');
    expect(within(found!).getByText('교환').tagName).toBe('MARK');
    // The conversation is named after its user, whom one need not be told twice.
    expect(within(found!).getByText('Minjun')).toBeVisible();
    expect(address()).toBe(`/search?q=${encodeURIComponent('교환')}`);
    expect(searches()).toHaveLength(1);
    await person.click(found!);
    await waitFor(() => expect(address()).toBe('/inbox/all/conversation-1?message=message-1&seq=1'));
  });

  it('leads to a reply in its thread', async () => {
    const { person, address } = open({
      path: '/search?q=x',
      messages: () => page([aFind({ seq: 2, threadRootId: 'message-1' }, 'Order A-1001')]),
    });
    const [found] = await results();
    expect(found).toHaveTextContent('Order A-1001');
    await person.click(found!);
    await waitFor(() =>
      expect(address()).toBe('/inbox/all/conversation-1?message=message-2&seq=2&thread=message-1'),
    );
  });

  it('says which of the found are notes, and names what has no title', async () => {
    open({ path: '/search?q=x', messages: () => page([aFind({ private: true }, null)]) });
    const [found] = await results();
    expect(within(found!).getByTitle('Private note')).toBeInTheDocument();
    expect(found).toHaveTextContent('Conversation with a user');
  });

  it('asks once the typing settles, and drops what was overtaken', async () => {
    const never = new Promise<Answer>(() => undefined);
    const { person, searches } = open({
      messages: ({ query }) => (query.get('query') === '교' ? never : page([aFind()])),
    });
    await person.type(await field(), '교{Enter}');
    await waitFor(() => expect(searches()).toHaveLength(1));
    await person.type(await field(), '환{Enter}');
    await results();
    expect(searches()[0]!.signal?.aborted).toBe(true);
    expect(searches()).toHaveLength(2);
  });

  it('does not ask for half a syllable', async () => {
    const { searches } = open();
    const input = await field();
    fireEvent.compositionStart(input);
    fireEvent.change(input, { target: { value: 'ㄱ' } });
    fireEvent.keyDown(input, { key: 'Enter', isComposing: true });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(searches()).toHaveLength(0);
    fireEvent.change(input, { target: { value: '교' } });
    fireEvent.compositionEnd(input);
    await waitFor(() => expect(searches()).toHaveLength(1));
  });

  it('looks for what the address says, filters included', async () => {
    const { searches } = open({
      path: '/search?q=cup&sender=agent-2&conversation=conversation-1&from=2026-11-01&to=2026-11-02',
    });
    await results();
    expect(Object.fromEntries(searches()[0]!.query)).toEqual({
      query: 'cup',
      senderId: 'agent-2',
      conversationId: 'conversation-1',
      from: new Date(2026, 10, 1).toISOString(),
      to: new Date(2026, 10, 3).toISOString(),
      limit: '30',
    });
    expect(await screen.findByRole('combobox', { name: 'From' })).toHaveValue('Jihoon');
    expect(screen.getByRole('combobox', { name: 'Conversation' })).toHaveValue('Minjun');
  });

  it.each(['2026-13-45', 'yesterday', ''])('takes no day from %s', async (day) => {
    const { searches } = open({ path: `/search?q=cup&from=${day}` });
    await results();
    expect(searches()[0]!.query.has('from')).toBe(false);
  });

  it('takes a sender, an agent or a user, and gives it up again', async () => {
    const { person, address } = open({ path: '/search?q=cup' });
    await person.click(await screen.findByRole('button', { name: 'Filters' }));
    const sender = await screen.findByRole('combobox', { name: 'From' });
    await person.type(sender, 'min');
    await person.click(await screen.findByRole('option', { name: /Minjun/ }));
    await waitFor(() => expect(address()).toBe('/search?q=cup&sender=user-1'));
    await person.hover(sender);
    await person.click(screen.getAllByRole('button', { name: 'Clear' }).at(-1)!);
    await waitFor(() => expect(address()).toBe('/search?q=cup'));
  });

  it('goes on where the last page ended', async () => {
    const { person } = open({
      path: '/search?q=cup',
      messages: ({ query }) =>
        query.has('cursor')
          ? page([aFind({ seq: 2, content: 'Older' })])
          : { body: { items: [aFind()], nextCursor: 'older' } },
    });
    await person.click(await screen.findByRole('button', { name: 'Load more' }));
    expect(await screen.findByText(/er$/)).toBeVisible();
    expect(await results()).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
  });

  it('turns pages without finds by itself, and says when there is nothing', async () => {
    const { searches } = open({
      path: '/search?q=cup',
      messages: ({ query }) =>
        query.has('cursor') ? page([]) : { body: { items: [], nextCursor: 'older' } },
    });
    expect(await screen.findByText('Nothing found for “cup”')).toBeVisible();
    expect(searches()).toHaveLength(2);
  });

  it('says how long to wait when it was asked too often, and asks again', async () => {
    let answer: Answer = {
      status: 429,
      body: {
        code: 'common.rate_limited',
        message: 'x',
        requestId: 'r',
        retryable: true,
        retryAfterMs: 4_200,
      },
    };
    const { person, searches } = open({ path: '/search?q=cup', messages: () => answer });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Wait 5 seconds, then search on');
    expect(searches()).toHaveLength(1);
    answer = page([aFind()]);
    await person.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await results()).toHaveLength(1);
  });

  it('says when it fails', async () => {
    open({ path: '/search?q=cup', messages: () => refusal(500, 'common.internal', 'Broken.') });
    expect(await screen.findByRole('alert')).toHaveTextContent('Something went wrong');
  });

  it('finds users, each with a page of their own', async () => {
    const { person, address } = open({ path: '/search?q=min' });
    await person.click(await screen.findByRole('tab', { name: 'Users' }));
    await person.click((await results())[0]!);
    await waitFor(() => expect(address()).toBe('/users/user-1'));
    expect(await screen.findByText('minjun@example.com')).toBeVisible();
    expect(await screen.findByRole('link', { name: /Where is my parcel/ })).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Back' }));
    await waitFor(() => expect(address()).toBe('/search?q=min&in=users'));
  });

  it('finds conversations', async () => {
    const { person, address } = open({ path: '/search?q=exchange&in=conversations' });
    const [found] = await results();
    expect(found).toHaveTextContent('Open · Exchange');
    await person.click(found!);
    await waitFor(() => expect(address()).toBe('/inbox/all/conversation-1'));
  });
});

describe('the keys of the search', () => {
  it('lead to it from everywhere, and back', async () => {
    const { person, address } = open({ path: '/inbox/all/conversation-1' });
    await screen.findByRole('textbox', { name: 'Write a message' });
    await person.keyboard('gf');
    await waitFor(() => expect(address()).toBe('/search'));
    expect(await field()).toHaveFocus();
    await person.type(await field(), 'cup{Enter}');
    await results();
    await person.keyboard('{Escape}');
    expect(await field()).toHaveValue('');
    await person.keyboard('{Escape}');
    await waitFor(() => expect(address()).toBe('/inbox/all/conversation-1'));
  });

  it('walk through what was found and open it', async () => {
    const finds = [aFind(), aFind({ seq: 2, createdAt: at(2) })];
    const { person, address } = open({ path: '/search?q=cup', messages: () => page(finds) });
    const [first, second] = await results();
    await person.click(await field());
    await person.keyboard('{ArrowDown}');
    expect(first).toHaveFocus();
    await person.keyboard('{ArrowDown}');
    expect(second).toHaveFocus();
    await person.keyboard('{ArrowUp}{ArrowUp}');
    expect(await field()).toHaveFocus();
    await person.keyboard('{ArrowDown}{Escape}');
    expect(await field()).toHaveFocus();
    await person.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await waitFor(() => expect(address()).toBe('/inbox/all/conversation-1?message=message-2&seq=2'));
  });

  it('open the first with Enter in the field', async () => {
    const { person, address } = open({ path: '/search?q=cup' });
    await results();
    await person.click(await field());
    await person.keyboard('{Enter}');
    await waitFor(() => expect(address()).toBe('/inbox/all/conversation-1?message=message-1&seq=1'));
  });
});

it('is offered for one conversation in its menu', async () => {
  const { person, address } = open({ path: '/inbox/all/conversation-1' });
  await person.click(await screen.findByRole('button', { name: 'Conversation menu' }));
  await person.click(screen.getByRole('menuitem', { name: 'Search in this conversation' }));
  await waitFor(() => expect(address()).toBe('/search?conversation=conversation-1'));
  expect(await screen.findByRole('combobox', { name: 'Conversation' })).toHaveValue('Minjun');
});
