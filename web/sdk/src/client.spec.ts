import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeServer, refusal } from '../test/fake-server.js';
import { AGENT } from '../test/fixtures.js';
import { ChatError, createChatClient, createMemoryOutbox } from './client.js';
import type { ChatClient, ChatClientOptions, ConversationHandle } from './types.js';

let server: FakeServer;
const clients: ChatClient[] = [];

beforeEach(async () => {
  server = await FakeServer.start();
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await server.stop();
});

/** `random: 0` makes every backoff end at once. */
function aClient(options: Partial<ChatClientOptions> = {}): ChatClient {
  const client = createChatClient({
    url: server.url,
    auth: () => Promise.resolve({ pluginKey: 'pk', userToken: 't1' }),
    random: () => 0,
    ...options,
  });
  clients.push(client);
  client.connect();
  return client;
}

function contents(handle: ConversationHandle): string[] {
  return handle
    .getSnapshot()
    .items.map((item) =>
      item.kind === 'message' ? item.message.content : `${item.content} (${item.state})`,
    );
}

async function opened(client: ChatClient): Promise<ConversationHandle> {
  const handle = client.conversation('c1');
  handle.open();
  await vi.waitFor(() => expect(handle.getSnapshot().status).toBe('ready'));
  return handle;
}

const within = { timeout: 4_000, interval: 10 };

