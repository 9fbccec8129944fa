import { ChatError } from '@fast-light-chat/sdk';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aConversation, aMessage, anAgent, aUser, at, personOf, SELF } from '../test/factories';
import { fakeServer, page, refusal, type Answer } from '../test/fake-server';
import { renderApp } from '../test/render-app';
import type { AgentView, MessageVersionView, MessageView } from '../lib/wire';

/** What the server has pinned in the conversation. */
let pins: Answer;
let olderPins: Answer;
beforeEach(() => {
  pins = page([]);
});

async function openWith(
  messages: MessageView[],
  as: AgentView = SELF,
  search = '',
  routes: Parameters<typeof fakeServer>[0] = {},
) {
  const conversation = aConversation();
  let versions: Answer = refusal(503, 'common.unavailable');
  const pinPath = '/v1/conversations/conversation-1/messages/message-1/pin';
  const server = fakeServer({
    'GET /v1/conversations': () => page([conversation]),
    'GET /v1/conversations/conversation-1': () => ({ body: conversation }),
    'GET /v1/conversations/conversation-1/messages/message-1/versions': () => versions,
    'GET /v1/conversations/conversation-1/pins': ({ query }) => (query.has('cursor') ? olderPins : pins),
    [`DELETE ${pinPath}`]: () => ({ body: { ...messages[0], pinned: false } }),
    [`PUT ${pinPath}`]: () => ({ body: { ...messages[0], pinned: true } }),
    'GET /v1/conversations/conversation-1/messages': () => ({
      body: { items: [aMessage({ seq: 2, threadRootId: 'message-1', content: 'Early' })] },
    }),
    'GET /v1/users/user-1': () => ({ body: aUser() }),
    'GET /v1/agents': () => page([SELF]),
    'GET /v1/environments': () => page([]),
    ...routes,
  });
  const app = renderApp({ path: `/inbox/all/conversation-1${search}`, as });
  // Behind a panel that the address has opened, it is hidden.
  await screen.findByRole('region', { name: 'Messages', hidden: true });
  const talk = app.client.conversation('conversation-1');
  for (const message of messages) act(() => talk.receive(message));
  await screen.findAllByRole('article', { hidden: true });
  const row = (index: number) => within(screen.getAllByRole('article')[index]!);
  const openMenu = (index: number) =>
    app.person.click(row(index).getByRole('button', { name: 'Message actions' }));
  const choose = async (index: number, name: string) => {
    await openMenu(index);
    await app.person.click(await screen.findByRole('menuitem', { name }));
  };
  const keep = (items: MessageVersionView[]) => {
    versions = { body: { items } };
  };
  return { ...app, ...server, talk, row, openMenu, choose, keep };
}

const field = () => screen.getByRole('textbox', { name: 'Write a message' });
const own = (fields: Partial<MessageView> = {}) => aMessage({ sender: personOf(SELF), ...fields });
const offered = () => screen.getAllByRole('menuitem').map((item) => item.textContent);

describe('what was written with marks', () => {
  it('is shown as it was meant', async () => {
    const content = '**Size**\n\n1. `M`\n2. [L](https://shop.example/l)\n\n> sold out';
    const { row } = await openWith([aMessage({ content })]);
    expect(row(0).getByText('Size').tagName).toBe('STRONG');
    expect(row(0).getAllByRole('listitem')).toHaveLength(2);
    expect(row(0).getByRole('link', { name: 'L' })).toHaveAttribute('href', 'https://shop.example/l');
    expect(row(0).getByText('sold out').closest('blockquote')).not.toBeNull();
  });

  it('has its code in colors, once they are loaded', async () => {
    const { row } = await openWith([aMessage({ content: '```ts\nconst a = "<b>x</b>";\n```' })]);
    await waitFor(() => expect(row(0).getByText('const').tagName).toBe('SPAN'));
    expect(row(0).getByText('"<b>x</b>"')).toBeVisible();
  });

  it('is shown at once, however deep it is quoted', async () => {
    const { row } = await openWith([aMessage({ content: `${'>'.repeat(10_000)} deep` })]);
    expect(row(0).getByText(/deep$/)).toBeVisible();
    expect(screen.getAllByRole('article')[0]!.querySelectorAll('blockquote').length).toBeLessThan(20);
  });

  it.each(['[x](javascript:alert(1))', '<img src=x onerror=alert(1)>', '```nonsense\n<b>\n```'])(
    'is harmless: %s',
    async (content) => {
      const { row } = await openWith([aMessage({ content })]);
      expect(row(0).queryByRole('link')).toBeNull();
      expect(screen.getAllByRole('article')[0]!.querySelector('img[src="x"], b')).toBeNull();
    },
  );
});

