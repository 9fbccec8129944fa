import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { EMPTY_DRAFT, loadDraft, saveDraft } from '../lib/drafts';
import { forgetSession, signIn } from '../lib/session';
import type { AgentView, AttachmentView, SavedReplyView } from '../lib/wire';
import {
  aConversation,
  aMessage,
  anAgent,
  aSession,
  aUser,
  at,
  personOf,
  SELF,
  USER_PERSON,
} from '../test/factories';
import { fakeServer, page } from '../test/fake-server';
import { renderApp } from '../test/render-app';

type Routes = Parameters<typeof fakeServer>[0];

const BILL: AttachmentView = { id: 'f1', name: 'bill.pdf', mimeType: 'application/pdf', size: 9, url: '/f1' };

function aReply(fields: Partial<SavedReplyView>): SavedReplyView {
  return { id: 'r1', shortcut: 'hi', title: 'Greeting', content: 'Hello', updatedAt: at(0), ...fields };
}

async function open(replies: SavedReplyView[] = [], more: Routes = {}) {
  const conversation = aConversation();
  const server = fakeServer({
    'GET /v1/conversations': () => page([conversation]),
    'GET /v1/conversations/conversation-1': () => ({ body: conversation }),
    'GET /v1/conversations/conversation-1/pins': () => page([]),
    'GET /v1/conversations/conversation-1/messages': () => ({ body: { items: [] } }),
    'GET /v1/saved-replies': ({ query }) =>
      page(replies.filter(({ shortcut }) => shortcut.startsWith(query.get('query') ?? ''))),
    'GET /v1/users/user-1': () => ({ body: aUser() }),
    'GET /v1/agents': () => page([SELF]),
    'GET /v1/environments': () => page([]),
    ...more,
  });
  const app = renderApp({ path: '/inbox/all/conversation-1', as: SELF });
  await screen.findByRole('region', { name: 'Messages' });
  const talk = app.client.conversation('conversation-1');
  act(() => talk.receive(aMessage({ content: 'Is it blue?' })));
  await screen.findByText('Is it blue?');
  return { ...app, ...server, talk };
}

/** Leads to where the agent was whose session has expired. */
async function signInAfterExpiry(agent: AgentView) {
  act(() => forgetSession('expired'));
  await screen.findByRole('button', { name: 'Sign in' });
  act(() => signIn(aSession(agent)));
}

const FIELD = { name: 'Write a message' };
const field = () => screen.getByRole('textbox', FIELD);

