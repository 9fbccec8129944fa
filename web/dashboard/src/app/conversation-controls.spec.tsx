import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aConversation, anAgent, aUser, at, SELF } from '../test/factories';
import { fakeServer, page, refusal, type Answer } from '../test/fake-server';
import { renderApp } from '../test/render-app';
import { nameIn } from '../lib/download';
import { tagsAfter } from '../lib/tags';
import type { AgentView, BulkChangeBody, UserView } from '../lib/wire';

const VIEWER = anAgent({ id: 'agent-7', role: 'viewer' });
const FILE_NAME = 'attachment; filename="conversation-1.html"; filename*=UTF-8\'\'%EA%B5%90%ED%99%98.html';

interface World {
  as?: AgentView;
  user?: Partial<UserView>;
  exported?: () => Answer;
  routes?: Parameters<typeof fakeServer>[0];
}

async function open({ as = SELF, user: fields, exported, routes }: World = {}) {
  const user = aUser(fields);
  const conversation = aConversation();
  const server = fakeServer({
    'GET /v1/conversations': () => page([conversation]),
    'GET /v1/conversations/conversation-1': () => ({ body: conversation }),
    'GET /v1/conversations/conversation-1/pins': () => page([]),
    'GET /v1/conversations/conversation-1/export': exported ?? (() => ({ status: 404 })),
    'PATCH /v1/conversations/conversation-1': ({ body }) => ({
      body: { ...conversation, ...(body as object), updatedAt: at(3) },
    }),
    'GET /v1/users/user-1': () => ({ body: user }),
    'GET /v1/users/user-1/export': exported ?? (() => ({ status: 404 })),
    'PUT /v1/users/user-1/block': () => ({ body: { ...user, blockedAt: at(3) } }),
    'DELETE /v1/users/user-1/block': () => ({ body: { ...user, blockedAt: null } }),
    'GET /v1/agents': () => page([SELF]),
    'GET /v1/environments': () => page([]),
    ...routes,
  });
  const app = renderApp({ path: '/inbox/all/conversation-1', as });
  const panel = within(await screen.findByRole('complementary', { name: 'Details' }));
  await panel.findByText('minjun@example.com');
  return { ...app, ...server, panel };
}

