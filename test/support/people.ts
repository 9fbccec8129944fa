import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import request from 'supertest';
import type { ConversationView } from '../../src/contracts/chat.js';
import type { Ack } from '../../src/contracts/common.js';
import type { ClientToServerEvents, ServerToClientEvents, SocketAuth } from '../../src/contracts/socket.js';
import type { InvitationView, RegistrationView, Role } from '../../src/contracts/tenants.js';
import type { BootView } from '../../src/contracts/users.js';

export type Client = Socket<ServerToClientEvents, ClientToServerEvents>;

export const PASSWORD = 'correct horse battery';

/** A new organization with its owner. */
export async function register(url: string, name = 'Acme'): Promise<RegistrationView> {
  const body = {
    organizationName: name,
    name: 'Jiwoo Park',
    email: `${randomUUID()}@agents.example`,
    password: PASSWORD,
  };
  const answer = await request(url).post('/v1/auth/register').send(body).expect(201);
  return answer.body as RegistrationView;
}

/** A colleague of the owner, who has accepted the invitation. */
export async function hire(
  url: string,
  owner: { accessToken: string },
  given: { role?: Role; name?: string; email?: string } = {},
): Promise<RegistrationView> {
  const { role = 'agent', name = 'Colleague', email = `${randomUUID()}@agents.example` } = given;
  const invited = await request(url)
    .post('/v1/agents/invitations')
    .set(asAgent(owner))
    .send({ email, role })
    .expect(201);
  const { token } = invited.body as InvitationView;
  const acceptance = { token, name, password: PASSWORD };
  const accepted = await request(url).post('/v1/auth/invitations/accept').send(acceptance).expect(201);
  return accepted.body as RegistrationView;
}

export async function boot(url: string, pluginKey: string, body: object = {}): Promise<BootView> {
  const answer = await request(url)
    .post('/v1/widget/boot')
    .set('X-Plugin-Key', pluginKey)
    .send(body)
    .expect(200);
  return answer.body as BootView;
}

export function asAgent({ accessToken }: { accessToken: string }): Record<string, string> {
  return { authorization: `Bearer ${accessToken}` };
}

export function asUser(pluginKey: string, { userToken }: { userToken: string }): Record<string, string> {
  return { 'x-plugin-key': pluginKey, 'x-user-token': userToken };
}

export function asPartner({
  apiKey,
  apiSecret,
}: {
  apiKey: string;
  apiSecret: string;
}): Record<string, string> {
  return { 'x-api-key': apiKey, 'x-api-secret': apiSecret };
}

/** Connected and greeted. */
export async function connect(url: string, auth: SocketAuth): Promise<Client> {
  const client: Client = io(url, { auth, transports: ['websocket'], forceNew: true, reconnection: false });
  const greeted = next(client, 'hello');
  await Promise.race([
    greeted,
    new Promise((_, reject) => client.once('connect_error', (error) => reject(error))),
  ]);
  return client;
}

/** The next event by that name (that fits), or a failure that says what was waited for. */
export function next<E extends keyof ServerToClientEvents>(
  client: Client,
  event: E,
  fits: (fact: Parameters<ServerToClientEvents[E]>[0]) => boolean = () => true,
  ms = 15_000,
): Promise<Parameters<ServerToClientEvents[E]>[0]> {
  type Fact = Parameters<ServerToClientEvents[E]>[0];
  return new Promise((resolve, reject) => {
    const listener = (fact: Fact) => {
      if (!fits(fact)) return;
      clearTimeout(timer);
      client.off(event, listener as never);
      resolve(fact);
    };
    const timer = setTimeout(() => {
      client.off(event, listener as never);
      reject(new Error(`no fitting "${event}" came within ${ms} ms`));
    }, ms);
    client.on(event, listener as never);
  });
}

type Answer<E extends keyof ClientToServerEvents> = Parameters<ClientToServerEvents[E]>[1] extends (
  ack: Ack<infer T>,
) => void
  ? T
  : never;

/** The whole ack, whatever it says. */
export function call<E extends keyof ClientToServerEvents>(
  client: Client,
  event: E,
  body: unknown,
): Promise<Ack<Answer<E>>> {
  return (
    client.timeout(15_000) as unknown as { emitWithAck(event: E, body: unknown): Promise<Ack<Answer<E>>> }
  ).emitWithAck(event, body);
}

/** The data of an ack that must be good. */
export async function must<E extends keyof ClientToServerEvents>(
  client: Client,
  event: E,
  body: unknown,
): Promise<Answer<E>> {
  const ack = await call(client, event, body);
  if (!ack.ok) throw new Error(`${event} was refused: ${JSON.stringify(ack.error)}`);
  return ack.data;
}

export function aMessage(content = 'hello'): { content: string; clientMessageId: string } {
  return { content, clientMessageId: randomUUID() };
}

/** A visitor's new conversation with one message in it. */
export async function startConversation(visitor: Client, content = '안녕하세요'): Promise<ConversationView> {
  const { conversation } = await must(visitor, 'conversation:create', { message: aMessage(content) });
  return conversation;
}
