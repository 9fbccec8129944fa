import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { MessageHistory } from '../../src/contracts/chat.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import { Realtime } from '../../src/infrastructure/realtime/realtime.js';
import { startCluster, type Cluster } from '../support/app.js';
import { asAgent, PASSWORD, register } from '../support/people.js';
import { SdkPackage } from '../support/sdk-package.js';

const EXPIRY = fileURLToPath(new URL('../support/sdk/expiry.mjs', import.meta.url));

const CONSUMER = `
import { ChatError, createChatClient, createSharedChatClient, type MessageView, type Timeline } from '@fast-light-chat/sdk';
import { parseMarkdown } from '@fast-light-chat/sdk/markdown';
import { ChatProvider, useChatEvent, useTimeline } from '@fast-light-chat/sdk/react';

const client = createChatClient({ url: 'http://chat', auth: () => Promise.resolve({ token: 't' }) });
const timeline: Timeline = client.conversation('c').getSnapshot();
export const contents: string[] = timeline.items.flatMap((item) => (item.kind === 'message' ? [item.message.content] : []));
export const opened: Promise<{ headSeq: number }> = client.call('conversation:open', { conversationId: 'c' });
client.on('message:created', ({ message }) => void (message satisfies MessageView));
export const blocks = parseMarkdown('**hello**').length;
export const code = (error: ChatError): string => error.code;
export const hook = (): number => useTimeline('c').timeline.headSeq;
export const listen = (): void => useChatEvent('typing', ({ sender }) => void sender.name);
export const Provider: typeof ChatProvider = ChatProvider;

// @ts-expect-error: whoever shares says who they are
createSharedChatClient({ url: 'http://chat', auth: () => Promise.resolve({ token: 't' }) });
// @ts-expect-error: there is no such event
client.on('no:such', () => undefined);
// @ts-expect-error: not any
export const wrong: number = timeline.items;
`;

describe('the package @fast-light-chat/sdk', () => {
  let sdk: SdkPackage;
  let cluster: Cluster;
  let url: string;
  let owner: RegistrationView;

  beforeAll(async () => {
    sdk = await SdkPackage.install();
    cluster = await startCluster(1, { USER_TOKEN_SECONDS: '5', ACCESS_TOKEN_SECONDS: '5' });
    url = cluster.nodes[0]!.url;
    owner = await register(url, 'Moru Tea');
  }, 60_000);

  afterAll(async () => {
    await sdk.remove();
    await cluster.stop();
  });

  it('holds what is built and nothing else', () => {
    const others = sdk.files.filter((path) => !path.startsWith('dist/'));
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
    expect(sdk.files.filter((path) => !/\.(js|d\.ts)$/.test(path) && path.startsWith('dist/'))).toEqual([]);
    expect(sdk.files.filter((path) => path.includes('.spec.'))).toEqual([]);
    expect(sdk.files).toEqual(
      expect.arrayContaining(['dist/client.js', 'dist/markdown.js', 'dist/react.js']),
    );
  });

  it.each([
    { module: 'nodenext', moduleResolution: 'nodenext' },
    { module: 'esnext', moduleResolution: 'bundler' },
  ])(
    'has all its types with $moduleResolution',
    async (resolution) => {
      await sdk.write('consumer.ts', CONSUMER);
      const compilerOptions = {
        ...resolution,
        target: 'ES2022',
        lib: ['ES2022', 'DOM', 'DOM.Iterable'],
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
      };
      const config = { compilerOptions, files: ['consumer.ts'] };
      await sdk.write('tsconfig.json', JSON.stringify(config));
      expect(await sdk.complaints('tsconfig.json')).toBe('');
    },
    60_000,
  );

  it('lets the examples of its README talk to each other', async () => {
    await sdk.write('agent.mjs', await sdk.example('agent.mjs'));
    await sdk.write('visitor.mjs', await sdk.example('visitor.mjs'));
    const agent = sdk.start('agent.mjs', url, owner.agent.email, PASSWORD);
    await agent.line('online');
    const visitor = sdk.start('visitor.mjs', url, owner.environment.pluginKey, 'Do you ship to Jeju?');
    await visitor.line(`${owner.agent.name}: Hello! We will be with you in a minute.`);
    await agent.line('2 messages');
  }, 60_000);

  it('outlives its token: while connected, while typing, and over a reconnect', async () => {
    await sdk.copy(EXPIRY, 'expiry.mjs');
    owner = await register(url, 'Quiet Tea');
    const client = sdk.start('expiry.mjs', url, owner.environment.pluginKey);
    const expired = JSON.parse(await client.line('"expired","reasons"')) as { reasons: string[] } & {
      conversationId: string;
    };
    expect(expired.reasons).toEqual(['connect']);
    for (const socket of cluster.nodes[0]!.app.get(Realtime, { strict: false }).localSockets) {
      if (socket.data.principal.type === 'user') socket.disconnect(true);
    }
    client.say('the line is cut');
    const contents = ['before', 'while it is expired', 'after the renewal'];
    expect(JSON.parse(await client.line('"renewed","reasons"'))).toMatchObject({
      reasons: ['connect', 'connect', 'expired'],
      contents,
      state: 'online',
    });
    expect(await stored(expired.conversationId)).toEqual(contents);
  }, 60_000);

  async function stored(conversationId: string): Promise<string[]> {
    const session = await request(url)
      .post('/v1/auth/login')
      .send({ email: owner.agent.email, password: PASSWORD })
      .expect(200);
    const { body } = await request(url)
      .get(`/v1/conversations/${conversationId}/messages`)
      .set(asAgent(session.body as RegistrationView))
      .expect(200);
    return (body as MessageHistory).items.filter(({ type }) => type === 'text').map(({ content }) => content);
  }
});