describe('the actions on a message', () => {
  it('are those that the role allows', async () => {
    const { openMenu, person } = await openWith([aMessage(), own({ seq: 2 })]);
    await openMenu(0);
    expect(offered()).toEqual([
      'React',
      'Reply',
      'Reply in a thread',
      'Pin',
      'Copy text',
      'Copy link',
      'Delete as an admin',
    ]);
    await person.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    await openMenu(1);
    expect(offered()).toContain('Edit');
    expect(offered()).toContain('Delete');
  });

  it.each([
    ['agent', ['React', 'Reply', 'Reply in a thread', 'Pin', 'Copy text', 'Copy link']],
    ['viewer', ['Copy text', 'Copy link']],
  ] as const)('are fewer for one whose role is %s', async (role, expected) => {
    const { openMenu } = await openWith([aMessage()], anAgent({ id: 'agent-7', role }));
    await openMenu(0);
    expect(offered()).toEqual(expected);
  });

  it('react to it, and take a reaction off', async () => {
    const by = [{ type: 'agent', id: SELF.id } as const];
    const { choose, person, talk } = await openWith([
      aMessage({ reactions: [{ emoji: '🎉', count: 1, by }] }),
    ]);
    await choose(0, 'React');
    const often = within(await screen.findByRole('group', { name: 'Used often' }));
    await person.click(often.getByRole('button', { name: /👍/ }));
    await person.click(await screen.findByRole('button', { name: '🎉 1', pressed: true }));
    expect(talk.changes).toEqual([
      ['react', 'message-1', '👍', true],
      ['react', 'message-1', '🎉', false],
    ]);
  });

  it('answer it, with what is answered in view', async () => {
    const { choose, person, talk } = await openWith([aMessage({ content: 'Is it **blue**?' })]);
    await choose(0, 'Reply');
    expect(await screen.findByText('Reply to Minjun')).toBeVisible();
    await person.type(field(), 'Yes{Enter}');
    expect(talk.sent).toEqual([{ content: 'Yes', private: false, replyToId: 'message-1' }]);
    expect(screen.queryByText('Reply to Minjun')).toBeNull();
    act(() => talk.receive(own({ seq: 2, content: 'Yes', replyToId: 'message-1' })));
    expect(await screen.findByRole('button', { name: /Minjun.*Is it blue\?/ })).toBeVisible();
  });

  it('answer a note with a note', async () => {
    const { choose, person, talk } = await openWith([own({ private: true })]);
    await choose(0, 'Reply');
    await person.type(field(), 'Seen{Enter}');
    expect(talk.sent).toEqual([{ content: 'Seen', private: true, replyToId: 'message-1' }]);
  });

  it('edit it in place', async () => {
    const { choose, person, talk } = await openWith([own({ content: 'Helo' })]);
    await choose(0, 'Edit');
    const editor = await screen.findByRole('textbox', { name: 'Edit message' });
    await person.clear(editor);
    await person.type(editor, 'Hello{Enter}');
    expect(talk.changes).toEqual([['edit', 'message-1', 'Hello', { mentions: [], mentionsAll: false }]]);
    expect(screen.queryByRole('textbox', { name: 'Edit message' })).toBeNull();
  });

  it('leave the edit with Escape', async () => {
    const { choose, person, talk } = await openWith([own()]);
    await choose(0, 'Edit');
    await person.type(await screen.findByRole('textbox', { name: 'Edit message' }), 'x{Escape}');
    expect(screen.queryByRole('textbox', { name: 'Edit message' })).toBeNull();
    expect(talk.changes).toEqual([]);
  });

  it('delete it after a question, and say when that was refused', async () => {
    const { choose, person, talk } = await openWith([own()]);
    const refused = Promise.reject(new ChatError({ code: 'auth.forbidden', status: 403 }));
    refused.catch(() => undefined);
    talk.changed = refused;
    await choose(0, 'Delete');
    const dialog = await screen.findByRole('dialog', { name: 'Delete this message?' });
    expect(talk.changes).toEqual([]);
    await person.click(within(dialog).getByRole('button', { name: 'Delete' }));
    expect(talk.changes).toEqual([['remove', 'message-1']]);
    expect(await screen.findByText('Your role does not allow this.')).toBeVisible();
  });

  it('delete what somebody else wrote, and say so', async () => {
    const { choose, person, talk } = await openWith([aMessage()]);
    await choose(0, 'Delete as an admin');
    const dialog = await screen.findByRole('dialog', { name: 'Delete the message of Minjun?' });
    await person.click(within(dialog).getByRole('button', { name: 'Delete' }));
    expect(talk.changes).toEqual([['remove', 'message-1']]);
  });

  it('pin it', async () => {
    const { choose, requests } = await openWith([aMessage()]);
    await choose(0, 'Pin');
    await waitFor(() =>
      expect(requests.map(({ method, path }) => `${method} ${path}`)).toContain(
        'PUT /v1/conversations/conversation-1/messages/message-1/pin',
      ),
    );
  });

  it('copy it', async () => {
    const { choose } = await openWith([aMessage({ content: '**Hi**' })]);
    await choose(0, 'Copy text');
    expect(await navigator.clipboard.readText()).toBe('**Hi**');
    await choose(0, 'Copy link');
    expect(await navigator.clipboard.readText()).toMatch(
      /\/inbox\/all\/conversation-1\?message=message-1&seq=1$/,
    );
  });
});

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
    const panel = await screen.findByRole('dialog', { name: 'Thread' });
    const reply = (await within(panel).findByText('Early')).closest('article');
    await waitFor(() => expect(reply).toHaveAttribute('data-found'));
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

