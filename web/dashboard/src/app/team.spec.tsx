import { ChatError } from '@fast-light-chat/sdk';
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { aChannel, aMessage, anAgent, at, personOf, SELF } from '../test/factories';
import { fakeServer, page, refusal, type FakeRequest } from '../test/fake-server';
import { renderApp } from '../test/render-app';
import type { AgentView, ConversationView } from '../lib/wire';

const JIHOON = anAgent({ id: 'agent-2', name: 'Jihoon' });
const MINSEO = anAgent({ id: 'agent-3', name: '김민서' });
const PLAIN = anAgent({ id: 'agent-7', name: 'Haneul', role: 'agent' });
const CHANNEL = aChannel([SELF, JIHOON], { description: 'Money back', unread: 3 });
const OPEN = aChannel([JIHOON], { id: 'channel-2', name: 'lunch', visibility: 'public' });
const OLD = aChannel([SELF], { id: 'channel-3', name: 'old', archivedAt: at(5) });
const PATH = '/v1/conversations/conversation-1';

type Routes = Parameters<typeof fakeServer>[0];

function listed({ query }: FakeRequest, all: ConversationView[], selfId: string) {
  const isMine = ({ participants }: ConversationView) => participants.some(({ id }) => id === selfId);
  const kind = query.get('kind');
  return page(
    all
      .filter((one) => !kind || one.kind === kind)
      .filter((one) => (one.archivedAt !== null) === (query.get('archived') === 'true'))
      .filter((one) => !query.has('joined') || String(isMine(one)) === query.get('joined'))
      .filter(({ name = '' }) => name.includes(query.get('query') ?? '')),
  );
}

interface Setting {
  path?: string;
  as?: AgentView;
  all?: ConversationView[];
  routes?: Routes;
}

async function openTeam({
  path = '/team',
  as = SELF,
  all = [CHANNEL, OPEN, OLD],
  routes = {},
}: Setting = {}) {
  const ones = all.map((one) => [`GET /v1/conversations/${one.id}`, () => ({ body: one })] as const);
  const server = fakeServer({
    'GET /v1/conversations': (request) => listed(request, all, as.id),
    ...Object.fromEntries(ones),
    'GET /v1/agents': () => page([SELF, JIHOON, MINSEO, PLAIN]),
    'GET /v1/environments': () => page([]),
    ...routes,
  });
  const app = renderApp({ path, as });
  await screen.findByRole('region', { name: 'Team' });
  const asked = (method: string, part: string) =>
    server.requests.find((one) => one.method === method && one.path.endsWith(part));
  return { ...app, ...server, asked, talk: app.client.conversation('conversation-1') };
}

async function openChannel({ path = '/team/conversation-1', ...rest }: Setting = {}) {
  const app = await openTeam({ path, ...rest });
  await screen.findByRole('region', { name: 'Messages' });
  const details = within(screen.getByRole('complementary', { name: 'Details' }));
  return { ...app, details };
}

const field = () => screen.getByRole('textbox', { name: 'Write a message' });
const list = (name: string) => within(screen.getByRole('list', { name }));

