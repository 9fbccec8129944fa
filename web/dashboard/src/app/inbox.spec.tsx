import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import {
  aConversation,
  aLastMessage,
  anAgent,
  anEnvironment,
  at,
  personOf,
  SELF,
  USER_PERSON,
} from '../test/factories';
import type { AgentView, ConversationView } from '../lib/wire';
import { fakeServer, page, refusal, type Answer } from '../test/fake-server';
import { renderApp } from '../test/render-app';

const rows = () => within(screen.getByRole('list', { name: 'Conversations' })).getAllByRole('link');

describe('the inbox', () => {
  it('lists conversations with who, what and how many unread', async () => {
    fakeServer({ 'GET /v1/conversations': () => page([aConversation({ unread: 3 })]) });
    renderApp({ path: '/inbox', as: SELF });
    const row = await screen.findByRole('link', { name: /Minjun/ });
    expect(row).toHaveTextContent('Where is my parcel?');
    expect(row).toHaveTextContent('3 unread');
  });

  it('says in the tab how many are unread', async () => {
    fakeServer({
      'GET /v1/conversations': ({ query }) =>
        page(query.get('assigneeId') ? [aConversation({ unread: 3 })] : []),
    });
    const { router } = renderApp({ path: '/inbox', as: SELF });
    await waitFor(() => expect(document.title).toBe('(1) Inbox · Fast Light Chat'));
    await act(() => router.navigate('/search'));
    await waitFor(() => expect(document.title).toBe('(1) Search · Fast Light Chat'));
  });

  it('asks for what the view in the address shows', async () => {
    const { requests } = fakeServer({ 'GET /v1/conversations': () => page([]) });
    renderApp({ path: '/inbox/unassigned', as: SELF });
    expect(await screen.findByText('Everything has someone')).toBeVisible();
    const asked = requests.map(({ query }) => Object.fromEntries(query));
    expect(asked).toContainEqual(
      expect.objectContaining({ status: 'open', unassigned: 'true', kind: 'support' }),
    );
  });

  it('shows a new conversation at once, on top', async () => {
    const older = aConversation({ id: 'older' });
    const newer = aConversation({
      id: 'newer',
      user: { type: 'user', id: 'user-2', name: 'Haeun', avatarUrl: null },
      lastMessage: aLastMessage({ content: 'Hello?', createdAt: at(9) }),
    });
    fakeServer({ 'GET /v1/conversations': () => page([older]) });
    const { client } = renderApp({ path: '/inbox', as: SELF });
    await screen.findByRole('link', { name: /Minjun/ });
    act(() => client.emit('conversation:created', { conversation: newer }));
    await waitFor(() => expect(rows()[0]).toHaveTextContent('Haeun'));
    expect(rows()).toHaveLength(2);
  });

  it('shows, and counts, what began while the list was on its way', async () => {
    let answer: () => void = () => undefined;
    const isRead = new Promise<Answer>((resolve) => (answer = () => resolve(page([]))));
    const begun = aConversation({ headSeq: 2, unread: 2 });
    fakeServer({
      'GET /v1/conversations': () => isRead,
      'GET /v1/conversations/conversation-1': () => ({ body: begun }),
    });
    const { client } = renderApp({ path: '/inbox', as: SELF });
    await screen.findByRole('region', { name: 'Conversations' });
    act(() => client.emit('conversation:created', { conversation: { ...begun, unread: undefined } }));
    answer();
    expect(await screen.findByRole('link', { name: /Minjun/ })).toBeVisible();
    expect(await screen.findByRole('link', { name: /2 unread/ })).toBeVisible();
  });

  it('shows where a user types, until the message is there', async () => {
    const conversation = aConversation();
    fakeServer({ 'GET /v1/conversations': () => page([conversation]) });
    const { client } = renderApp({ path: '/inbox', as: SELF });
    await screen.findByRole('link', { name: /Minjun/ });
    act(() => client.emit('inbox:typing', { conversationIds: ['conversation-1', 'another'] }));
    expect(rows()[0]).toHaveTextContent('Typing…');
    expect(rows()[0]).not.toHaveTextContent('Where is my parcel?');
    const lastMessage = aLastMessage({ content: 'It came!', seq: 2, createdAt: at(9) });
    act(() => client.emit('conversation:updated', { conversation: { ...conversation, lastMessage } }));
    await waitFor(() => expect(rows()[0]).toHaveTextContent('It came!'));
  });

  it('tells an answer of a colleague from a question, and a file from nothing', async () => {
    const sender = personOf(anAgent({ id: 'agent-2', name: 'Jihoon' }));
    const answered = aConversation({ id: 'answered', lastMessage: aLastMessage({ sender }) });
    const shown = aConversation({ id: 'shown', lastMessage: aLastMessage({ type: 'file', content: '' }) });
    fakeServer({ 'GET /v1/conversations': () => page([answered, shown]) });
    renderApp({ path: '/inbox', as: SELF });
    await screen.findAllByRole('link', { name: /Minjun/ });
    expect(rows()[0]).toHaveTextContent('Jihoon: Where is my parcel?');
    expect(rows()[1]).toHaveTextContent('Sent a file');
  });

  const openEmpty = async (as: AgentView) => {
    const { requests } = fakeServer({
      'GET /v1/conversations': () => page([]),
      'GET /v1/environments': () => page([anEnvironment()]),
    });
    const { client } = renderApp({ path: '/inbox', as });
    await screen.findByText('No open conversations');
    return { client, requests };
  };

  it('leads who begins to the widget, until there was a conversation', async () => {
    const { client } = await openEmpty(SELF);
    const link = await screen.findByRole('link', { name: 'Install the widget' });
    expect(link).toHaveAttribute('href', '/settings/environments/environment-1?tab=install');
    const conversation = aConversation({ status: 'resolved' });
    act(() => client.emit('conversation:created', { conversation }));
    await waitFor(() => expect(link).not.toBeInTheDocument());
    expect(screen.getByText('No open conversations')).toBeVisible();
  });

  it('does not ask for whoever cannot install it', async () => {
    const { requests } = await openEmpty(anAgent({ role: 'agent' }));
    const lists = requests.filter(({ path }) => path === '/v1/conversations');
    expect(lists.filter(({ query }) => query.get('kind') === 'support' && !query.has('status'))).toEqual([]);
  });

  it('opens what it lists at once, on a line however slow', async () => {
    fakeServer({
      'GET /v1/conversations': () => page([aConversation()]),
      'GET /v1/conversations/conversation-1': () => new Promise(() => undefined),
    });
    const { person } = renderApp({ path: '/inbox', as: SELF });
    await person.click(await screen.findByRole('link', { name: /Minjun/ }));
    expect(await screen.findByRole('heading', { name: 'Minjun' })).toBeVisible();
    expect(await screen.findByRole('region', { name: 'Messages' })).toBeVisible();
  });

  it('takes a conversation away when it is resolved elsewhere', async () => {
    fakeServer({ 'GET /v1/conversations': () => page([aConversation()]) });
    const { client } = renderApp({ path: '/inbox', as: SELF });
    await screen.findByRole('link', { name: /Minjun/ });
    const conversation = aConversation({ status: 'resolved', updatedAt: at(5) });
    act(() => client.emit('conversation:updated', { conversation }));
    expect(await screen.findByText('No open conversations')).toBeVisible();
  });

  it('moves with j and k and opens with Enter', async () => {
    const second = aConversation({
      id: 'conversation-2',
      user: { type: 'user', id: 'user-2', name: 'Haeun', avatarUrl: null },
    });
    fakeServer({ 'GET /v1/conversations': () => page([aConversation(), second]) });
    const { person, router } = renderApp({ path: '/inbox/all', as: SELF });
    await screen.findByRole('link', { name: /Haeun/ });
    await person.keyboard('j');
    await waitFor(() => expect(screen.getByRole('link', { name: /Minjun/ })).toHaveFocus());
    await person.keyboard('j');
    await waitFor(() => expect(screen.getByRole('link', { name: /Haeun/ })).toHaveFocus());
    await person.keyboard('{Enter}');
    await waitFor(() => expect(router.state.location.pathname).toBe('/inbox/all/conversation-2'));
  });

  it('says when it cannot be loaded, and tries again', async () => {
    let isDown = true;
    fakeServer({
      'GET /v1/conversations': () =>
        isDown ? refusal(500, 'common.internal', 'Broken.') : page([aConversation()]),
    });
    const { person } = renderApp({ path: '/inbox', as: SELF });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Something went wrong');
    isDown = false;
    await person.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: /Minjun/ })).toBeVisible();
  });

  it('finds what began after it was read and before the connection was there', async () => {
    let listed: ConversationView[] = [];
    fakeServer({ 'GET /v1/conversations': () => page(listed) });
    const { client } = renderApp({ path: '/inbox', as: SELF });
    await screen.findByText('No open conversations');
    listed = [aConversation()];
    act(() => client.emit('state', 'online'));
    expect(await screen.findByRole('link', { name: /Minjun/ })).toBeVisible();
  });

  it('finds what began while it was read, when the connection came before the answer', async () => {
    let listed: ConversationView[] = [];
    let answer: () => void = () => undefined;
    const isSent = new Promise<void>((resolve) => (answer = resolve));
    fakeServer({
      'GET /v1/conversations': async () => {
        const read = listed;
        await isSent;
        return page(read);
      },
    });
    const { client } = renderApp({ path: '/inbox', as: SELF });
    await screen.findByRole('region', { name: 'Conversations' });
    listed = [aConversation()];
    act(() => client.emit('state', 'online'));
    answer();
    expect(await screen.findByRole('link', { name: /Minjun/ })).toBeVisible();
  });

  it('is honest about a lost connection, and tries again at once when asked to', async () => {
    fakeServer({ 'GET /v1/conversations': () => page([]) });
    const { client, person } = renderApp({ path: '/inbox', as: SELF });
    await screen.findByText('No open conversations');
    const connect = vi.spyOn(client, 'connect');
    client.retryAt = Date.now() + 60_000;
    act(() => client.emit('state', 'reconnecting'));
    // Seen, and not read out every second.
    expect(await screen.findByText(/Next attempt in \d+ seconds/)).toHaveAttribute('aria-hidden');
    expect(screen.getByText('Connection lost. Reconnecting…')).toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    expect(connect).toHaveBeenCalledTimes(1);
    act(() => client.emit('state', 'online'));
    await waitFor(() => expect(screen.queryByText(/Connection lost/)).not.toBeInTheDocument());
  });

  const named = (id: string, name: string) => aConversation({ id, user: { ...USER_PERSON, name } });
  /** To the end of what is loaded, while what was missed is read. */
  const scrollInCatchUp = async (missed: ConversationView[]) => {
    const many = Array.from({ length: 40 }, (_, index) => named(`conversation-${index}`, 'Minjun'));
    let catchUp: () => void = () => undefined;
    const isCaughtUp = new Promise<void>((resolve) => (catchUp = resolve));
    let wasLost = false;
    fakeServer({
      'GET /v1/conversations': async ({ query }) => {
        if (query.has('cursor')) return page([named('oldest', 'Haeun')]);
        if (wasLost) await isCaughtUp;
        return { body: { items: wasLost ? [...missed, ...many] : many, nextCursor: 'more' } };
      },
    });
    const { client } = renderApp({ path: '/inbox/all', as: SELF });
    await screen.findAllByRole('link', { name: /Minjun/ });
    wasLost = true;
    act(() => client.emit('state', 'reconnecting'));
    act(() => client.emit('state', 'online'));
    const scroller = screen.getByRole('list', { name: 'Conversations' }).parentElement!;
    const scroll = (scrollTop: number) => fireEvent.scroll(scroller, { target: { scrollTop } });
    scroll(84 * 35);
    catchUp();
    return { scroll };
  };

  it('reads what it has missed, however far down somebody looks meanwhile', async () => {
    const { scroll } = await scrollInCatchUp([named('missed', 'Jiho')]);
    expect(await screen.findByRole('link', { name: /Haeun/ })).toBeInTheDocument();
    scroll(0);
    expect(await screen.findByRole('link', { name: /Jiho/ })).toBeInTheDocument();
  });

  it('goes on further down when nothing was missed', async () => {
    await scrollInCatchUp([]);
    expect(await screen.findByRole('link', { name: /Haeun/ })).toBeInTheDocument();
  });

  it('says when there is more that cannot be loaded, and tries again only when told to', async () => {
    let isDown = true;
    const { requests } = fakeServer({
      'GET /v1/conversations': ({ query }) => {
        if (!query.has('cursor')) return { body: { items: [aConversation()], nextCursor: 'more' } };
        return isDown ? refusal(500, 'common.internal', 'Broken.') : page([named('oldest', 'Haeun')]);
      },
    });
    const { person } = renderApp({ path: '/inbox/all', as: SELF });
    const alert = await screen.findByRole('alert');
    expect(screen.getByRole('link', { name: /Minjun/ })).toBeVisible();
    expect(requests.filter(({ query }) => query.has('cursor'))).toHaveLength(1);
    isDown = false;
    await person.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: /Haeun/ })).toBeVisible();
  });

  it('stops when the session has ended', async () => {
    fakeServer({ 'GET /v1/conversations': () => page([]) });
    const { client, person } = renderApp({ path: '/inbox', as: SELF });
    await screen.findByText('No open conversations');
    act(() => client.emit('state', 'ended'));
    await person.click(await screen.findByRole('button', { name: 'Sign in again' }));
    expect(await screen.findByRole('heading', { name: 'Sign in to your inbox' })).toBeVisible();
  });

  it('renews an expired token once and goes on', async () => {
    let isRenewed = false;
    const { requests } = fakeServer({
      'GET /v1/conversations': () =>
        isRenewed ? page([aConversation()]) : refusal(401, 'auth.token_expired'),
      'POST /v1/auth/refresh': () => {
        isRenewed = true;
        const session = { accessToken: 'access-2', refreshToken: 'refresh-2', expiresIn: 900 };
        return { body: { ...session, agent: anAgent({ ...SELF }), organization: {} } };
      },
    });
    renderApp({ path: '/inbox', as: SELF });
    expect(await screen.findByRole('link', { name: /Minjun/ })).toBeVisible();
    expect(requests.filter(({ path }) => path === '/v1/auth/refresh')).toHaveLength(1);
  });
});
