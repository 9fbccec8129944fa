import { ChatError } from '@fast-light-chat/sdk';
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { aConversation, aMessage, anAgent, aUser, at, personOf, SELF } from '../test/factories';
import { fakeServer, page } from '../test/fake-server';
import { renderApp } from '../test/render-app';
import type { AgentView, ConversationView } from '../lib/wire';

const OTHER = anAgent({ id: 'agent-2', name: 'Jihoon' });

const TEAM = { id: 'team-1', name: 'Refunds' };

async function openConversation(fields: Partial<ConversationView> = {}, as: AgentView = SELF) {
  const conversation = aConversation(fields);
  const path = `/v1/conversations/${conversation.id}`;
  const server = fakeServer({
    'GET /v1/conversations': () => page([conversation]),
    [`GET ${path}`]: () => ({ body: conversation }),
    [`PUT ${path}/assignee`]: () => ({
      body: { ...conversation, assignee: personOf(OTHER), updatedAt: at(3) },
    }),
    [`PUT ${path}/status`]: () => ({ body: { ...conversation, status: 'resolved', updatedAt: at(4) } }),
    'GET /v1/users/user-1': () => ({ body: aUser() }),
    'GET /v1/agents': () => page([SELF, OTHER]),
    [`PUT ${path}/team`]: () => ({ body: { ...conversation, team: TEAM, updatedAt: at(3) } }),
    'GET /v1/environments': () => page([]),
    'GET /v1/teams': () => page([TEAM]),
  });
  const app = renderApp({ path: `/inbox/all/${conversation.id}`, as });
  await screen.findByRole('region', { name: 'Messages' });
  return { ...app, ...server, talk: app.client.conversation(conversation.id) };
}

function becomePhone(): void {
  const wide = matchMedia;
  onTestFinished(() => void vi.stubGlobal('matchMedia', wide));
  vi.stubGlobal('matchMedia', (query: string) => ({
    ...wide(query),
    matches: query.includes('max-width'),
  }));
}

const field = () => screen.getByRole('textbox', { name: 'Write a message' });

