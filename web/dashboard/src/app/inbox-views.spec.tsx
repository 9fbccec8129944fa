import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AgentView, ConversationCounts, SavedViewView } from '../lib/wire';
import { aConversation, anAgent, anEnvironment, at, SELF } from '../test/factories';
import { fakeServer, page, refusal, type Answer } from '../test/fake-server';
import { renderApp } from '../test/render-app';

const COUNTS: ConversationCounts = {
  mine: 3,
  unassigned: 1,
  open: 1_000,
  pending: 0,
  snoozed: 2,
  resolved: null,
  mentions: 4,
  teams: [{ id: 'team-1', open: 5 }],
  tags: [{ tag: 'vip', open: 7 }],
};
const TEAM = { id: 'team-1', name: 'Refunds', description: null, agentIds: [], createdAt: at(0) };
const VIEW: SavedViewView = {
  id: 'view-1',
  name: 'Urgent refunds',
  filter: { status: 'open', teamId: 'team-1', priority: 'urgent' },
  position: 0,
};

interface Given {
  path?: string;
  as?: AgentView;
  counts?: () => Answer;
  views?: SavedViewView[];
}

function open({ path = '/inbox', as = SELF, counts = () => ({ body: COUNTS }), views = [VIEW] }: Given = {}) {
  let held = views;
  const server = fakeServer({
    'GET /v1/conversations': () => page([aConversation()]),
    'GET /v1/conversations/counts': counts,
    'GET /v1/teams': () => page([TEAM]),
    'GET /v1/agents': () => page([SELF, anAgent()]),
    'GET /v1/environments': () => page([anEnvironment()]),
    'GET /v1/agents/me/views': () => page(held),
    'POST /v1/agents/me/views': ({ body }) => {
      const made = { id: 'view-9', position: 9, ...(body as Pick<SavedViewView, 'name' | 'filter'>) };
      held = [...held, made];
      return { status: 201, body: made };
    },
    'PATCH /v1/agents/me/views/view-1': ({ body }) => {
      held = held.map((one) => (one.id === 'view-1' ? { ...one, ...(body as Partial<SavedViewView>) } : one));
      return { body: held[0] };
    },
    'PATCH /v1/agents/me/views/view-2': () => ({ body: {} }),
    'DELETE /v1/agents/me/views/view-1': () => {
      held = held.filter(({ id }) => id !== 'view-1');
      return { status: 204 };
    },
  });
  const app = renderApp({ path, as });
  const address = () => app.router.state.location.pathname + app.router.state.location.search;
  const changes = () =>
    server.requests
      .filter(({ method, path: asked }) => method !== 'GET' && asked.includes('/views'))
      .map(({ method, path: asked, body }) => [method, asked.split('/').at(-1), body]);
  const asked = () =>
    server.requests
      .filter(({ path: requested }) => requested === '/v1/conversations')
      .map(({ query }) => Object.fromEntries(query));
  return { ...app, ...server, address, changes, asked };
}

const views = async () => within(await screen.findByRole('navigation', { name: 'Views' }));

describe('the views of the inbox', () => {
  it('say how much waits in each', async () => {
    open();
    const nav = await views();
    expect(await nav.findByRole('link', { name: /^Mine 3 conversations/ })).toBeVisible();
    expect(nav.getByRole('link', { name: /^All open/ })).toHaveTextContent('999+');
    expect(nav.getByRole('link', { name: 'Pending' })).toBeVisible();
    expect(await nav.findByRole('link', { name: /^Refunds 5 conversations/ })).toBeVisible();
    expect(nav.getByRole('link', { name: /^vip 7 conversations/ })).toBeVisible();
  });

  it('count anew when a conversation moves, and not for every message in it', async () => {
    const { client, requests } = open();
    await (await views()).findByRole('link', { name: /^Mine 3/ });
    await screen.findByRole('link', { name: /Minjun/ });
    const counted = () => requests.filter(({ path }) => path.endsWith('/counts')).length;
    const before = counted();
    const next = aConversation({ headSeq: 2, updatedAt: at(2) });
    act(() => client.emit('conversation:updated', { conversation: next }));
    expect(counted()).toBe(before);
    act(() =>
      client.emit('conversation:updated', {
        conversation: aConversation({ headSeq: 3, updatedAt: at(3), status: 'pending' }),
      }),
    );
    await waitFor(() => expect(counted()).toBe(before + 1));
  });

  it('work without their numbers', async () => {
    open({ counts: () => refusal(503, 'common.unavailable') });
    expect(await (await views()).findByRole('link', { name: 'Mine' })).toBeVisible();
    expect(await screen.findByRole('link', { name: /Minjun/ })).toBeVisible();
  });

  it('ask for mentions in whatever conversation', async () => {
    const { person, asked } = open();
    await person.click((await views()).getByRole('link', { name: /^Mentions/ }));
    await waitFor(() => expect(asked().at(-1)).toMatchObject({ mentioned: 'true' }));
    expect(asked().at(-1)).not.toHaveProperty('kind');
  });

  it('lead to those of a team, and say so', async () => {
    const { person, address, asked } = open();
    await person.click(await (await views()).findByRole('link', { name: /^Refunds/ }));
    await waitFor(() => expect(address()).toBe('/inbox/all?team=team-1'));
    await waitFor(() => expect(asked().at(-1)).toMatchObject({ teamId: 'team-1', status: 'open' }));
    expect((await views()).getByRole('link', { name: /^Refunds/ })).toHaveAttribute('aria-current', 'page');
    expect((await views()).getByRole('link', { name: /^All open/ })).not.toHaveAttribute('aria-current');
    expect(await screen.findByRole('button', { name: 'Remove filter Team: Refunds' })).toBeVisible();
  });
});