describe('what a message said before', () => {
  const edited = aMessage({ content: 'Is it blue?', editedAt: at(3) });

  it('is shown newest first', async () => {
    const { keep, person } = await openWith([edited]);
    keep([
      { content: 'Is it red?', writtenAt: at(1) },
      { content: 'Is it **green**?', writtenAt: at(2) },
    ]);
    await person.click(screen.getByRole('button', { name: 'edited' }));
    const dialog = await screen.findByRole('dialog', { name: 'Earlier versions' });
    const versions = await within(dialog).findAllByRole('listitem');
    expect(versions.map((version) => version.textContent)).toEqual([
      expect.stringMatching(/Is it green\?$/),
      expect.stringMatching(/Is it red\?$/),
    ]);
  });

  it('may be nothing any more', async () => {
    const { keep, person } = await openWith([edited]);
    keep([]);
    await person.click(screen.getByRole('button', { name: 'edited' }));
    expect(await screen.findByText('Nothing earlier is kept.')).toBeVisible();
  });

  it('says when it cannot be loaded, and tries again', async () => {
    const { keep, person } = await openWith([{ ...edited, rev: 1 }]);
    await person.click(screen.getByRole('button', { name: 'edited' }));
    const alert = await within(await screen.findByRole('dialog')).findByRole('alert');
    keep([{ content: 'Is it red?', writtenAt: at(1) }]);
    await person.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Is it red?')).toBeVisible();
  });

  it('is not for viewers', async () => {
    const { row } = await openWith([edited], anAgent({ id: 'agent-7', role: 'viewer' }));
    expect(row(0).getByText('edited')).toBeVisible();
    expect(row(0).queryByRole('button', { name: 'edited' })).toBeNull();
  });
});