describe('emojis', () => {
  const pick = async (person: Awaited<ReturnType<typeof open>>['person']) => {
    await person.click(screen.getByRole('button', { name: 'Insert an emoji' }));
    return within(await screen.findByRole('dialog', { name: 'Insert an emoji' }));
  };

  it.each(['rocket', '로켓'])('are found by %s, and stand where one was writing', async (word) => {
    const { person } = await open();
    await person.type(field(), 'Up! Go', { initialSelectionStart: 0 });
    await person.type(field(), '{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    const picker = await pick(person);
    await person.type(picker.getByRole('textbox', { name: 'Search emojis' }), word);
    await within(await screen.findByRole('group', { name: 'Found' })).findByRole('button', { name: /^🚀/ });
    await person.keyboard('{Enter}');
    await waitFor(() => expect(field()).toHaveValue('Up!🚀 Go'));
    expect(field()).toHaveFocus();
    await person.keyboard('!');
    expect(field()).toHaveValue('Up!🚀! Go');
  });

  it('are remembered, newest first', async () => {
    const { person } = await open();
    const picker = await pick(person);
    await person.type(picker.getByRole('textbox', { name: 'Search emojis' }), 'rocket');
    await screen.findByRole('button', { name: /^🚀/ });
    await person.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await pick(person);
    const often = within(await screen.findByRole('group', { name: 'Used often' }));
    expect(often.getAllByRole('button')[0]).toHaveTextContent('🚀');
  });

  it('are reached by the arrows from the search', async () => {
    const { person } = await open();
    await pick(person);
    await person.keyboard('{ArrowDown}{ArrowRight}');
    const often = within(await screen.findByRole('group', { name: 'Used often' }));
    expect(often.getAllByRole('button')[1]).toHaveFocus();
  });

  it('that do not exist are not made up', async () => {
    const { person } = await open();
    const picker = await pick(person);
    await person.type(picker.getByRole('textbox', { name: 'Search emojis' }), 'zzzz');
    expect(await picker.findByText('No emoji found.')).toBeVisible();
  });
});

describe('saved replies', () => {
  const replies = [
    aReply({ content: 'Hello {{user.name}}, this is {{agent.name}}.' }),
    aReply({ id: 'r2', shortcut: 'hours', title: 'Hours', content: 'From nine to six.' }),
  ];

  it('open with a slash, and are filled in', async () => {
    const { person, talk } = await open(replies);
    await person.type(field(), '/');
    const list = within(await screen.findByRole('listbox', { name: 'Saved replies' }));
    expect(list.getAllByRole('option')).toHaveLength(2);
    expect(field()).toHaveAttribute('aria-activedescendant', list.getAllByRole('option')[0]!.id);
    await person.keyboard('{ArrowDown}{ArrowUp}{Enter}');
    expect(field()).toHaveValue(`Hello Minjun, this is ${SELF.name}.`);
    await person.keyboard('{Enter}');
    expect(talk.sent).toMatchObject([{ content: `Hello Minjun, this is ${SELF.name}.` }]);
  });

  it('greet nobody by the name that only the dashboard gives them', async () => {
    const user = { ...USER_PERSON, id: 'user-7ab9', name: 'Visitor 7AB9' };
    const conversation = aConversation({ user });
    const { person } = await open(replies, {
      'GET /v1/conversations/conversation-1': () => ({ body: conversation }),
      'GET /v1/conversations': () => page([conversation]),
      'GET /v1/users/user-7ab9': () => ({ body: aUser() }),
    });
    await person.type(field(), '/');
    await screen.findByRole('listbox', { name: 'Saved replies' });
    await person.keyboard('{Enter}');
    expect(field()).toHaveValue(`Hello, this is ${SELF.name}.`);
  });

  it('are found by what follows the slash', async () => {
    const { person } = await open(replies);
    await person.type(field(), '/ho');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    await person.click(screen.getByRole('option', { name: /Hours/ }));
    expect(field()).toHaveValue('From nine to six.');
  });

  it('stay away when they were sent away, and what was typed is sent as it is', async () => {
    const { person, talk } = await open(replies);
    await person.type(field(), '/');
    await screen.findByRole('listbox', { name: 'Saved replies' });
    await person.keyboard('{Escape}{Enter}');
    expect(talk.sent).toMatchObject([{ content: '/' }]);
  });
});

describe('colleagues who look', () => {
  const mate = { id: 'agent-2', name: 'Haneul', avatarUrl: null };

  it('are named while they do', async () => {
    const { client } = await open();
    const look = (agents: (typeof mate)[]) =>
      act(() => client.emit('viewing', { conversationId: 'conversation-1', agents }));
    look([{ ...mate, id: SELF.id, name: SELF.name }, mate]);
    expect(await screen.findByRole('img', { name: 'Haneul is looking at this, too' })).toBeInTheDocument();
    look([{ ...mate, id: SELF.id, name: SELF.name }]);
    expect(screen.queryByRole('img', { name: /looking/ })).toBeNull();
  });

  it('are told that one looks', async () => {
    const { client } = await open();
    const said = { conversationId: 'conversation-1', viewing: true };
    await waitFor(() => expect(client.calls).toContainEqual(['viewing:set', said]));
  });
});

describe('what is not here yet', () => {
  it('is said to be missing when it does not come soon', async () => {
    const { talk } = await open();
    act(() => talk.set({ isBehind: true }));
    const text = 'Some messages are still on their way…';
    expect(screen.queryByText(text)).toBeNull();
    expect(await screen.findByText(text, undefined, { timeout: 3_000 })).toBeVisible();
    act(() => talk.set({ isBehind: false }));
    await waitFor(() => expect(screen.queryByText(text)).toBeNull());
  });

  it('is said to leave later while there is no connection', async () => {
    const { client } = await open();
    act(() => client.emit('state', 'reconnecting'));
    expect(await screen.findByText(/what you send leaves as soon as it is back/)).toBeVisible();
  });
});

describe('what was typed', () => {
  it('in a thread is there again', async () => {
    const { person } = await open();
    const write = async () => {
      await person.click(screen.getByRole('button', { name: 'Message actions' }));
      await person.click(await screen.findByRole('menuitem', { name: 'Reply in a thread' }));
      return screen.findByRole('textbox', { name: 'Reply in this thread' });
    };
    await person.type(await write(), 'Half a thou');
    await person.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Reply in this thread' })).toBeNull());
    expect(await write()).toHaveValue('Half a thou');
  });

  it('as a change is there again, unless it was given up', async () => {
    const { person, talk } = await open();
    act(() => talk.receive(aMessage({ seq: 2, content: 'Yes', sender: personOf(SELF) })));
    const edit = async () => {
      const own = within((await screen.findByText('Yes')).closest('article')!);
      await person.click(own.getByRole('button', { name: 'Message actions' }));
      await person.click(await screen.findByRole('menuitem', { name: 'Edit' }));
      return screen.findByRole('textbox', { name: 'Edit message' });
    };
    await person.type(await edit(), ', blue');
    expect(Object.values(localStorage).some((kept) => String(kept).includes('Yes, blue'))).toBe(true);
    await person.keyboard('{Escape}');
    expect(await edit()).toHaveValue('Yes');
  });

  it('is gone here as well when it was sent from another tab', async () => {
    const { person } = await open();
    await person.type(field(), 'On its way');
    const key = Object.keys(localStorage).find((one) => one.endsWith('.conversation-1'))!;
    localStorage.removeItem(key);
    act(() => void window.dispatchEvent(new StorageEvent('storage', { key })));
    expect(field()).toHaveValue('');
  });

  it('is there for who wrote it when their session was over, and not for the next agent', async () => {
    const { person } = await open();
    await person.type(field(), 'Between us');
    await signInAfterExpiry(anAgent());
    expect(await screen.findByRole('textbox', FIELD)).toHaveValue('');
    await person.type(field(), 'Mine');
    await signInAfterExpiry(SELF);
    expect(await screen.findByRole('textbox', FIELD)).toHaveValue('Between us');
  });
});

describe('files', () => {
  const section = () => screen.getByRole('region', { name: 'Messages' }).closest('section')!;
  const carried = { types: ['Files'], files: [new File(['x'], 'tea.txt', { type: 'text/plain' })] };
  const hint = () => screen.queryByText('Drop files here to attach them');

  it('are taken wherever on the conversation they are dropped', async () => {
    await open();
    fireEvent.dragOver(section(), { dataTransfer: carried });
    expect(hint()).toBeVisible();
    fireEvent.drop(section(), { dataTransfer: carried });
    expect(hint()).toBeNull();
    expect(await screen.findByText('tea.txt')).toBeVisible();
  });

  it('are let go of when they are carried on, and text is no file', async () => {
    await open();
    fireEvent.dragOver(section(), { dataTransfer: { types: ['text/plain'], files: [] } });
    expect(hint()).toBeNull();
    fireEvent.dragOver(section(), { dataTransfer: carried });
    fireEvent.dragLeave(section(), { relatedTarget: document.body });
    expect(hint()).toBeNull();
  });

  it('are still attached after a reload, and sent with what is written then', async () => {
    signIn(aSession());
    saveDraft('conversation-1', { ...EMPTY_DRAFT, files: [{ name: BILL.name, size: 9, attachment: BILL }] });
    const { person, talk } = await open([], { 'GET /v1/files/f1': () => ({ body: BILL }) });
    expect(await screen.findByText('bill.pdf')).toBeVisible();
    await person.type(field(), 'Here it is{Enter}');
    expect(talk.sent).toEqual([{ content: 'Here it is', private: false, attachments: [BILL] }]);
    expect(screen.queryByText('bill.pdf')).toBeNull();
    expect(loadDraft('conversation-1')).toEqual(EMPTY_DRAFT);
  });

  it('go on while one looks at something else, and say it when the server has let go of them', async () => {
    const gone = { ...BILL, id: 'gone' };
    signIn(aSession());
    saveDraft('conversation-1', { ...EMPTY_DRAFT, files: [{ name: gone.name, size: 9, attachment: gone }] });
    const { person, router, talk } = await open();
    fireEvent.drop(section(), { dataTransfer: carried });
    expect(await screen.findByText(/did not arrive/)).toBeVisible();
    await act(() => router.navigate('/team'));
    await act(() => router.navigate('/inbox/all/conversation-1'));
    // The browser of this test reaches no server: with the file still at hand, it can be sent again.
    expect(await screen.findByRole('button', { name: /again.*tea.txt|tea.txt.*again/i })).toBeVisible();
    expect(screen.getAllByText(/did not arrive/)).toHaveLength(1);
    await person.type(field(), 'Here they are{Enter}');
    expect(talk.sent).toEqual([]);
    await person.click(screen.getByRole('button', { name: 'Remove bill.pdf' }));
    await person.click(screen.getByRole('button', { name: 'Remove tea.txt' }));
    await person.click(screen.getByRole('button', { name: 'Send' }));
    expect(talk.sent).toEqual([{ content: 'Here they are', private: false }]);
  });

  it('do not go on for the next agent, wherever the one before had left them', async () => {
    const { router } = await open();
    const attach = async () => {
      await screen.findByRole('textbox', FIELD);
      fireEvent.drop(section(), { dataTransfer: carried });
      await screen.findByText('tea.txt');
    };
    const expectNone = async () => {
      await screen.findByRole('textbox', FIELD);
      expect(screen.queryByText('tea.txt')).toBeNull();
    };
    await attach();
    await act(() => router.navigate('/team'));
    await signInAfterExpiry(anAgent());
    await act(() => router.navigate('/inbox/all/conversation-1'));
    await expectNone();
    await attach();
    // As another tab tells it, when this one was asleep in between.
    act(() => signIn(aSession(anAgent({ id: 'agent-3' }))));
    await expectNone();
  });
});