describe('createChatClient', () => {
  it('connects, learns who it is and loads the newest page', async () => {
    for (let seq = 1; seq <= 60; seq += 1) server.post();
    const handle = await opened(aClient());
    expect(handle.getSnapshot()).toMatchObject({ headSeq: 60, hasOlder: true });
    expect(contents(handle)).toHaveLength(50);
    await handle.loadOlder();
    expect(contents(handle)).toHaveLength(60);
    expect(handle.getSnapshot().hasOlder).toBe(false);
    await vi.waitFor(() => expect(handle.getSnapshot().readMarkers).toEqual({ 'agent:a1': 1 }));
  });

  it.each(['before ack', 'after ack', 'never'] as const)(
    'shows a sent message once, echo %s',
    async (echo) => {
      server.echo = echo;
      const handle = await opened(aClient());
      handle.send({ content: 'hello' });
      expect(contents(handle)).toEqual(['hello (sending)']);
      await vi.waitFor(() => expect(contents(handle)).toEqual(['hello']));
      server.post({ content: 'hi', sender: AGENT });
      await vi.waitFor(() => expect(contents(handle)).toEqual(['hello', 'hi']));
    },
  );

  it('keeps the order of what was written while offline', async () => {
    const client = aClient();
    const handle = client.conversation('c1');
    handle.open();
    handle.send({ content: 'one' });
    handle.send({ content: 'two' });
    expect(contents(handle)).toEqual(['one (waiting)', 'two (waiting)']);
    await vi.waitFor(() => expect(contents(handle)).toEqual(['one', 'two']));
  });

  it('sends again with the same id when the line breaks before the ack', async () => {
    server.sendFaults.push('lose ack');
    server.echo = 'never';
    const handle = await opened(aClient());
    const id = handle.send({ content: 'hello' });
    await vi.waitFor(() => expect(server.callsOf('message:send')).toHaveLength(1));
    server.cutLines();
    await vi.waitFor(() => expect(contents(handle)).toEqual(['hello']), within);
    await vi.waitFor(() => expect(server.callsOf('message:send')).toHaveLength(2), within);
    expect(server.callsOf('message:send').map((request) => request.clientMessageId)).toEqual([id, id]);
    expect(server.messages).toHaveLength(1);
  });

  it('shows files while their message is on its way, and sends their ids alone', async () => {
    const handle = await opened(aClient());
    const attachment = { id: 'f1', name: 'cup.png', mimeType: 'image/png', size: 9, url: '/f1' };
    handle.send({ content: '', attachments: [attachment] });
    expect(handle.getSnapshot().items).toMatchObject([{ kind: 'pending', attachments: [attachment] }]);
    await vi.waitFor(() => expect(server.callsOf('message:send')).toHaveLength(1));
    const [request] = server.callsOf('message:send');
    expect(request).toMatchObject({ attachmentIds: ['f1'] });
    expect(request).not.toHaveProperty('attachments');
  });

  it('waits as long as a rate limit says and goes on by itself', async () => {
    server.sendFaults.push(refusal('common.rate_limited', { retryable: true, retryAfterMs: 150 }));
    const handle = await opened(aClient());
    handle.send({ content: 'hello' });
    await vi.waitFor(() => expect(contents(handle)).toEqual(['hello (waiting)']));
    await vi.waitFor(() => expect(contents(handle)).toEqual(['hello']), within);
  });

  it('says of what waits behind another why it waits, of what comes later too', async () => {
    const limit = refusal('common.rate_limited', { retryable: true, retryAfterMs: 150 });
    server.sendFaults.push(limit, limit, limit);
    const handle = await opened(aClient());
    const reasonsBehind = () =>
      handle
        .getSnapshot()
        .items.slice(1)
        .map((item) => item.kind === 'pending' && `${item.state}: ${item.error?.code}`);
    for (const content of ['one', 'two']) handle.send({ content });
    const held = 'waiting: common.rate_limited';
    await vi.waitFor(() => expect(reasonsBehind()).toEqual([held]));
    handle.send({ content: 'three' });
    expect(reasonsBehind()).toEqual([held, held]);
    await vi.waitFor(() => expect(contents(handle)).toEqual(['one', 'two', 'three']), within);
  });

  it('leaves a refused message to the person and goes on with the next', async () => {
    server.sendFaults.push(refusal('common.validation_failed'));
    const handle = await opened(aClient());
    const id = handle.send({ content: 'bad' });
    handle.send({ content: 'good' });
    await vi.waitFor(() => expect(contents(handle)).toEqual(['good', 'bad (failed)']));
    handle.retry(id);
    await vi.waitFor(() => expect(contents(handle)).toEqual(['good', 'bad']));
  });

  it('sends after a reload what the outbox kept', async () => {
    const outbox = createMemoryOutbox();
    const first = aClient({ outbox, url: 'http://127.0.0.1:9' });
    first.conversation('c1').send({ content: 'kept' });
    first.destroy();
    const handle = await opened(aClient({ outbox }));
    await vi.waitFor(() => expect(contents(handle)).toEqual(['kept']));
    expect(outbox.load()).toEqual([]);
  });

  it('gets what it missed after a reconnect', async () => {
    const handle = await opened(aClient());
    server.post({ content: 'one' });
    await vi.waitFor(() => expect(contents(handle)).toEqual(['one']));
    server.cutLines();
    server.post({ content: 'two' }, 'silently');
    await vi.waitFor(() => expect(contents(handle)).toEqual(['one', 'two']), within);
  });

  it('asks a second later for the number that an agent misses, once, and then accepts the hole', async () => {
    server.principal = { type: 'agent', id: AGENT.id };
    const handle = await opened(aClient());
    server.post({ content: 'one' });
    server.post({ content: 'two' }, 'silently');
    server.post({ content: 'three' });
    await vi.waitFor(() => expect(contents(handle)).toEqual(['one']));
    await vi.waitFor(() => expect(contents(handle)).toEqual(['one', 'two', 'three']), within);
    server.post({ seq: 5, content: 'five' });
    await vi.waitFor(() => expect(contents(handle)).toEqual(['one', 'two', 'three', 'five']), within);
    expect(server.callsOf('conversation:sync')).toHaveLength(3);
  });

  it('asks at once for the number that a user misses, which is mostly a note between agents', async () => {
    const handle = await opened(aClient());
    server.post({ private: true }, 'silently');
    server.sees = (message) => !message.private;
    server.post({ content: 'answer' });
    await vi.waitFor(() => expect(contents(handle)).toEqual(['answer']), { timeout: 500 });
  });

  it('finds a silently lost last message by the heads', async () => {
    const handle = await opened(aClient());
    server.post({ content: 'lost' }, 'silently');
    server.emit('heads', { heads: [{ id: 'c1', headSeq: 1, headRev: 0 }], epoch: 'e1' });
    await vi.waitFor(() => expect(contents(handle)).toEqual(['lost']), within);
  });

  it('loads anew when the epoch changed', async () => {
    const handle = await opened(aClient());
    server.post({ content: 'never journaled' });
    await vi.waitFor(() => expect(contents(handle)).toEqual(['never journaled']));
    server.messages.length = 0;
    server.post({ content: 'truth' }, 'silently');
    server.epoch = 'e2';
    server.emit('heads', { heads: [], epoch: 'e2' });
    await vi.waitFor(() => expect(contents(handle)).toEqual(['truth']), within);
  });

  it('renews an expired token and comes back', async () => {
    let token = 'old';
    const auth = vi.fn((reason: string) => {
      if (reason === 'expired') token = 'new';
      return Promise.resolve({ pluginKey: 'pk', userToken: token });
    });
    server.refuseConnect = (sent) => (sent.userToken === 'old' ? refusal('auth.token_expired') : null);
    const client = aClient({ auth });
    await vi.waitFor(() => expect(client.state).toBe('online'), within);
    expect(auth.mock.calls.map(([reason]) => reason)).toEqual(['connect', 'expired']);
  });

  it('gives up when even fresh credentials are refused', async () => {
    server.refuseConnect = () => refusal('auth.unauthenticated');
    const client = aClient();
    await vi.waitFor(() => expect(client.state).toBe('ended'), within);
    expect(server.auths).toHaveLength(2);
    expect(client.error?.code).toBe('auth.unauthenticated');
  });

  it('says why it does not come online, until it does', async () => {
    const auth = vi.fn().mockRejectedValueOnce(new ChatError({ code: 'common.not_found' }));
    auth.mockResolvedValue({ pluginKey: 'pk', userToken: 't' });
    const client = aClient({ auth });
    const heard: unknown[] = [];
    client.on('state', (state) => heard.push([state, client.error?.code]));
    await vi.waitFor(() => expect(client.state).toBe('online'), within);
    expect(heard).toContainEqual(['reconnecting', 'common.not_found']);
    expect(client.error).toBeNull();
  });

  it('stops for good when the session ended', async () => {
    const client = aClient();
    await vi.waitFor(() => expect(client.state).toBe('online'));
    server.emit('session:ended', {});
    await vi.waitFor(() => expect(client.state).toBe('ended'));
    await expect(client.call('ping', {})).rejects.toMatchObject({ code: 'client.ended', retryable: false });
  });

  it('says when it will try again while the server is away', async () => {
    const client = aClient({ random: () => 1 });
    await vi.waitFor(() => expect(client.state).toBe('online'));
    await server.stop();
    await vi.waitFor(() => expect(client.state).toBe('reconnecting'), within);
    expect(client.retryAt).toBeGreaterThan(Date.now());
    server = await FakeServer.start(server.port);
    await vi.waitFor(() => expect(client.state).toBe('online'), within);
  });

  it('unpacks a refusal into a ChatError', async () => {
    server.sendFaults.push(refusal('chat.not_found', { details: { id: 'c9' } }));
    const client = aClient();
    await vi.waitFor(() => expect(client.state).toBe('online'));
    const error = await client
      .call('message:send', { conversationId: 'c9', clientMessageId: 'x', content: 'y' })
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ChatError);
    expect(error).toMatchObject({ code: 'chat.not_found', requestId: 'r1', details: { id: 'c9' } });
  });

  it('shows who is typing until the message comes', async () => {
    const handle = await opened(aClient());
    server.emit('typing', { conversationId: 'c1', sender: AGENT, typing: true });
    await vi.waitFor(() => expect(handle.getSnapshot().typing).toEqual([AGENT]));
    server.post({ sender: AGENT });
    await vi.waitFor(() => expect(handle.getSnapshot().typing).toEqual([]));
  });

  it('reports reading and typing sparingly', async () => {
    const handle = await opened(aClient());
    for (let seq = 1; seq <= 3; seq += 1) server.post();
    await vi.waitFor(() => expect(handle.getSnapshot().headSeq).toBe(3));
    for (const seq of [1, 2, 3, 2]) handle.markRead(seq);
    for (let key = 0; key < 5; key += 1) handle.setTyping(true);
    await vi.waitFor(() => expect(server.callsOf('conversation:read')).toHaveLength(2), within);
    expect(server.callsOf('conversation:read').map((request) => request.seq)).toEqual([1, 3]);
    expect(server.callsOf('typing:set')).toHaveLength(1);
  });

  it('shares one live store between openers and loses it with the access', async () => {
    const client = aClient();
    const handle = await opened(client);
    expect(client.conversation('c1')).toBe(handle);
    server.post();
    server.emit('conversation:removed', { conversationId: 'c1' });
    await vi.waitFor(() => expect(handle.getSnapshot()).toMatchObject({ status: 'lost', items: [] }));
  });
});
