import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { BulkChangeBody, ConversationView } from '../lib/wire';
import { aConversation, anAgent, at, SELF } from '../test/factories';
import { fakeServer, page, refusal, type Answer } from '../test/fake-server';
import { renderApp } from '../test/render-app';

const NAMES = ['Minjun', 'Haeun', 'Jiho', 'Yuna'];
const ALL = NAMES.map((name, index) =>
  aConversation({
    id: `conversation-${index + 1}`,
    user: { type: 'user', id: `user-${index + 1}`, name, avatarUrl: null },
    tags: name === 'Jiho' ? ['refund'] : [],
  }),
);

type Result = (body: BulkChangeBody) => Answer | Promise<Answer>;
const allWell = ({ ids }: BulkChangeBody): Answer => ({
  body: { items: ids.map((id) => ({ id, ok: true })) },
});

function open(result: Result = allWell, conversations: ConversationView[] = ALL) {
  const server = fakeServer({
    'GET /v1/conversations': () => page(conversations),
    'GET /v1/agents': () => page([SELF, anAgent()]),
    'GET /v1/environments': () => page([]),
    'GET /v1/teams': () => page([]),
    'POST /v1/conversations/bulk': ({ body }) => result(body as BulkChangeBody),
  });
  const app = renderApp({ path: '/inbox/all', as: SELF });
  const bulk = () => server.requests.filter(({ path }) => path.endsWith('/bulk')).map(({ body }) => body);
  return { ...app, ...server, bulk };
}

const box = (name: string) => screen.findByRole('checkbox', { name: `Select ${name}` });
const bar = async () => within(await screen.findByRole('toolbar'));
const ids = (...numbers: number[]) => numbers.map((number) => `conversation-${number}`);

describe('choosing several conversations', () => {
  it('is done with boxes, ranges with Shift', async () => {
    const { person } = open();
    await person.click(await box('Minjun'));
    expect((await bar()).getByText('1 selected')).toBeVisible();
    fireEvent.click(screen.getByRole('link', { name: /Jiho/ }), { shiftKey: true });
    expect((await bar()).getByText('3 selected')).toBeVisible();
    await person.click(await box('Haeun'));
    expect((await bar()).getByText('2 selected')).toBeVisible();
  });

  it('takes the whole row for a box where there are only fingers', async () => {
    const media = window.matchMedia;
    vi.stubGlobal('matchMedia', (query: string) => ({ ...media(query), matches: query === '(hover: none)' }));
    onTestFinished(() => void vi.stubGlobal('matchMedia', media));
    const { person, router } = open();
    await person.click(await screen.findByRole('button', { name: 'Select conversations' }));
    await person.click(screen.getByRole('link', { name: /Minjun/ }));
    await person.click(screen.getByRole('link', { name: /Jiho/ }));
    expect((await bar()).getByText('2 selected')).toBeVisible();
    expect(router.state.location.pathname).toBe('/inbox/all');
  });

  it('says in a word what each action is, for fingers that no tooltip helps', async () => {
    const { person } = open();
    await person.click(await box('Minjun'));
    expect((await bar()).getByRole('button', { name: 'Set to pending' })).toHaveTextContent('Pending');
    expect((await bar()).getByRole('button', { name: 'Give to a team' })).toHaveTextContent('Team');
  });

  it('is done with keys, and ended with Escape', async () => {
    const { person } = open();
    await box('Minjun');
    await person.keyboard('jx');
    expect(await box('Minjun')).toBeChecked();
    await person.keyboard('jx');
    expect((await bar()).getByText('2 selected')).toBeVisible();
    await person.keyboard('{Shift>}x{/Shift}');
    expect((await bar()).getByText('4 selected')).toBeVisible();
    await person.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('toolbar')).not.toBeInTheDocument());
  });

  it('forgets what has left the list meanwhile', async () => {
    const { person, client } = open();
    await person.click(await box('Minjun'));
    await person.click(await box('Haeun'));
    const gone = { ...ALL[1]!, status: 'resolved' as const, updatedAt: at(9) };
    act(() => client.emit('conversation:updated', { conversation: gone }));
    await waitFor(async () => expect((await bar()).getByText('1 selected')).toBeVisible());
  });
});

