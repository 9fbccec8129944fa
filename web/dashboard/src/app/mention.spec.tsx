import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { aChannel, aConversation, aMessage, anAgent, aUser, personOf, SELF } from '../test/factories';
import { fakeServer, page } from '../test/fake-server';
import { renderApp } from '../test/render-app';
import type { ConversationView, MessageView } from '../lib/wire';

const JIHOON = anAgent({ id: 'agent-2', name: 'Jihoon' });
const MINSEO = anAgent({ id: 'agent-3', name: '김민서' });
const OUTSIDER = anAgent({ id: 'agent-4', name: 'Jiwoo' });

async function openTalk(conversation: ConversationView = aChannel([SELF, JIHOON, MINSEO])) {
  const path = conversation.kind === 'support' ? '/inbox/all' : '/team';
  const server = fakeServer({
    'GET /v1/conversations': () => page([conversation]),
    [`GET /v1/conversations/${conversation.id}`]: () => ({ body: conversation }),
    [`GET /v1/conversations/${conversation.id}/messages`]: () => ({ body: { items: [] } }),
    'GET /v1/agents': () => page([SELF, JIHOON, MINSEO, OUTSIDER]),
    'GET /v1/environments': () => page([]),
    'GET /v1/users/user-1': () => ({ body: aUser() }),
  });
  const app = renderApp({ path: `${path}/${conversation.id}`, as: SELF });
  await screen.findByRole('region', { name: 'Messages' });
  await waitFor(() => expect(server.requests.some(({ path: asked }) => asked === '/v1/agents')).toBe(true));
  return { ...app, ...server, talk: app.client.conversation(conversation.id) };
}

const field = () => screen.getByRole('textbox', { name: 'Write a message' });
const options = async () =>
  (await screen.findAllByRole('option')).map((option) =>
    option.textContent?.replace(/^[A-Z김]{1}(?=[A-Z김])/, ''),
  );
const refOf = ({ id }: { id: string }) => ({ type: 'agent', id });