describe('the list of the team', () => {
  it('shows one’s own channels with what is unread, and the archived ones when asked', async () => {
    const { person } = await openTeam();
    expect(await list('Channels').findByRole('link', { name: /refunds.*3 unread/ })).toBeVisible();
    expect(list('Channels').queryByText('lunch')).toBeNull();
    expect(screen.queryByText('old')).toBeNull();
    await person.click(screen.getByRole('button', { name: 'Archived' }));
    expect(await list('Archived').findByRole('link', { name: /old/ })).toBeVisible();
  });

  it.each([
    ['leads whoever is alone to where agents are invited', SELF, 1],
    ['leads nobody there who may not', PLAIN, 0],
  ])('%s', async (_what, as, count) => {
    await openTeam({ as, routes: { 'GET /v1/agents': () => page([as]) } });
    expect(await screen.findByText('You are the only agent so far.')).toBeVisible();
    const links = screen.queryAllByRole('link', { name: 'Invite' });
    expect(links.map((link) => link.getAttribute('href'))).toEqual(Array(count).fill('/settings/agents'));
  });

  it('says when it could not be loaded, and tries again', async () => {
    let isBroken = true;
    const { person } = await openTeam({
      routes: {
        'GET /v1/conversations': (request) =>
          isBroken ? refusal(403, 'auth.forbidden') : listed(request, [CHANNEL], SELF.id),
      },
    });
    const alert = await list('Channels').findByRole('alert');
    expect(alert).toHaveTextContent('Your role does not allow this.');
    isBroken = false;
    await person.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await list('Channels').findByText('refunds')).toBeVisible();
  });

  it('makes a channel with description and first members', async () => {
    const { person, asked, router } = await openTeam({
      routes: { 'POST /v1/conversations': () => ({ status: 201, body: { conversation: CHANNEL } }) },
    });
    await person.click(screen.getByRole('button', { name: 'New channel' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'New channel' }));
    await person.type(dialog.getByLabelText('Channel name'), 'refunds');
    await person.type(dialog.getByLabelText('Description'), 'Money back');
    await person.click(dialog.getByRole('radio', { name: /^Private/ }));
    await person.type(dialog.getByRole('combobox', { name: 'First members' }), 'ㄱㅁ');
    await person.click(await screen.findByRole('option', { name: /김민서/ }));
    await person.click(dialog.getByRole('button', { name: 'Create' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/team/conversation-1'));
    expect(asked('POST', '/conversations')?.body).toMatchObject({
      kind: 'channel',
      name: 'refunds',
      description: 'Money back',
      visibility: 'private',
      agentIds: [MINSEO.id],
    });
  });

  it('makes a group of several, with a name', async () => {
    const group = { ...CHANNEL, kind: 'group' } as const;
    const { person, asked } = await openTeam({
      routes: { 'POST /v1/conversations': () => ({ status: 201, body: { conversation: group } }) },
    });
    await person.click(screen.getByRole('button', { name: 'New message' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'New message' }));
    for (const name of [/Jihoon/, /김민서/]) {
      await person.click(dialog.getByRole('combobox', { name: 'With whom?' }));
      await person.click(await screen.findByRole('option', { name }));
    }
    await person.type(dialog.getByLabelText('Group name'), 'Trio');
    await person.click(dialog.getByRole('button', { name: 'Start' }));
    await waitFor(() =>
      expect(asked('POST', '/conversations')?.body).toMatchObject({
        kind: 'group',
        agentIds: [JIHOON.id, MINSEO.id],
        name: 'Trio',
      }),
    );
  });
});

describe('public channels', () => {
  it('are browsed and found by name', async () => {
    const { person, requests } = await openTeam({ path: '/team/channels' });
    const browser = within(await screen.findByRole('region', { name: 'Browse channels' }));
    expect(await browser.findByRole('link', { name: 'lunch' })).toBeVisible();
    await person.type(browser.getByRole('searchbox', { name: 'Search public channels' }), 'dinner');
    expect(await browser.findByText('Nothing found for “dinner”')).toBeVisible();
    expect(requests.some(({ query }) => query.get('query') === 'dinner')).toBe(true);
  });

  it('are joined from there', async () => {
    const joined = { ...OPEN, participants: [...OPEN.participants, ...aChannel([SELF]).participants] };
    const { person, router, asked } = await openTeam({
      path: '/team/channels',
      routes: { 'POST /v1/conversations/channel-2/join': () => ({ body: joined }) },
    });
    await person.click(await screen.findByRole('button', { name: 'Join lunch' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/team/channel-2'));
    expect(asked('POST', '/join')).toBeDefined();
  });

  it('can be looked into without joining', async () => {
    const { person, details, asked } = await openChannel({
      path: '/team/channel-2',
      routes: { 'POST /v1/conversations/channel-2/join': () => refusal(409, 'chat.conversation_archived') },
    });
    expect(screen.queryByRole('textbox', { name: 'Write a message' })).toBeNull();
    expect(details.queryByRole('button', { name: 'Leave' })).toBeNull();
    expect(details.queryByRole('button', { name: 'Invite' })).toBeNull();
    await person.click(screen.getByRole('button', { name: 'Join' }));
    expect(await screen.findByText('This conversation is archived. It can only be read.')).toBeVisible();
    expect(asked('POST', '/join')).toBeDefined();
  });
});

describe('the details of a channel', () => {
  it('show who is in it, who made it and what it is for', async () => {
    const { details, client } = await openChannel();
    const state = { status: 'online', lastSeenAt: null } as const;
    act(() => client.emit('presence', { principal: { type: 'agent', id: JIHOON.id }, ...state }));
    const members = within(details.getByRole('list', { name: 'Members' })).getAllByRole('listitem');
    expect(members.map((row) => row.textContent)).toEqual([
      expect.stringMatching(/Seoyeon \(you\).*Creator/),
      expect.stringMatching(/Jihoon.*Online/),
    ]);
    expect(screen.getByText('2 members · Money back')).toBeVisible();
  });

  it.each([
    ['its maker', PLAIN, [PLAIN, JIHOON], ['Invite', 'Archive', 'Leave', 'Remove Jihoon']],
    ['a member', PLAIN, [JIHOON, PLAIN], ['Invite', 'Leave']],
    ['an admin among its members', SELF, [JIHOON, SELF], ['Invite', 'Archive', 'Leave', 'Remove Jihoon']],
    ['a viewer', { ...PLAIN, role: 'viewer' } as const, [JIHOON, PLAIN], ['Leave']],
  ])('offer %s what they may do', async (_who, as, members, offered) => {
    const { details } = await openChannel({ as, all: [aChannel(members)] });
    const names = ['Invite', 'Archive', 'Leave', 'Remove Jihoon'];
    const shown = names.filter((name) => details.queryByRole('button', { name }) !== null);
    expect(shown).toEqual(offered);
  });

  it('invite agents who are not there yet', async () => {
    const { person, details, asked } = await openChannel({
      routes: { [`POST ${PATH}/participants`]: () => ({ body: aChannel([SELF, JIHOON, MINSEO]) }) },
    });
    await person.click(details.getByRole('button', { name: 'Invite' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Invite' }));
    await person.type(dialog.getByRole('combobox', { name: 'Whom?' }), '민');
    expect(screen.queryByRole('option', { name: /Jihoon/ })).toBeNull();
    await person.click(await screen.findByRole('option', { name: /김민서/ }));
    await person.click(dialog.getByRole('button', { name: 'Add' }));
    expect(await details.findByText('3 members')).toBeVisible();
    expect(asked('POST', '/participants')?.body).toEqual({ agentIds: [MINSEO.id] });
  });

  it('remove a member after a question, and say why that was refused', async () => {
    const { person, details, asked } = await openChannel({
      routes: { [`DELETE ${PATH}/participants`]: () => refusal(403, 'auth.forbidden') },
    });
    await person.click(details.getByRole('button', { name: 'Remove Jihoon' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Remove Jihoon?' }));
    await person.click(dialog.getByRole('button', { name: 'Remove' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'Only owners, admins and who made it can do this.',
    );
    expect(asked('DELETE', '/participants')?.body).toEqual({ agentIds: [JIHOON.id] });
  });

  it('rename and describe it', async () => {
    const { person, details, asked } = await openChannel({
      routes: { [`PATCH ${PATH}`]: () => ({ body: { ...CHANNEL, name: 'returns', updatedAt: at(9) } }) },
    });
    await person.click(details.getByRole('button', { name: 'Edit name and description' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Edit name and description' }));
    await person.clear(dialog.getByLabelText('Name'));
    await person.type(dialog.getByLabelText('Name'), 'returns');
    await person.clear(dialog.getByLabelText('Description'));
    await person.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('heading', { name: '# returns' })).toBeVisible();
    expect(asked('PATCH', PATH)?.body).toEqual({ name: 'returns', description: null });
  });

  it('leave it, with a warning to the last', async () => {
    const { person, details, router } = await openChannel({
      all: [aChannel([SELF])],
      routes: { [`POST ${PATH}/leave`]: () => ({ status: 204 }) },
    });
    await person.click(details.getByRole('button', { name: 'Leave' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Leave # refunds?' }));
    expect(dialog.getByText(/You are the last member/)).toBeVisible();
    await person.click(dialog.getByRole('button', { name: 'Leave' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/team'));
    expect(await screen.findByText('You have left # refunds.')).toBeVisible();
  });

  it('archive it, and take it out again', async () => {
    const archived = { ...CHANNEL, archivedAt: at(9), updatedAt: at(9) };
    const { person, details } = await openChannel({
      routes: {
        [`PUT ${PATH}/archive`]: ({ body }) => ({
          body: (body as { archived: boolean }).archived ? archived : { ...CHANNEL, updatedAt: at(10) },
        }),
      },
    });
    await person.click(details.getByRole('button', { name: 'Archive' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Archive this conversation?' }));
    await person.click(dialog.getByRole('button', { name: 'Archive' }));
    expect(await screen.findByText(/^Archived since .* It can only be read\.$/)).toBeVisible();
    expect(screen.queryByRole('textbox', { name: 'Write a message' })).toBeNull();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await person.click(details.getByRole('button', { name: 'Take out of the archive' }));
    expect(await screen.findByRole('textbox', { name: 'Write a message' })).toBeVisible();
  });

  it('set the slow mode', async () => {
    const { person, details, asked } = await openChannel({
      routes: { [`PATCH ${PATH}`]: () => ({ body: { ...CHANNEL, slowModeSeconds: 30, updatedAt: at(9) } }) },
    });
    await person.click(details.getByRole('combobox', { name: 'Slow mode' }));
    await person.click(await screen.findByRole('option', { name: '30 seconds' }));
    await waitFor(() => expect(details.getByRole('combobox', { name: 'Slow mode' })).toHaveTextContent('30'));
    expect(asked('PATCH', PATH)?.body).toEqual({ slowModeSeconds: 30 });
  });
});

describe('slow mode', () => {
  const slow = aChannel([JIHOON, PLAIN], { slowModeSeconds: 30 });
  const openSlow = (as = PLAIN) => openChannel({ as, all: [slow] });
  const sayAt = (secondsAgo: number) =>
    aMessage({
      sender: personOf(PLAIN),
      createdAt: new Date(Date.now() - secondsAgo * 1_000).toISOString(),
    });

  it('counts the seconds down, keeps the text and sends when they are over', async () => {
    const { person, talk } = await openSlow();
    act(() => talk.receive(sayAt(26)));
    await person.type(field(), 'Next{Enter}');
    expect(field()).toHaveAccessibleDescription(/^Slow mode: \d seconds? until your next message$/);
    expect(field()).toHaveValue('Next');
    expect(talk.sent).toEqual([]);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Send' })).toBeEnabled());
    await person.type(field(), '{Enter}');
    expect(talk.sent).toMatchObject([{ content: 'Next' }]);
  });

  it('believes the server about what it did not see', async () => {
    const { person, talk } = await openSlow();
    await person.type(field(), 'One{Enter}');
    const error = new ChatError({ code: 'chat.slow_mode', retryable: true, retryAfterMs: 20_000 });
    act(() => talk.postpone('client-1', error));
    expect(screen.getByText('Slow mode: will be sent by itself')).toBeVisible();
    expect(field()).toHaveAccessibleDescription(/^Slow mode: \d+ seconds until/);
  });

  it('is not for admins', async () => {
    const { person, talk } = await openChannel({ all: [aChannel([SELF], { slowModeSeconds: 30 })] });
    await person.type(field(), 'One{Enter}Two{Enter}');
    expect(talk.sent).toHaveLength(2);
  });
});

describe('losing access', () => {
  it('leads to the list, and nothing of it stays', async () => {
    const { client, talk, router } = await openChannel();
    act(() => talk.receive(aMessage({ seq: 1, content: 'Top secret' })));
    expect(await screen.findByText('Top secret')).toBeVisible();
    act(() => {
      client.emit('conversation:removed', { conversationId: 'conversation-1' });
      talk.set({ status: 'lost', items: [] });
    });
    await waitFor(() => expect(router.state.location.pathname).toBe('/team'));
    expect(await screen.findByText('You no longer belong to this conversation.')).toBeVisible();
    for (const trace of ['Top secret', 'refunds', '# refunds', 'Money back']) {
      expect(screen.queryByText(trace)).toBeNull();
    }
  });

  it('is over when one is invited again', async () => {
    const { person, talk, router } = await openChannel();
    act(() => talk.set({ status: 'lost', items: [] }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/team'));
    await person.click(await list('Channels').findByRole('link', { name: /refunds/ }));
    act(() => talk.set({ status: 'ready' }));
    expect(await screen.findByRole('textbox', { name: 'Write a message' })).toBeVisible();
    expect(router.state.location.pathname).toBe('/team/conversation-1');
  });
});
