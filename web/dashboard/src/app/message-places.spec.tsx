import { act, screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { aMessage, anAgent, at, SELF, USER_PERSON } from '../test/factories';
import { page, refusal, type Answer } from '../test/fake-server';
import { field, openWith, own } from '../test/open-conversation';
import type { AgentView, MessageView } from '../lib/wire';

describe('a thread', () => {
  const thread = { replyCount: 2, lastReplyAt: at(5), lastReplySeq: 3 };
  const late = own({ seq: 3, threadRootId: 'message-1', content: 'Late' });

  it('stands beside the conversation, not in it', async () => {
    const { person, requests, talk } = await openWith([aMessage({ thread }), late]);
    expect(screen.queryByText('Late')).toBeNull();
    await person.click(screen.getByRole('button', { name: /2 replies/ }));
    expect(await screen.findByText('Early')).toBeVisible();
    expect(screen.getByText('Late')).toBeVisible();
    expect(requests.some(({ query }) => query.get('threadRootId') === 'message-1')).toBe(true);
    await person.type(screen.getByRole('textbox', { name: 'Reply in this thread' }), 'Mine{Enter}');
    expect(talk.sent).toEqual([
      { content: 'Mine', private: false, threadRootId: 'message-1', alsoInConversation: false },
    ]);
  });

  it('is begun from the menu, and may be told to the conversation too', async () => {
    const { choose, person, talk } = await openWith([own({ private: true })]);
    await choose(0, 'Reply in a thread');
    await person.click(await screen.findByRole('checkbox', { name: 'Also to the conversation' }));
    await person.type(screen.getByRole('textbox', { name: 'Reply in this thread' }), 'Seen{Enter}');
    expect(talk.sent).toEqual([
      { content: 'Seen', private: true, threadRootId: 'message-1', alsoInConversation: true },
    ]);
  });

  it('gives the focus back to the menu that it was begun from', async () => {
    const { choose, person, row } = await openWith([own()]);
    await choose(0, 'Reply in a thread');
    await person.type(await screen.findByRole('textbox', { name: 'Reply in this thread' }), '{Escape}');
    expect(row(0).getByRole('button', { name: 'Message actions' })).toHaveFocus();
  });

  it('takes in what is said there while one reads elsewhere', async () => {
    const { person, client } = await openWith([aMessage({ thread }), late]);
    await person.click(screen.getByRole('button', { name: /2 replies/ }));
    await screen.findByText('Early');
    const message = aMessage({ seq: 9, threadRootId: 'message-1', content: 'Just now' });
    act(() => client.emit('message:created', { conversationId: 'conversation-1', message }));
    expect(await screen.findByText('Just now')).toBeVisible();
    const changed = { ...message, rev: 1, content: 'Changed since' };
    act(() => client.emit('message:updated', { conversationId: 'conversation-1', message: changed }));
    expect(await screen.findByText('Changed since')).toBeVisible();
    expect(screen.queryByText('Just now')).toBeNull();
  });
});

describe('a reply that stands in its thread alone', () => {
  const root = aMessage({ thread: { replyCount: 1, lastReplyAt: at(2), lastReplySeq: 2 } });

  it('is where its link leads', async () => {
    await openWith([root], SELF, '?message=message-2&thread=message-1');
    const panel = await screen.findByRole('complementary', { name: 'Thread' });
    const reply = (await within(panel).findByText('Early')).closest('article');
    await waitFor(() => expect(reply).toHaveAttribute('data-found'));
  });

  it('leaves the conversation in reach, and gives the focus back when it is left with Escape', async () => {
    const { person } = await openWith([root]);
    const opener = screen.getByRole('button', { name: /1 reply/ });
    await person.click(opener);
    await person.type(await screen.findByRole('textbox', { name: 'Reply in this thread' }), 'So');
    expect(screen.getByRole('textbox', { name: 'Write a message' })).toBeVisible();
    expect(screen.queryByRole('complementary', { name: 'Details' })).toBeNull();
    await person.keyboard('{Escape}');
    expect(screen.queryByRole('complementary', { name: 'Thread' })).toBeNull();
    expect(opener).toHaveFocus();
    expect(screen.getByRole('complementary', { name: 'Details' })).toBeVisible();
  });

  it('takes its thread along into its link', async () => {
    const { person } = await openWith([root]);
    await person.click(screen.getByRole('button', { name: /1 reply/ }));
    const reply = (await screen.findByText('Early')).closest('article')!;
    await person.click(within(reply).getByRole('button', { name: 'Message actions' }));
    await person.click(await screen.findByRole('menuitem', { name: 'Copy link' }));
    expect(await navigator.clipboard.readText()).toMatch(/\?message=message-2&seq=2&thread=message-1$/);
  });
});

describe('a message of long ago', () => {
  const root = aMessage({ seq: 900, id: 'new', content: 'Today' });
  const old = aMessage({ seq: 12, id: 'old', content: 'Once', replyToId: 'older' });
  const older = aMessage({ seq: 3, id: 'older', content: 'Before **that**' });
  const routes = {
    'GET /v1/conversations/conversation-1/messages/old': () => ({ body: old }),
    'GET /v1/conversations/conversation-1/messages/older': () => ({ body: older }),
    'GET /v1/conversations/conversation-1/messages/gone': () => refusal(404, 'chat.not_found'),
  };
  const follow = async (search: string, past = [old]) => {
    const fake = await openWith([root], SELF, '', routes);
    fake.talk.past = past;
    await act(() => fake.router.navigate(`/inbox/all/conversation-1${search}`));
    return fake;
  };
  const found = (text: string) =>
    waitFor(() => expect(screen.getByText(text).closest('article')).toHaveAttribute('data-found'));

  it('is led to by its link', async () => {
    const { talk, person } = await follow('?message=old&seq=12');
    await found('Once');
    expect(talk.around).toEqual([12]);
    expect(screen.queryByText('Today')).toBeNull();
    await person.click(screen.getByRole('button', { name: 'Jump to the newest' }));
    expect(await screen.findByText('Today')).toBeVisible();
  });

  it('is asked for when the link does not say where it is', async () => {
    const { talk } = await follow('?message=old');
    await found('Once');
    expect(talk.around).toEqual([12]);
  });

  it('is said to be gone when it is', async () => {
    const { talk } = await follow('?message=gone');
    expect(await screen.findByText('That message was not found here.')).toBeVisible();
    expect(talk.around).toEqual([]);
  });

  it('is quoted in its answer, and led to from there', async () => {
    const { talk, person } = await follow('?message=old&seq=12');
    const quote = await screen.findByRole('button', { name: /Before that/ });
    talk.past = [older, old];
    await person.click(quote);
    await found('that');
    expect(talk.around).toEqual([12, 3]);
  });

  it('is left by whoever writes', async () => {
    const { person } = await follow('?message=old&seq=12');
    await found('Once');
    await person.type(field(), 'Now{Enter}');
    expect(await screen.findByText('Today')).toBeVisible();
    expect(screen.getByText('Now')).toBeVisible();
  });
});

describe('pinned messages', () => {
  const rules = aMessage({ content: 'House _rules_', pinned: true });
  let pins: Answer;
  let olderPins: Answer;
  const openPinned = (messages: MessageView[], as?: AgentView) =>
    openWith(messages, as, '', {
      'GET /v1/conversations/conversation-1/pins': ({ query }) => (query.has('cursor') ? olderPins : pins),
    });
  const openList = async (person: UserEvent, name: string | RegExp) => {
    await person.click(await screen.findByRole('button', { name }));
    return within(await screen.findByRole('dialog', { name: 'Pinned messages' }));
  };

  it('are listed in the header, each leading to its place', async () => {
    pins = page([rules]);
    const { person, row } = await openPinned([rules, own({ seq: 2 })]);
    const list = await openList(person, '1 pinned message');
    await person.click(list.getByText('House rules'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(row(0).getByText('rules').closest('article')).toHaveAttribute('data-found'));
  });

  it('name the user as they are called now', async () => {
    pins = page([aMessage({ ...rules, sender: { ...USER_PERSON, name: 'Visitor' } })]);
    const { person } = await openPinned([rules]);
    const list = await openList(person, '1 pinned message');
    expect(list.getByText(/^Minjun · /)).toBeVisible();
  });

  it('are unpinned there, and gone when the server says so', async () => {
    pins = page([rules, aMessage({ seq: 2, content: 'Hours', pinned: true })]);
    const { person, requests, client } = await openPinned([rules]);
    const list = await openList(person, '2 pinned messages');
    await person.click(list.getByRole('button', { name: 'Unpin: House rules' }));
    await waitFor(() => expect(requests.some(({ method }) => method === 'DELETE')).toBe(true));
    pins = page([aMessage({ seq: 2, content: 'Hours', pinned: true })]);
    const message = { ...rules, pinned: false };
    act(() => client.emit('message:updated', { conversationId: 'conversation-1', message }));
    await waitFor(() => expect(list.queryByText('House rules')).toBeNull());
    expect(list.getByText('Hours')).toBeVisible();
  });

  it('come page by page', async () => {
    pins = { body: { items: [rules], nextCursor: 'older' } };
    olderPins = page([aMessage({ seq: 2, content: 'Hours', pinned: true })]);
    const { person } = await openPinned([rules]);
    const list = await openList(person, '1+ pinned message');
    await person.click(list.getByRole('button', { name: 'Load more' }));
    expect(await list.findByText('Hours')).toBeVisible();
    expect(list.queryByRole('button', { name: 'Load more' })).toBeNull();
  });

  it('say when they cannot be loaded, and are tried again', async () => {
    pins = refusal(500, 'common.internal', 'Broken.');
    const { person } = await openPinned([rules]);
    const list = await openList(person, 'Pinned messages');
    pins = page([rules]);
    await person.click(list.getByRole('button', { name: 'Try again' }));
    expect(await list.findByText('House rules')).toBeVisible();
  });

  it('are not unpinned by a viewer', async () => {
    pins = page([rules]);
    const { person } = await openPinned([rules], anAgent({ id: 'agent-7', role: 'viewer' }));
    const list = await openList(person, '1 pinned message');
    expect(list.queryByRole('button', { name: /Unpin/ })).toBeNull();
  });
});
