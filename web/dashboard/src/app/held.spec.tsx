import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AgentView, MessageView } from '../lib/wire';
import { aConversation, aMessage, anAgent, aUser, SELF } from '../test/factories';
import { fakeServer, page, refusal, type Answer } from '../test/fake-server';
import { renderApp } from '../test/render-app';

const VIEWER = anAgent({ id: 'agent-7', role: 'viewer' });
const HELD = aMessage({ id: 'message-1', content: 'best casino', held: true });
const PATH = '/v1/conversations/conversation-1';
const place = { id: 'conversation-1', kind: 'support', title: 'Minjun' };

interface Given {
  as?: AgentView;
  path?: string;
  held?: Answer;
  review?: Answer;
}

function open({ as = SELF, path = '/inbox/held', held, review = { body: HELD } }: Given = {}) {
  let list = held ?? page([{ message: HELD, conversation: place }]);
  const conversation = aConversation({ id: 'conversation-1' });
  const server = fakeServer({
    'GET /v1/messages/held': () => list,
    'GET /v1/conversations': () => page([conversation]),
    [`GET ${PATH}`]: () => ({ body: conversation }),
    [`GET ${PATH}/pins`]: () => page([]),
    [`PUT ${PATH}/messages/message-1/review`]: () => {
      list = page([]);
      return review;
    },
    'GET /v1/users/user-1': () => ({ body: aUser() }),
    'GET /v1/agents': () => page([SELF]),
    'GET /v1/environments': () => page([]),
  });
  const app = renderApp({ path, as });
  const decisions = () => server.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body);
  const answerWith = (answer: Answer) => {
    list = answer;
  };
  return { ...app, ...server, decisions, answerWith };
}

const list = () => screen.findByRole('list', { name: 'Held messages' });

describe('held messages in the inbox', () => {
  it('are listed with what they say, and lead into their conversation', async () => {
    const { person, router } = open();
    const row = within(await list()).getByRole('listitem');
    expect(row).toHaveTextContent('best casino');
    expect(screen.getByRole('link', { name: /1 message waits to be checked/ })).toBeVisible();
    await person.click(within(row).getByRole('link', { name: 'Open conversation' }));
    expect(router.state.location.pathname).toBe('/inbox/held/conversation-1');
  });

  it('go when they are approved', async () => {
    const { person, decisions } = open();
    await person.click(within(await list()).getByRole('button', { name: 'Approve' }));
    expect(await screen.findByText('Nothing is held')).toBeVisible();
    expect(decisions()).toEqual([{ decision: 'approve' }]);
  });

  it('are removed after a question', async () => {
    const { person, decisions } = open();
    await person.click(within(await list()).getByRole('button', { name: 'Remove' }));
    expect(decisions()).toEqual([]);
    const dialog = await screen.findByRole('dialog', { name: 'Remove this message?' });
    await person.click(within(dialog).getByRole('button', { name: 'Remove' }));
    expect(await screen.findByText('Nothing is held')).toBeVisible();
    expect(decisions()).toEqual([{ decision: 'reject' }]);
  });

  it('go with a word when somebody else has decided', async () => {
    const { person } = open({ review: refusal(409, 'chat.message_not_held') });
    await person.click(within(await list()).getByRole('button', { name: 'Approve' }));
    expect(await screen.findByRole('alert')).toBeVisible();
    expect(await screen.findByText('Nothing is held')).toBeVisible();
  });

  it('appear when a conversation moves on without anything to show', async () => {
    const { client, answerWith } = open({ held: page([]) });
    await screen.findByText('Nothing is held');
    answerWith(page([{ message: HELD, conversation: place }]));
    const conversation = aConversation({ id: 'conversation-1', headSeq: 9 });
    act(() => client.emit('conversation:updated', { conversation }));
    expect(await list()).toBeVisible();
  });

  it('can be asked for again when that failed', async () => {
    const { person, answerWith } = open({ held: refusal(400, 'common.unknown') });
    const again = await screen.findByRole('button', { name: 'Try again' });
    answerWith(page([]));
    await person.click(again);
    expect(await screen.findByText('Nothing is held')).toBeVisible();
  });

  it('are for those who decide over them', async () => {
    open({ as: VIEWER, held: refusal(403, 'auth.forbidden') });
    expect(await screen.findByText('Not for your role')).toBeVisible();
    expect(screen.queryByRole('link', { name: /^Held/ })).toBeNull();
  });
});

describe('a held message in its conversation', () => {
  async function openWith(message: MessageView, as: AgentView = SELF) {
    const app = open({ as, path: '/inbox/all/conversation-1' });
    await screen.findByRole('region', { name: 'Messages' });
    const talk = app.client.conversation('conversation-1');
    act(() => talk.receive(message));
    return { ...app, talk, row: within(await screen.findByRole('article')) };
  }

  it('is shown when it is asked for', async () => {
    const { person, row } = await openWith(HELD);
    expect(row.getByText('Held: contains banned words')).toBeVisible();
    expect(row.queryByText('best casino')).toBeNull();
    await person.click(row.getByRole('button', { name: 'Show' }));
    expect(row.getByText('best casino')).toBeVisible();
    await person.click(row.getByRole('button', { name: 'Hide' }));
    expect(row.queryByText('best casino')).toBeNull();
  });

  it('is there like any other once it is approved', async () => {
    const { person, row, talk, decisions } = await openWith(HELD);
    await person.click(row.getByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(decisions()).toEqual([{ decision: 'approve' }]));
    const message = { ...HELD, held: false, rev: 1 };
    act(() => talk.set({ items: [{ kind: 'message', key: HELD.id, message }] }));
    expect(await row.findByText('best casino')).toBeVisible();
    expect(row.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('is neither answered nor pinned nor reacted to', async () => {
    const { person, row } = await openWith(HELD);
    await person.click(row.getByRole('button', { name: 'Message actions' }));
    const offered = screen.getAllByRole('menuitem').map((item) => item.textContent);
    expect(offered).toEqual(['Copy text', 'Copy link', 'Delete as an admin']);
  });

  it('is decided over by those who work', async () => {
    const { row } = await openWith(HELD, VIEWER);
    expect(row.getByRole('button', { name: 'Show' })).toBeVisible();
    expect(row.queryByRole('button', { name: 'Approve' })).toBeNull();
  });
});