describe('changing several conversations', () => {
  it('asks once, shows it at once and can be undone', async () => {
    const { person, bulk } = open();
    await person.click(await box('Minjun'));
    await person.click(await box('Yuna'));
    await person.click((await bar()).getByRole('button', { name: 'Resolve' }));
    await waitFor(() => expect(screen.queryByRole('link', { name: /Yuna/ })).not.toBeInTheDocument());
    expect(bulk()).toEqual([{ ids: ids(1, 4), status: 'resolved' }]);
    expect(await screen.findByText('2 conversations resolved')).toBeVisible();
    expect(screen.queryByRole('toolbar')).not.toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(bulk()[1]).toEqual({ ids: ids(1, 4), status: 'open' }));
    expect(await screen.findByText('Undone')).toBeVisible();
    expect(await screen.findByRole('link', { name: /Yuna/ })).toBeVisible();
  });

  it('takes back what failed, and says what and why', async () => {
    const { person } = open(({ ids: asked }) => ({
      body: {
        items: asked.map((id) =>
          id === 'conversation-2'
            ? { id, ok: false, error: { code: 'auth.forbidden', message: 'No.', requestId: 'r' } }
            : { id, ok: true },
        ),
      },
    }));
    await person.click(await box('Minjun'));
    await person.click(await box('Haeun'));
    await person.click((await bar()).getByRole('button', { name: 'Resolve' }));
    expect(await screen.findByText('1 of 2 conversations could not be changed')).toBeVisible();
    expect(await screen.findByRole('link', { name: /Haeun/ })).toBeVisible();
    expect(screen.queryByRole('link', { name: /Minjun/ })).not.toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Show why' }));
    const dialog = await screen.findByRole('dialog', { name: 'Not changed' });
    expect(within(dialog).getByText('Haeun')).toBeVisible();
    expect(within(dialog).getByText('Your role does not allow this.')).toBeVisible();
    await person.click(within(dialog).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
  });

  const resolvedSince = (index: number) => ({
    conversation: { ...ALL[index]!, unread: undefined, status: 'resolved' as const, updatedAt: at(9) },
  });

  it('leaves what was done meanwhile as it is, when it seems to have failed', async () => {
    let end: (answer: Answer) => void = () => undefined;
    const { person, client } = open(() => new Promise<Answer>((resolve) => (end = resolve)));
    await person.click(await box('Minjun'));
    await person.click(await box('Haeun'));
    await person.click((await bar()).getByRole('button', { name: 'Resolve' }));
    await waitFor(() => expect(screen.queryByRole('link', { name: /Haeun/ })).not.toBeInTheDocument());
    act(() => client.emit('conversation:updated', resolvedSince(1)));
    end(refusal(503, 'common.unavailable'));
    expect(await screen.findByRole('link', { name: /Minjun/ })).toBeVisible();
    expect(screen.queryByRole('link', { name: /Haeun/ })).not.toBeInTheDocument();
  });

  it('shows at once that it is undone, also when the server has told that it was done', async () => {
    let isUndone = false;
    const { person, client } = open((body) => {
      const answer = isUndone ? new Promise<Answer>(() => undefined) : allWell(body);
      isUndone = true;
      return answer;
    });
    await person.click(await box('Minjun'));
    await person.click((await bar()).getByRole('button', { name: 'Resolve' }));
    const undo = await screen.findByRole('button', { name: 'Undo' });
    expect(screen.queryByRole('link', { name: /Minjun/ })).not.toBeInTheDocument();
    act(() => client.emit('conversation:updated', resolvedSince(0)));
    await person.click(undo);
    expect(await screen.findByRole('link', { name: /Minjun/ })).toBeVisible();
  });

  it('gives them to somebody, whose name is seen at once', async () => {
    const { person, bulk } = open();
    await person.click(await box('Minjun'));
    await person.click(await box('Haeun'));
    await person.click((await bar()).getByRole('button', { name: 'Assign' }));
    await person.click(await screen.findByRole('option', { name: /Jihoon/ }));
    await waitFor(() => expect(bulk()).toEqual([{ ids: ids(1, 2), assigneeId: 'agent-2' }]));
    expect(await screen.findByRole('link', { name: /Haeun.*Assignee: Jihoon/ })).toBeVisible();
  });

  it('adds a tag that nobody had so far, and takes one off', async () => {
    const { person, bulk } = open();
    await person.click(await box('Jiho'));
    await person.click(await box('Yuna'));
    await person.click((await bar()).getByRole('button', { name: 'Tags' }));
    await person.type(await screen.findByRole('combobox', { name: /^Tag 2/ }), 'vip{Enter}');
    await waitFor(() => expect(bulk()).toEqual([{ ids: ids(3, 4), addTags: ['vip'] }]));
    await person.click(await box('Jiho'));
    await person.click((await bar()).getByRole('button', { name: 'Tags' }));
    const taken = await screen.findByRole('group', { name: 'Take off' });
    await person.click(within(taken).getByRole('option', { name: 'refund' }));
    await waitFor(() => expect(bulk()[1]).toEqual({ ids: ids(3), removeTags: ['refund'] }));
  });
});
