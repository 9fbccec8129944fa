import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AgentView } from '../lib/wire';
import { EMPTY_DRAFT, saveDraft } from '../lib/drafts';
import { signIn } from '../lib/session';
import { aConversation, anAgent, aSession, aUser, SELF } from '../test/factories';
import { fakeServer, page } from '../test/fake-server';
import { renderApp } from '../test/render-app';

const HAEUN = { type: 'user', id: 'user-2', name: 'Haeun', avatarUrl: null } as const;
const SECOND = aConversation({ id: 'conversation-2', user: HAEUN });
const PALETTE_KEYS = '{Control>}k{/Control}';

function open(path = '/inbox/all', as: AgentView = SELF) {
  const all = [aConversation(), SECOND];
  const server = fakeServer({
    'GET /v1/conversations': ({ query }) => (query.get('kind') === 'support' ? page(all) : page([SECOND])),
    'GET /v1/conversations/conversation-1': () => ({ body: all[0] }),
    'GET /v1/conversations/conversation-2': () => ({ body: SECOND }),
    'GET /v1/conversations/conversation-1/pins': () => page([]),
    'GET /v1/conversations/conversation-2/pins': () => page([]),
    'GET /v1/users/user-1': () => ({ body: aUser() }),
    'GET /v1/users/user-2': () => ({ body: aUser({ id: 'user-2' }) }),
    'GET /v1/users': () => page([aUser({ id: 'user-2', profile: { ...aUser().profile, name: 'Haeun' } })]),
    'GET /v1/agents': () => page([SELF, anAgent()]),
    'GET /v1/environments': () => page([]),
    'GET /v1/teams': () => page([]),
    'POST /v1/conversations/bulk': ({ body }) => ({
      body: { items: (body as { ids: string[] }).ids.map((id) => ({ id, ok: true })) },
    }),
  });
  const app = renderApp({ path, as });
  const bulk = () =>
    server.requests.filter(({ path: asked }) => asked.endsWith('/bulk')).map(({ body }) => body);
  const address = () => app.router.state.location.pathname + app.router.state.location.search;
  return { ...app, ...server, bulk, address };
}

const palette = () => screen.findByRole('combobox', { name: /^Type a command/ });
const row = (name: RegExp) => screen.findByRole('link', { name });

describe('the keys of the inbox', () => {
  it('work with a Korean input method on', async () => {
    open();
    await row(/Minjun/);
    fireEvent.keyDown(document.body, { key: 'ㅓ', code: 'KeyJ' });
    await waitFor(async () => expect(await row(/Minjun/)).toHaveFocus());
  });

  it('do to the row that has the focus what they say', async () => {
    const { person, bulk } = open();
    await row(/Haeun/);
    await person.keyboard('jj');
    await waitFor(async () => expect(await row(/Haeun/)).toHaveFocus());
    await person.keyboard('e');
    expect(bulk()).toEqual([{ ids: ['conversation-2'], status: 'resolved' }]);
    // Gone at once, and the focus is on what stands there now.
    await waitFor(() => expect(screen.queryByRole('link', { name: /Haeun/ })).not.toBeInTheDocument());
    await waitFor(async () => expect(await row(/Minjun/)).toHaveFocus());
    await person.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(bulk()[1]).toEqual({ ids: ['conversation-2'], status: 'open' }));
    expect(await row(/Haeun/)).toBeVisible();
  });

  it('give a conversation to oneself, or to who is chosen', async () => {
    const { person, bulk } = open();
    await row(/Minjun/);
    await person.keyboard('ji');
    await waitFor(() => expect(bulk()).toEqual([{ ids: ['conversation-1'], assigneeId: SELF.id }]));
    await person.keyboard('a');
    await person.type(await screen.findByRole('combobox', { name: 'Assign to…' }), 'ji{Enter}');
    await waitFor(() => expect(bulk()[1]).toEqual({ ids: ['conversation-1'], assigneeId: 'agent-2' }));
  });

  it('snooze until a time that is asked for', async () => {
    const { person, bulk } = open();
    await row(/Minjun/);
    await person.keyboard('js');
    await person.click(await screen.findByRole('button', { name: /In one hour/ }));
    await waitFor(() => expect(bulk()).toEqual([expect.objectContaining({ status: 'snoozed' })]));
  });

  it('snooze until any time', async () => {
    const { person, bulk } = open();
    await row(/Minjun/);
    await person.keyboard('js');
    const dialog = within(await screen.findByRole('dialog', { name: 'Snooze until' }));
    fireEvent.change(dialog.getByLabelText('Date and time'), { target: { value: '2099-01-02T09:00' } });
    await person.click(dialog.getByRole('button', { name: 'Snooze' }));
    const until = new Date('2099-01-02T09:00').toISOString();
    await waitFor(() => expect(bulk()[0]).toMatchObject({ status: 'snoozed', until }));
  });

  it('write to the row that has the focus, not to what happens to be open', async () => {
    const { person, address } = open('/inbox/all/conversation-1');
    await screen.findByRole('textbox', { name: 'Write a message' });
    await person.keyboard('j');
    await waitFor(async () => expect(await row(/Haeun/)).toHaveFocus());
    await person.keyboard('r');
    await waitFor(() => expect(address()).toBe('/inbox/all/conversation-2'));
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Write a message' })).toHaveFocus());
    // And now the letters are letters.
    await person.keyboard('ear');
    expect(screen.getByRole('textbox', { name: 'Write a message' })).toHaveValue('ear');
  });

  it('are commands again after Escape in the field', async () => {
    const { person, bulk } = open('/inbox/all/conversation-1');
    await screen.findByRole('textbox', { name: 'Write a message' });
    await person.keyboard('rDone{Escape}e');
    await waitFor(() => expect(bulk()).toEqual([{ ids: ['conversation-1'], status: 'resolved' }]));
    expect(screen.getByRole('textbox', { name: 'Write a message' })).toHaveValue('Done');
  });

  it('turn what is written into a note', async () => {
    const { person } = open('/inbox/all/conversation-1');
    await screen.findByRole('textbox', { name: 'Write a message' });
    await person.keyboard('n');
    expect(await screen.findByRole('button', { name: 'Add note' })).toBeVisible();
  });

  it('do nothing for a viewer but look', async () => {
    const { person, bulk } = open('/inbox/all', anAgent({ id: 'agent-7', role: 'viewer' }));
    await row(/Minjun/);
    await person.keyboard('jxe');
    await waitFor(async () => expect(await row(/Minjun/)).toHaveFocus());
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    expect(screen.queryByRole('toolbar')).not.toBeInTheDocument();
    expect(bulk()).toEqual([]);
  });

  it('go from place to place, two after each other', async () => {
    const { person, address } = open();
    await row(/Minjun/);
    await person.keyboard('gt');
    await waitFor(() => expect(address()).toBe('/team'));
    await person.keyboard('go');
    await waitFor(() => expect(address()).toBe('/overview'));
    await person.keyboard('gi');
    await waitFor(() => expect(address()).toBe('/inbox'));
    await person.keyboard('/');
    expect(screen.getByRole('searchbox', { name: 'Search conversations' })).toHaveFocus();
  });

  it('are all on one sheet', async () => {
    const { person } = open();
    await row(/Minjun/);
    await person.keyboard('?');
    const sheet = within(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }));
    expect(sheet.getByText('Assign to me')).toBeVisible();
    expect(sheet.getByText('Go to the team')).toBeVisible();
    // What lies below is not reached.
    await person.keyboard('gt');
    expect(sheet.getByText('Go to the team')).toBeVisible();
  });
});