describe('a conversation', () => {
  it('shows messages as they come, reads them out and marks them as read', async () => {
    const { talk } = await openConversation();
    act(() => talk.receive(aMessage({ seq: 1, content: 'Are you there?' })));
    expect(
      await within(screen.getByRole('region', { name: 'Messages' })).findByText('Are you there?'),
    ).toBeVisible();
    await waitFor(() => expect(screen.getByRole('log')).toHaveTextContent('Minjun: Are you there?'));
    expect(talk.readSeq).toBe(1);
  });

  it('shows what became of a message: edited, deleted, reacted to', async () => {
    const { talk } = await openConversation();
    const by = [SELF, OTHER].map(({ id }) => ({ type: 'agent', id }) as const);
    const reactions = [{ emoji: '👍', count: 2, by }];
    act(() => talk.receive(aMessage({ seq: 1, content: 'New text', editedAt: at(2), reactions })));
    act(() => talk.receive(aMessage({ seq: 2, content: '', editedAt: at(2), deletedAt: at(3), reactions })));
    const [changed, deleted] = await screen.findAllByRole('article');
    expect(changed).toHaveTextContent('New text edited');
    expect(within(changed!).getByRole('list', { name: 'Reactions' })).toHaveTextContent('👍 2');
    expect(deleted).toHaveTextContent('This message was deleted.');
    expect(deleted).not.toHaveTextContent('edited');
    expect(within(deleted!).queryByRole('list')).toBeNull();
  });

  it('sends with Enter, and breaks the line with Shift+Enter', async () => {
    const { person, talk } = await openConversation();
    await person.type(field(), 'One{Shift>}{Enter}{/Shift}two{Enter}');
    expect(talk.sent).toEqual([{ content: 'One\ntwo', private: false }]);
    expect(field()).toHaveValue('');
    expect(await screen.findByText('Sending…')).toBeVisible();
  });

  it('does not send with the Enter that ends a syllable', async () => {
    const { person, talk } = await openConversation();
    await person.type(field(), '안녕');
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }));
    expect(talk.sent).toEqual([]);
    expect(field()).toHaveValue('안녕');
  });

  it('lets a message that failed be sent again or discarded', async () => {
    const { person, talk } = await openConversation();
    await person.type(field(), 'Hello{Enter}');
    act(() => talk.fail('client-1', new ChatError({ code: 'common.rate_limited' })));
    expect(await screen.findByText(/Not sent: Too many requests/)).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    await person.click(screen.getByRole('button', { name: 'Discard' }));
    expect(talk.retried).toEqual(['client-1']);
    expect(talk.discarded).toEqual(['client-1']);
  });

  it('sends a private note as such, and types it in secret', async () => {
    const { person, talk } = await openConversation();
    await person.click(screen.getByRole('button', { name: 'Private note' }));
    await person.type(field(), 'Refund?');
    expect(screen.getByText('Private note: the user does not see this')).toBeVisible();
    expect(talk.typing).not.toContain(true);
    await person.click(screen.getByRole('button', { name: 'Add note' }));
    expect(talk.sent).toEqual([{ content: 'Refund?', private: true }]);
  });

  it('goes on with notes after a note, until one leaves', async () => {
    const { person, router, talk } = await openConversation();
    await person.click(screen.getByRole('button', { name: 'Private note' }));
    await person.type(field(), 'Refund?{Enter}He asked twice.{Enter}');
    expect(talk.sent.map((message) => message.private)).toEqual([true, true]);
    await act(() => router.navigate('/team'));
    await act(() => router.navigate('/inbox/all/conversation-1'));
    expect(await screen.findByRole('button', { name: 'Send' })).toBeVisible();
  });

  it('keeps a draft over leaving', async () => {
    const { person, router } = await openConversation();
    await person.type(field(), 'Half a thought');
    await act(() => router.navigate('/team'));
    await act(() => router.navigate('/inbox/all/conversation-1'));
    await waitFor(() => expect(field()).toHaveValue('Half a thought'));
  });

  it('shows who is typing and what the user has read', async () => {
    const { talk } = await openConversation();
    const own = aMessage({ seq: 1, sender: personOf(SELF), content: 'On its way.' });
    act(() => talk.receive(own));
    act(() =>
      talk.set({
        readMarkers: { 'user:user-1': 1 },
        typing: [{ type: 'user', id: 'user-1', name: 'Minjun', avatarUrl: null }],
      }),
    );
    expect(await screen.findByText('Read')).toBeVisible();
    expect(screen.getByText('Minjun is typing…')).toBeVisible();
  });

  it('is given to another agent', async () => {
    const { person, requests } = await openConversation();
    await person.click(screen.getAllByRole('button', { name: 'Assign' })[0]!);
    await person.click(await screen.findByRole('menuitem', { name: /Jihoon/ }));
    expect((await screen.findAllByRole('button', { name: 'Assignee: Jihoon' })).length).toBeGreaterThan(0);
    expect(requests.find(({ method }) => method === 'PUT')?.body).toEqual({ agentId: OTHER.id });
  });

  it('says where those who could take it are now, and not where they were', async () => {
    const { person, client } = await openConversation();
    await person.click(screen.getAllByRole('button', { name: 'Assign' })[0]!);
    const jihoon = await screen.findByRole('menuitem', { name: /Jihoon/ });
    for (const [status, said] of [
      ['online', 'Online'],
      ['offline', 'Offline'],
    ] as const) {
      const principal = { type: 'agent', id: OTHER.id } as const;
      act(() => client.emit('presence', { principal, status, lastSeenAt: null }));
      expect(jihoon).toHaveTextContent(said);
    }
  });

  it('is given to a team', async () => {
    const { person, requests } = await openConversation();
    const picker = await screen.findByRole('combobox', { name: 'Team' });
    expect(picker).toHaveTextContent('No team');
    await person.click(picker);
    await person.click(await screen.findByRole('option', { name: 'Refunds' }));
    expect(await screen.findByRole('combobox', { name: 'Team' })).toHaveTextContent('Refunds');
    expect(requests.find(({ method }) => method === 'PUT')?.body).toEqual({ teamId: TEAM.id });
  });

  it('is resolved, leaves the open list and can be reopened', async () => {
    const { person } = await openConversation();
    await person.click(screen.getByRole('button', { name: 'Resolve' }));
    expect(await screen.findByRole('button', { name: 'Reopen' })).toBeVisible();
    expect(await screen.findByText('No open conversations')).toBeVisible();
  });

  it('shows the user beside it', async () => {
    await openConversation();
    const panel = await screen.findByRole('complementary', { name: 'Details' });
    expect(await within(panel).findByText('minjun@example.com')).toBeVisible();
    expect(within(panel).getByText('Verified')).toBeVisible();
  });

  it('leads to its details by its name on a phone, where a button would leave none', async () => {
    becomePhone();
    const { person } = await openConversation();
    expect(screen.queryByRole('button', { name: 'Details' })).toBeNull();
    await person.click(screen.getByRole('button', { name: 'Minjun: Details' }));
    const details = await screen.findByRole('dialog', { name: 'Details' });
    expect(await within(details).findByText('minjun@example.com')).toBeVisible();
  });

  it('lets a viewer read and says why they cannot answer', async () => {
    await openConversation({}, anAgent({ id: 'agent-7', role: 'viewer' }));
    expect(screen.getByText(/Viewers can read but not answer/)).toBeVisible();
    expect(screen.queryByRole('textbox', { name: 'Write a message' })).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Resolve' })).toBeDisabled();
  });

  it('calls the user as they are called now, wherever it names them', async () => {
    const { talk, client } = await openConversation();
    act(() => talk.receive(aMessage({ seq: 1, content: 'Hello' })));
    act(() => talk.receive(aMessage({ seq: 2, sender: personOf(SELF), replyToId: 'message-1' })));
    const user = aUser();
    act(() =>
      client.emit('user:updated', { user: { ...user, profile: { ...user.profile, name: 'Min Park' } } }),
    );
    expect(await screen.findByRole('region', { name: 'Conversation with Min Park' })).toBeVisible();
    expect(screen.getByRole('article', { name: 'Min Park' })).toHaveTextContent('Hello');
    expect(screen.getByRole('button', { name: /Min Park.*Hello/ })).toBeVisible();
    expect(screen.getByRole('link', { name: /Min Park/ })).toBeVisible();
    expect(screen.queryByText('Minjun')).toBeNull();
  });

  it('says when access was lost', async () => {
    const { talk } = await openConversation();
    act(() => talk.set({ status: 'lost' }));
    expect(await screen.findByText('You no longer have access')).toBeVisible();
  });

  it('leaves phones a way back when access was lost', async () => {
    becomePhone();
    const { talk, person, router } = await openConversation();
    act(() => talk.set({ status: 'lost' }));
    await screen.findByText('You no longer have access');
    await person.click(screen.getByRole('link', { name: 'Back to the list' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/inbox/all'));
  });
});