describe('a preview of a link', () => {
  const preview = {
    url: 'https://www.shop.example/cup',
    title: 'A cup',
    description: 'Holds tea',
    siteName: null,
    imageUrl: 'https://cdn.example/cup.png',
  };
  const card = () => screen.getByRole('link', { name: /A cup/ });

  it('says where it leads, and leads there in a tab of its own', async () => {
    await openWith([aMessage({ linkPreviews: [preview] })]);
    expect(card()).toHaveTextContent('shop.example' + 'A cup' + 'Holds tea');
    expect(card()).toHaveAttribute('href', preview.url);
    expect(card()).toHaveAttribute('target', '_blank');
    expect(card().getAttribute('rel')).toContain('noopener');
    expect(card().querySelector('img')).toHaveAttribute('referrerpolicy', 'no-referrer');
  });

  it.each([null, 'http://cdn.example/cup.png', 'javascript:alert(1)'])(
    'has no picture from %s',
    async (imageUrl) => {
      await openWith([aMessage({ linkPreviews: [{ ...preview, imageUrl }] })]);
      expect(card().querySelector('img')).toBeNull();
    },
  );

  it('goes on without a picture that is not there', async () => {
    await openWith([aMessage({ linkPreviews: [preview] })]);
    fireEvent.error(card().querySelector('img')!);
    expect(card().querySelector('img')).toBeNull();
  });

  it('goes with the message', async () => {
    await openWith([aMessage({ linkPreviews: [preview], content: '', deletedAt: at(2) })]);
    expect(screen.queryByRole('link', { name: /A cup/ })).toBeNull();
  });
});