describe('the palette', () => {
  it('opens from everywhere, a field too, and gives the focus back', async () => {
    const { person } = open('/inbox/all/conversation-1');
    const field = await screen.findByRole('textbox', { name: 'Write a message' });
    await person.click(field);
    await person.keyboard(PALETTE_KEYS);
    expect(await palette()).toHaveFocus();
    await person.keyboard('{Escape}');
    await waitFor(() => expect(field).toHaveFocus());
  });

  it('does what is chosen in it, to what is open', async () => {
    const { person, bulk } = open('/inbox/all/conversation-1');
    await screen.findByRole('textbox', { name: 'Write a message' });
    await person.keyboard(PALETTE_KEYS);
    await person.type(await palette(), 'resol');
    expect(screen.getByRole('option', { name: /^Resolve/ })).toHaveTextContent('E');
    await person.keyboard('{Enter}');
    await waitFor(() => expect(bulk()).toEqual([{ ids: ['conversation-1'], status: 'resolved' }]));
    expect(screen.queryByRole('combobox', { name: /^Type a command/ })).not.toBeInTheDocument();
  });

  it('finds conversations and users, and hands on to the search', async () => {
    const { person, address } = open();
    await row(/Minjun/);
    await person.keyboard(PALETTE_KEYS);
    await person.type(await palette(), 'haeun');
    const found = await screen.findByRole('group', { name: 'Conversations' });
    expect(await screen.findByRole('group', { name: 'Users' })).toBeVisible();
    await person.click(within(found).getByRole('option', { name: /Haeun/ }));
    await waitFor(() => expect(address()).toBe('/inbox/all/conversation-2'));
    await person.keyboard(PALETTE_KEYS);
    await person.type(await palette(), 'zz');
    await person.click(await screen.findByRole('option', { name: /^Search messages for/ }));
    await waitFor(() => expect(address()).toBe('/search?q=zz'));
  });

  it('leads to the lists of the inbox by name', async () => {
    const { person, address } = open('/team');
    await screen.findByRole('heading', { name: 'Team' });
    await person.keyboard(PALETTE_KEYS);
    await person.type(await palette(), 'snoozed');
    await person.keyboard('{Enter}');
    await waitFor(() => expect(address()).toBe('/inbox/snoozed'));
  });

  it('has nothing to do with conversations for a viewer', async () => {
    const { person } = open('/inbox/all/conversation-1', anAgent({ id: 'agent-7', role: 'viewer' }));
    await row(/Minjun/);
    await person.keyboard(PALETTE_KEYS);
    await palette();
    expect(screen.queryByRole('option', { name: /^Resolve/ })).not.toBeInTheDocument();
    expect(screen.getByRole('option', { name: /^Go to the team/ })).toBeVisible();
  });
});

describe('a row with something unsent', () => {
  it('says so, unless it is the one that is open', async () => {
    signIn(aSession());
    saveDraft('conversation-2', { ...EMPTY_DRAFT, content: 'It leaves tomor' });
    open('/inbox/all/conversation-1');
    expect(await row(/Haeun/)).toHaveTextContent('Draft: It leaves tomor');
    expect(await row(/Minjun/)).not.toHaveTextContent('Draft:');
  });
});