describe('mentioning somebody', () => {
  it('offers those who belong to it, and everybody', async () => {
    const { person } = await openTalk();
    await person.type(field(), 'Hi @');
    expect(await options()).toEqual(['Jihoon', '김민서', '@allEverybody here']);
    await person.type(field(), 'ji');
    expect(await options()).toEqual(['Jihoon']);
    expect(screen.queryByRole('option', { name: 'Jiwoo' })).toBeNull();
  });

  it('is done with the keyboard: what is sent names who is meant', async () => {
    const { person, talk } = await openTalk();
    await person.type(field(), '@{ArrowDown}{Enter}see @{ArrowUp}{Tab}!');
    expect(field()).toHaveValue('@김민서 see @all !');
    await person.keyboard('{Enter}');
    expect(talk.sent).toEqual([
      { content: '@김민서 see @all !', private: false, mentions: [refOf(MINSEO)], mentionsAll: true },
    ]);
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('is done with a pointer, and the field keeps the focus', async () => {
    const { person, talk } = await openTalk();
    await person.type(field(), 'Ask @m');
    expect(screen.queryByRole('option')).toBeNull();
    await person.type(field(), '{Backspace}');
    await person.click(await screen.findByRole('option', { name: /Jihoon/ }));
    expect(field()).toHaveFocus();
    await person.keyboard('now{Enter}');
    expect(talk.sent).toMatchObject([{ content: 'Ask @Jihoon now', mentions: [refOf(JIHOON)] }]);
  });

  it('leaves the keys of a syllable that is being composed alone', async () => {
    const { person, talk } = await openTalk();
    await person.type(field(), '@ㅂ');
    expect(screen.queryByRole('option')).toBeNull();
    fireEvent.change(field(), { target: { value: '@기' } });
    expect(await options()).toEqual(['김민서']);
    fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
    expect(field()).toHaveValue('@기');
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(field()).toHaveValue('@김민서 ');
    expect(talk.sent).toEqual([]);
  });

  it('closes with Escape, and the text is what was typed', async () => {
    const { person, talk } = await openTalk();
    await person.type(field(), '@ji{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    await person.keyboard('{Enter}');
    expect(talk.sent).toEqual([{ content: '@ji', private: false }]);
  });

  it('ends with the name: without it nobody is meant', async () => {
    const { person, talk } = await openTalk();
    await person.type(field(), '@ji{Enter}{Backspace}{Backspace}{Escape}{Enter}');
    expect(talk.sent).toEqual([{ content: '@Jihoo', private: false }]);
  });

  it('includes the user in a reply, and not in a note', async () => {
    const { person } = await openTalk(aConversation());
    await person.type(field(), '@min');
    expect(await options()).toEqual(['MinjunUser']);
    await person.click(screen.getByRole('button', { name: 'Private note' }));
    await person.clear(field());
    await person.type(field(), '@min');
    await waitFor(() => expect(screen.queryByRole('option')).toBeNull());
  });

  it('works in a thread', async () => {
    const { person, talk } = await openTalk();
    act(() => talk.receive(aMessage({ seq: 1, sender: personOf(JIHOON) })));
    await person.click(await screen.findByRole('button', { name: 'Message actions' }));
    await person.click(await screen.findByRole('menuitem', { name: 'Reply in a thread' }));
    const reply = await screen.findByRole('textbox', { name: 'Reply in this thread' });
    await person.type(reply, '@ji{Enter}look{Enter}');
    expect(talk.sent).toMatchObject([{ content: '@Jihoon look', mentions: [refOf(JIHOON)] }]);
  });
});

describe('a message that mentions', () => {
  const message = (fields: Partial<MessageView>) =>
    aMessage({ seq: 1, sender: personOf(SELF), content: '@Jihoon @Seoyeon @all @Jiwoo', ...fields });

  it('shows who is meant, oneself most of all', async () => {
    const { talk } = await openTalk();
    const mentions = [refOf(JIHOON), refOf(SELF)] as MessageView['mentions'];
    act(() => talk.receive(message({ mentions, mentionsAll: true })));
    const row = within(await screen.findByRole('article'));
    expect(row.getByText('@Jihoon').tagName).toBe('SPAN');
    expect(row.getByText('@Seoyeon').tagName).toBe('MARK');
    expect(row.getByText('@all').tagName).toBe('MARK');
    expect(row.getByText('@Jiwoo').tagName).toBe('DIV');
  });

  it('says who is meant anew when it is edited', async () => {
    const { person, talk } = await openTalk();
    const mentions = [refOf(JIHOON), refOf(OUTSIDER)] as MessageView['mentions'];
    act(() => talk.receive(message({ content: '@Jihoon hi', mentions })));
    await person.click(await screen.findByRole('button', { name: 'Message actions' }));
    await person.click(await screen.findByRole('menuitem', { name: 'Edit' }));
    const edit = screen.getByRole('textbox', { name: 'Edit message' });
    await person.clear(edit);
    await person.type(edit, '@김민{Enter}hi{Enter}');
    expect(talk.changes).toEqual([
      ['edit', 'message-1', '@김민서 hi', { mentions: [refOf(OUTSIDER), refOf(MINSEO)], mentionsAll: false }],
    ]);
  });
});

describe('being mentioned', () => {
  const notification = { kind: 'mention', conversationId: 'conversation-1', text: 'Jihoon: @Seoyeon ?' };

  it('is told, with the way to it', async () => {
    const { client, person, router } = await openTalk();
    await act(() => router.navigate('/settings/profile'));
    act(() => client.emit('notification', notification));
    expect(await screen.findByText('You were mentioned. Jihoon: @Seoyeon ?')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Show' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/team/conversation-1'));
  });

  it('is not told to who looks at it', async () => {
    const { client } = await openTalk();
    act(() => client.emit('notification', notification));
    expect(screen.queryByText(/You were mentioned/)).toBeNull();
  });
});

describe('what happened', () => {
  const told = async (metadata: Record<string, unknown>) => {
    const { talk } = await openTalk();
    const sender = { type: 'system', id: 'system', name: '', avatarUrl: null } as const;
    act(() =>
      talk.receive(
        aMessage({ type: 'system', sender, content: 'As the server says', metadata, private: true }),
      ),
    );
    const timeline = within(screen.getByRole('region', { name: 'Messages' }));
    await waitFor(() => expect(timeline.getByText(/Jihoon|As the server/)).toBeVisible());
    expect(screen.queryByText('Private note')).toBeNull();
    return timeline.getByText(/Jihoon|As the server/).firstChild?.textContent;
  };

  it.each([
    [{ event: 'assigned', actorId: 'x', assigneeId: 'y', assigneeName: 'Minji' }, 'Jihoon assigned Minji'],
    [
      { event: 'assigned', actorId: 'y', assigneeId: 'y', assigneeName: 'Jihoon' },
      'Jihoon took the conversation',
    ],
    [{ event: 'assigned', assigneeId: null, assigneeName: null }, 'Jihoon removed the assignee'],
    [{ event: 'status_changed', status: 'resolved' }, 'Jihoon resolved the conversation'],
    [{ event: 'participants_added', agentNames: ['A', 'B'] }, 'Jihoon added A and B'],
    [{ event: 'participants_removed', agentNames: ['A'] }, 'Jihoon removed A'],
    [{ event: 'joined' }, 'Jihoon joined'],
    [{ event: 'left' }, 'Jihoon left'],
    [{ event: 'renamed', name: 'b', previousName: 'a' }, 'Jihoon renamed “a” to “b”'],
    [{ event: 'renamed', name: 'b', previousName: null }, 'Jihoon named it “b”'],
    [{ event: 'archived' }, 'Jihoon archived it'],
    [{ event: 'unarchived' }, 'Jihoon took it out of the archive'],
    [{ event: 'something_new' }, 'As the server says'],
  ])('is a quiet line: %j', async (metadata, text) => {
    expect(await told({ actorType: 'agent', actorName: 'Jihoon', ...metadata })).toBe(text);
  });
});