describe('pinned messages', () => {
  const rules = aMessage({ content: 'House _rules_', pinned: true });
  const openList = async (person: UserEvent, name: string | RegExp) => {
    await person.click(await screen.findByRole('button', { name }));
    return within(await screen.findByRole('dialog', { name: 'Pinned messages' }));
  };

  it('are listed in the header, each leading to its place', async () => {
    pins = page([rules]);
    const { person, row } = await openWith([rules, own({ seq: 2 })]);
    const list = await openList(person, '1 pinned message');
    await person.click(list.getByText('House rules'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(row(0).getByText('rules').closest('article')).toHaveAttribute('data-found'));
  });

  it('are unpinned there, and gone when the server says so', async () => {
    pins = page([rules, aMessage({ seq: 2, content: 'Hours', pinned: true })]);
    const { person, requests, client } = await openWith([rules]);
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
    const { person } = await openWith([rules]);
    const list = await openList(person, '1+ pinned message');
    await person.click(list.getByRole('button', { name: 'Load more' }));
    expect(await list.findByText('Hours')).toBeVisible();
    expect(list.queryByRole('button', { name: 'Load more' })).toBeNull();
  });

  it('say when they cannot be loaded, and are tried again', async () => {
    pins = refusal(500, 'common.internal', 'Broken.');
    const { person } = await openWith([rules]);
    const list = await openList(person, 'Pinned messages');
    pins = page([rules]);
    await person.click(list.getByRole('button', { name: 'Try again' }));
    expect(await list.findByText('House rules')).toBeVisible();
  });

  it('are not unpinned by a viewer', async () => {
    pins = page([rules]);
    const { person } = await openWith([rules], anAgent({ id: 'agent-7', role: 'viewer' }));
    const list = await openList(person, '1 pinned message');
    expect(list.queryByRole('button', { name: /Unpin/ })).toBeNull();
  });
});

/** Stands for the way up; the test says how far it has come. */
class FakeUpload {
  static all: FakeUpload[] = [];
  status = 0;
  responseText = '';
  isAborted = false;
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onloadend?: () => void;
  onabort?: () => void;

  constructor() {
    FakeUpload.all.push(this);
  }

  open(): void {}
  setRequestHeader(): void {}
  send(): void {}

  abort(): void {
    this.isAborted = true;
    this.onabort?.();
  }

  answer(status: number, body: object): void {
    Object.assign(this, { status, responseText: JSON.stringify(body) });
    this.onload?.();
    this.onloadend?.();
  }
}

describe('files that are sent', () => {
  const picture = new File(['123'], 'cup.png', { type: 'image/png' });
  const attach = async (person: UserEvent, file: File) => {
    const before = FakeUpload.all.length;
    await person.upload(screen.getByLabelText('Attach files', { selector: 'input' }), file);
    await waitFor(() => expect(FakeUpload.all).toHaveLength(before + 1));
    return FakeUpload.all.at(-1)!;
  };

  beforeEach(() => {
    FakeUpload.all = [];
    vi.stubGlobal('XMLHttpRequest', FakeUpload);
  });

  it('leave with the message once they have arrived', async () => {
    const { person, talk } = await openWith([aMessage()]);
    const upload = await attach(person, picture);
    await person.type(field(), 'Look');
    act(() => upload.upload.onprogress?.({ loaded: 1, total: 2 }));
    expect(screen.getByRole('progressbar', { name: 'Uploading cup.png' })).toHaveAttribute(
      'aria-valuenow',
      '50',
    );
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
    await act(async () => upload.answer(201, { id: 'f1', name: 'cup.png' }));
    await person.click(screen.getByRole('button', { name: 'Send' }));
    expect(talk.sent).toEqual([
      { content: 'Look', private: false, attachments: [{ id: 'f1', name: 'cup.png' }] },
    ]);
    expect(screen.queryByRole('list', { name: 'Files' })).toBeNull();
  });

  it('are taken from the clipboard, and may go without a word', async () => {
    const { person, talk } = await openWith([aMessage()]);
    fireEvent.paste(field(), { clipboardData: { files: [picture] } });
    await waitFor(() => expect(FakeUpload.all).toHaveLength(1));
    await act(async () => FakeUpload.all[0]!.answer(201, { id: 'f1', name: 'cup.png' }));
    await person.click(screen.getByRole('button', { name: 'Send' }));
    expect(talk.sent).toEqual([
      { content: '', private: false, attachments: [{ id: 'f1', name: 'cup.png' }] },
    ]);
  });

  it('say why they were refused, and can be tried again', async () => {
    const { person } = await openWith([aMessage()]);
    const upload = await attach(person, picture);
    const refusal = { code: 'files.unsupported_type', message: 'no', requestId: 'r' };
    await act(async () => upload.answer(415, refusal));
    expect(await screen.findByText('Files of this type cannot be sent.')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Try cup.png again' }));
    await waitFor(() => expect(FakeUpload.all).toHaveLength(2));
    expect(screen.queryByText('Files of this type cannot be sent.')).toBeNull();
  });

  it('can be stopped on their way', async () => {
    const { person } = await openWith([aMessage()]);
    const upload = await attach(person, picture);
    await person.click(screen.getByRole('button', { name: 'Remove cup.png' }));
    expect(upload.isAborted).toBe(true);
    expect(screen.queryByText('cup.png')).toBeNull();
  });
});

describe('files of a message', () => {
  it('are pictures, or rows with name and size', async () => {
    const picture = { id: 'f1', name: 'cup.png', mimeType: 'image/png', size: 9, url: '/f1' };
    const attachments = [
      { ...picture, thumbnailUrl: '/t1', width: 400, height: 300 },
      { id: 'f2', name: 'bill.pdf', mimeType: 'application/pdf', size: 1_400_000, url: '/f2' },
    ];
    const { row } = await openWith([aMessage({ attachments })]);
    expect(row(0).getByRole('link', { name: 'Attachment: cup.png' })).toHaveAttribute('href', '/f1');
    expect(row(0).getByRole('link', { name: 'Attachment: bill.pdf' })).toHaveTextContent('1.4 MB');
  });

  describe('when the page stays open for longer than their links live', () => {
    const LIFE_MS = 600_000;
    const linkTo = (id: string, variant = 'original') =>
      `https://chat.example/v1/files/${id}/content?variant=${variant}&expires=${Date.now() + LIFE_MS}`;
    const pictureNow = (id: string) => ({
      ...{ id, name: 'cup.png', mimeType: 'image/png', size: 9, width: 400, height: 300 },
      ...{ url: linkTo(id), thumbnailUrl: linkTo(id, 'thumbnail') },
    });
    const billNow = (id: string) => ({
      ...{ id, name: 'bill.pdf', mimeType: 'application/pdf', size: 1_400_000 },
      url: linkTo(id),
    });
    const renewals = (requests: { path: string }[]) =>
      requests.map(({ path }) => path).filter((path) => path.startsWith('/v1/files/'));

    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['Date'] });
      return () => vi.useRealTimers();
    });

    it('shows a picture that failed to load by a fresh link, and tries that once', async () => {
      const { row, requests } = await openWith([aMessage({ attachments: [pictureNow('p1')] })], SELF, '', {
        'GET /v1/files/p1': () => ({ body: pictureNow('p1') }),
      });
      const picture = () => row(0).getByRole('link').querySelector('img')!;
      vi.setSystemTime(Date.now() + LIFE_MS + 1_000);
      fireEvent.error(picture());
      await waitFor(() => expect(picture()).toHaveAttribute('src', linkTo('p1', 'thumbnail')));
      expect(row(0).getByRole('link')).toHaveAttribute('href', linkTo('p1'));
      for (let times = 0; times < 3; times++) fireEvent.error(picture());
      expect(renewals(requests)).toEqual(['/v1/files/p1']);
    });

    it('plays sound and goes on by a fresh link where the old one ended', async () => {
      const songNow = () => ({ ...billNow('s1'), name: 'call.mp3', mimeType: 'audio/mpeg' });
      const { row } = await openWith([aMessage({ attachments: [songNow()] })], SELF, '', {
        'GET /v1/files/s1': () => ({ body: songNow() }),
      });
      const player = () => row(0).getByLabelText<HTMLAudioElement>('call.mp3');
      expect(player().tagName).toBe('AUDIO');
      expect(row(0).getByRole('link', { name: 'Attachment: call.mp3' })).toBeVisible();
      player().currentTime = 42;
      vi.setSystemTime(Date.now() + LIFE_MS + 1_000);
      fireEvent.error(player());
      await waitFor(() => expect(player()).toHaveAttribute('src', linkTo('s1')));
      player().currentTime = 0;
      fireEvent.loadedMetadata(player());
      expect(player().currentTime).toBe(42);
    });

    it('opens a file by a fresh link', async () => {
      const { row, requests } = await openWith([aMessage({ attachments: [billNow('b1')] })], SELF, '', {
        'GET /v1/files/b1': () => ({ body: billNow('b1') }),
      });
      const link = row(0).getByRole('link', { name: 'Attachment: bill.pdf' });
      const opened: string[] = [];
      const note = (event: MouseEvent) => {
        if (!event.defaultPrevented) opened.push((event.target as Element).closest('a')!.href);
        event.preventDefault();
      };
      window.addEventListener('click', note);
      fireEvent.click(link);
      expect(opened).toEqual([linkTo('b1')]);
      vi.setSystemTime(Date.now() + LIFE_MS);
      fireEvent.click(link);
      await waitFor(() => expect(opened).toHaveLength(2));
      expect(opened[1]).toBe(linkTo('b1'));
      expect(renewals(requests)).toEqual(['/v1/files/b1']);
      window.removeEventListener('click', note);
    });

    it('says so when a file is gone', async () => {
      const { row } = await openWith([aMessage({ attachments: [billNow('b2')] })]);
      vi.setSystemTime(Date.now() + LIFE_MS);
      fireEvent.click(row(0).getByRole('link', { name: 'Attachment: bill.pdf' }));
      expect(await screen.findByRole('alert')).toHaveTextContent('This does not exist');
    });
  });
});
