import { act, screen, within } from '@testing-library/react';
import type { AgentView, MessageVersionView, MessageView } from '../lib/wire';
import { aConversation, aMessage, aUser, personOf, SELF } from './factories';
import { fakeServer, page, refusal, type Answer } from './fake-server';
import { renderApp } from './render-app';

/** An agent in front of a conversation in which these were said. */
export async function openWith(
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
    'GET /v1/conversations/conversation-1/pins': () => page([]),
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

export const field = () => screen.getByRole('textbox', { name: 'Write a message' });
export const own = (fields: Partial<MessageView> = {}) => aMessage({ sender: personOf(SELF), ...fields });
