/** Outlives the token it came with. Says on each line what has happened; goes on when it is told to on stdin. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createChatClient, createClientId, createRestClient } from '@fast-light-chat/sdk';

const [url, pluginKey] = process.argv.slice(2);
const rest = createRestClient({ url, headers: () => ({ 'x-plugin-key': pluginKey }) });
const boot = (body) => rest.request('POST', '/v1/widget/boot', { body });
const first = await boot({});
const reasons = [];
let { userToken } = first;

const client = createChatClient({
  url,
  auth: async (reason) => {
    reasons.push(reason);
    if (reason === 'expired') ({ userToken } = await boot({ visitorToken: first.visitorToken }));
    return { pluginKey, userToken };
  },
});
client.connect();
await new Promise((online) => client.on('hello', online));
const message = { clientMessageId: createClientId(), content: 'before' };
const { conversation } = await client.call('conversation:create', { message });
const handle = client.conversation(conversation.id);
handle.open();
handle.setTyping(true);

const asFirst = createRestClient({
  url,
  headers: () => ({ 'x-plugin-key': pluginKey, 'x-user-token': first.userToken }),
});
const isRefused = () =>
  asFirst.request('GET', '/v1/users/me').then(
    () => false,
    ({ code }) => code === 'auth.token_expired',
  );
while (!(await isRefused())) await new Promise((resolve) => setTimeout(resolve, 250));

handle.setTyping(false);
handle.setTyping(true);
handle.send({ content: 'while it is expired' });
await shows('while it is expired');
console.log(JSON.stringify({ event: 'expired', reasons, conversationId: conversation.id }));

await once(createInterface({ input: process.stdin }), 'line');
handle.setTyping(true);
handle.send({ content: 'after the renewal' });
await shows('after the renewal');
const contents = handle.getSnapshot().items.map((item) => item.message?.content ?? item.content);
console.log(JSON.stringify({ event: 'renewed', reasons, contents, state: client.state }));
client.destroy();
process.stdin.destroy();

function shows(content) {
  const isShown = () =>
    handle.getSnapshot().items.some((item) => item.kind === 'message' && item.message.content === content);
  return new Promise((resolve) => {
    const look = () => isShown() && resolve();
    handle.subscribe(look);
    look();
  });
}