describe('blocking a user', () => {
  it('happens after a question, and shows', async () => {
    const { panel, person, requests } = await open();
    await person.click(panel.getByRole('button', { name: 'Block user' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Block Minjun?' }));
    expect(requests.some(({ method }) => method === 'PUT')).toBe(false);
    await person.click(dialog.getByRole('button', { name: 'Block user' }));
    expect(await panel.findByText(/^Blocked since/)).toBeVisible();
    expect(screen.getByText(/can read your answer, but not write back/)).toBeVisible();
    expect(panel.getByRole('button', { name: 'Unblock user', hidden: true })).toBeEnabled();
  });

  it('is taken back', async () => {
    const { panel, person } = await open({ user: { blockedAt: at(1) } });
    await person.click(panel.getByRole('button', { name: 'Unblock user' }));
    await waitFor(() => expect(panel.queryByText(/^Blocked since/)).toBeNull());
    expect(screen.queryByText(/not write back/)).toBeNull();
  });

  it('is not for viewers', async () => {
    const { panel } = await open({ as: VIEWER });
    expect(panel.getByRole('button', { name: 'Block user' })).toBeDisabled();
  });
});

describe('slow mode', () => {
  it('is set for the user of the conversation', async () => {
    const { panel, person, requests } = await open();
    await person.click(panel.getByRole('combobox', { name: 'Slow mode' }));
    await person.click(await screen.findByRole('option', { name: '30 seconds' }));
    expect(await panel.findByText('The user waits this long between two messages.')).toBeVisible();
    expect(requests.find(({ method }) => method === 'PATCH')?.body).toEqual({ slowModeSeconds: 30 });
  });

  it('is not for viewers', async () => {
    const { panel } = await open({ as: VIEWER });
    expect(panel.getByRole('combobox', { name: 'Slow mode' })).toHaveAttribute('aria-disabled', 'true');
  });
});

describe('tags', () => {
  const bulkRoute = 'POST /v1/conversations/bulk';
  const tagsIn = (panel: Awaited<ReturnType<typeof open>>['panel']) =>
    panel.findAllByRole('combobox', { name: 'Tags' }).then(([first]) => first!);

  it('that are changed quickly all arrive, and a colleague’s stay', async () => {
    let tags: string[] = [];
    const now = () => aConversation({ tags, updatedAt: at(tags.length + 1) });
    const answers: (() => void)[] = [];
    const { panel, person, client, requests } = await open({
      routes: {
        'GET /v1/conversations/conversation-1': () => ({ body: now() }),
        [bulkRoute]: async ({ body }) => {
          await new Promise<void>((resolve) => answers.push(resolve));
          tags = tagsAfter(tags, body as BulkChangeBody);
          return { body: { items: [{ id: 'conversation-1', ok: true }] } };
        },
      },
    });
    const sent = () => requests.filter(({ path }) => path.endsWith('/bulk')).map(({ body }) => body);
    const ids = ['conversation-1'];
    await person.type(await tagsIn(panel), 'refund{Enter}vip{Enter}');
    expect(await panel.findByRole('button', { name: 'vip' })).toBeVisible();
    expect(panel.getByRole('button', { name: 'refund' })).toBeVisible();
    expect(sent()).toEqual([{ ids, addTags: ['refund'], removeTags: [] }]);
    tags = ['theirs'];
    act(() => client.emit('conversation:updated', { conversation: now() }));
    expect(await panel.findByRole('button', { name: 'theirs' })).toBeVisible();
    answers[0]!();
    await waitFor(() => expect(sent()[1]).toEqual({ ids, addTags: ['vip'], removeTags: [] }));
    answers[1]!();
    await waitFor(() => expect(tags).toEqual(['theirs', 'refund', 'vip']));
    const asked = { method: 'GET', path: '/v1/conversations/conversation-1' };
    await waitFor(() => expect(requests.at(-1)).toMatchObject(asked));
    for (const name of tags) expect(await panel.findByRole('button', { name })).toBeVisible();
  });

  it('that are refused go again, with the reason', async () => {
    const error = { code: 'auth.forbidden', message: 'No.', requestId: 'r' };
    const { panel, person } = await open({
      routes: { [bulkRoute]: () => ({ body: { items: [{ id: 'conversation-1', ok: false, error }] } }) },
    });
    await person.type(await tagsIn(panel), 'refund{Enter}');
    expect(await screen.findByText('Your role does not allow this.')).toBeVisible();
    await waitFor(() => expect(panel.queryByRole('button', { name: 'refund' })).toBeNull());
  });
});

describe('an export', () => {
  const saved: string[] = [];

  beforeEach(() => {
    saved.length = 0;
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => {} }));
    HTMLAnchorElement.prototype.click = function click() {
      saved.push(this.download);
    };
  });

  it('of a conversation is a file under the name that it was given', async () => {
    const headers = { 'content-disposition': FILE_NAME };
    const { person, requests } = await open({ exported: () => ({ body: 'x', headers }) });
    await person.click(screen.getByRole('button', { name: 'Conversation menu' }));
    expect(screen.getAllByRole('menuitem', { name: /^Export/ })).toHaveLength(3);
    await person.click(screen.getByRole('menuitem', { name: 'Export as a page (HTML)' }));
    expect(await screen.findByText('교환.html is in your downloads')).toBeVisible();
    expect(saved).toEqual(['교환.html']);
    const asked = requests.find(({ path }) => path.endsWith('/export'));
    expect(Object.fromEntries(asked!.query)).toEqual({ format: 'html', language: 'en' });
  });

  it('says why it was refused, and is tried again', async () => {
    let answer = refusal(429, 'common.rate_limited');
    const { person } = await open({ exported: () => answer });
    await person.click(screen.getByRole('button', { name: 'Conversation menu' }));
    await person.click(screen.getByRole('menuitem', { name: 'Export as text' }));
    expect(await screen.findByText('Too many requests. Please wait a moment.')).toBeVisible();
    answer = { body: 'x' };
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(saved).toEqual(['download']));
  });

  it('of a user is for admins', async () => {
    const headers = { 'content-disposition': 'attachment; filename="user-1.ndjson"' };
    const { panel, person } = await open({ exported: () => ({ body: {}, headers }) });
    await person.click(panel.getByRole('button', { name: 'Export everything stored' }));
    await waitFor(() => expect(saved).toEqual(['user-1.ndjson']));
  });

  it('of a user is not for agents', async () => {
    const { panel } = await open({ as: anAgent({ id: 'agent-7' }) });
    expect(panel.getByRole('button', { name: 'Export everything stored' })).toBeDisabled();
  });

  it('is not for viewers', async () => {
    const { person } = await open({ as: VIEWER });
    await person.click(screen.getByRole('button', { name: 'Conversation menu' }));
    expect(screen.queryByRole('menuitem', { name: /^Export/ })).toBeNull();
  });

  it.each([
    [FILE_NAME, '교환.html'],
    ['attachment; filename="a.json"', 'a.json'],
    ['attachment; filename="a.json"; filename*=UTF-8\'\'%E0%A4%A', 'a.json'],
    [null, null],
  ])('is named by %s', (disposition, name) => expect(nameIn(disposition)).toBe(name));
});