describe('the filters of the inbox', () => {
  it('stand in the address and are taken off one by one', async () => {
    const { person, address, asked } = open({ path: '/inbox/pending?tag=vip&priority=high&assignee=me' });
    await screen.findByRole('link', { name: /Minjun/ });
    expect(asked()).toContainEqual(
      expect.objectContaining({ status: 'pending', tag: 'vip', priority: 'high', assigneeId: SELF.id }),
    );
    await person.click(screen.getByRole('button', { name: 'Remove filter Tag: vip' }));
    await waitFor(() => expect(address()).toBe('/inbox/pending?priority=high&assignee=me'));
    await waitFor(() => expect(asked().at(-1)).not.toHaveProperty('tag'));
  });

  it('are chosen by hand or by key', async () => {
    const { person, address } = open();
    await screen.findByRole('link', { name: /Minjun/ });
    await person.keyboard('f');
    const dialog = await screen.findByRole('dialog', { name: 'Filter' });
    await person.click(within(dialog).getByRole('combobox', { name: /Priority/ }));
    await person.click(await screen.findByRole('option', { name: 'Urgent' }));
    await waitFor(() => expect(address()).toBe('/inbox?priority=urgent'));
  });

  it('say when nothing fits them', async () => {
    fakeServer({ 'GET /v1/conversations': () => page([]) });
    renderApp({ path: '/inbox/all?tag=nobody', as: SELF });
    expect(await screen.findByText('No conversation fits')).toBeVisible();
  });
});

describe('a saved view', () => {
  it('is made of what the list is narrowed to, and is where one is then', async () => {
    const { person, address, changes } = open({ path: '/inbox/all?tag=vip&q=tea', views: [] });
    await person.click(await screen.findByRole('button', { name: 'Save view' }));
    const dialog = await screen.findByRole('dialog', { name: 'Save view' });
    await person.type(within(dialog).getByRole('textbox'), 'Tea people{Enter}');
    await waitFor(() => expect(address()).toBe('/inbox/all?q=tea&tag=vip&saved=view-9'));
    expect(changes()).toEqual([
      ['POST', 'views', { name: 'Tea people', filter: { status: 'open', tag: 'vip', query: 'tea' } }],
    ]);
    const link = await (await views()).findByRole('link', { name: 'Tea people' });
    expect(link).toHaveAttribute('aria-current', 'page');
    expect(screen.getByRole('heading', { name: 'Tea people' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Save view' })).not.toBeInTheDocument();
  });

  it('says with what it was changed, and takes it over', async () => {
    const { person, changes } = open({ path: '/inbox/all?team=team-1&priority=urgent&tag=vip&saved=view-1' });
    await person.click(await screen.findByRole('button', { name: 'Update “Urgent refunds”' }));
    const filter = { status: 'open', teamId: 'team-1', priority: 'urgent', tag: 'vip' };
    await waitFor(() => expect(changes()).toEqual([['PATCH', 'view-1', { filter }]]));
    await waitFor(() => expect(screen.queryByRole('button', { name: /^Update/ })).not.toBeInTheDocument());
  });

  it('is renamed', async () => {
    const { person, changes } = open();
    await person.click(await (await views()).findByRole('button', { name: 'Options of Urgent refunds' }));
    await person.click(await screen.findByRole('menuitem', { name: 'Rename' }));
    const field = within(await screen.findByRole('dialog', { name: 'Rename' })).getByRole('textbox');
    expect(field).toHaveValue('Urgent refunds');
    await person.clear(field);
    await person.type(field, 'Fires{Enter}');
    expect(await (await views()).findByRole('link', { name: 'Fires' })).toBeVisible();
    expect(changes()).toEqual([['PATCH', 'view-1', { name: 'Fires' }]]);
  });

  it('is moved among the others', async () => {
    const other = { ...VIEW, id: 'view-2', name: 'Others', position: 1 };
    const { person, changes } = open({ views: [VIEW, other] });
    await person.click(await (await views()).findByRole('button', { name: 'Options of Urgent refunds' }));
    expect(await screen.findByRole('menuitem', { name: 'Move up' })).toHaveAttribute('aria-disabled', 'true');
    await person.click(screen.getByRole('menuitem', { name: 'Move down' }));
    await waitFor(() =>
      expect(changes()).toEqual([
        ['PATCH', 'view-2', { position: 0 }],
        ['PATCH', 'view-1', { position: 1 }],
      ]),
    );
  });

  it('is deleted, and one is not left in it', async () => {
    const { person, address } = open({ path: '/inbox/all?team=team-1&priority=urgent&saved=view-1' });
    await person.click(await (await views()).findByRole('button', { name: 'Options of Urgent refunds' }));
    await person.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByText('Saved')).not.toBeInTheDocument());
    expect(address()).toBe('/inbox/all');
  });
});
