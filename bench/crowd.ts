import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Ack } from '../src/contracts/common.js';
import type { ClientToServerEvents, ServerToClientEvents, SocketAuth } from '../src/contracts/socket.js';
import type { InvitationView, RegistrationView } from '../src/contracts/tenants.js';
import type { BootView } from '../src/contracts/users.js';

export type Client = Socket<ServerToClientEvents, ClientToServerEvents>;

/** One support conversation: a visitor, and the agent who has it open. */
export interface Pair {
  conversationId: string;
  visitor: Client;
  agent: Client;
}

export interface Crowd {
  url: string;
  ownerToken: string;
  pairs: Pair[];
  agents: Client[];
}

const AT_ONCE = 10;
/** Invitations are limited; further agents are further windows of these. */
const MOST_ACCOUNTS = 20;
const PATIENCE_MS = 10_000;
const PASSWORD = 'correct horse battery';

/** One organization; its agents share the conversations evenly, one socket each, as people at desks do. */
export async function gather(url: string, size: { pairs: number; agents: number }): Promise<Crowd> {
  const owner = await register(url);
  const accounts = [owner.accessToken, ...(await hire(url, owner, Math.min(size.agents, MOST_ACCOUNTS) - 1))];
  const tokens = Array.from({ length: size.agents }, (_, index) => accounts[index % accounts.length]!);
  const agents = await inGroups(tokens, (token) => connect(url, { token }));
  const { pluginKey } = owner.environment;
  const numbers = Array.from({ length: size.pairs }, (_, index) => index);
  const pairs = await inGroups(numbers, (index) => meet(url, pluginKey, agents[index % agents.length]!));
  return { url, ownerToken: owner.accessToken, pairs, agents };
}

export function disperse({ pairs, agents }: Crowd): void {
  for (const { visitor } of pairs) visitor.disconnect();
  for (const agent of agents) agent.disconnect();
}

type Requests = ClientToServerEvents;
type Request<E extends keyof Requests> = Parameters<Requests[E]>[0];
type Answer<E extends keyof Requests> = Parameters<Parameters<Requests[E]>[1]>[0];

/** The whole ack, whatever it says. */
export function ask<E extends keyof Requests>(
  client: Client,
  event: E,
  body: Request<E>,
): Promise<Answer<E>> {
  const asking = client.timeout(PATIENCE_MS) as unknown as {
    emitWithAck(event: E, body: Request<E>): Promise<Answer<E>>;
  };
  return asking.emitWithAck(event, body);
}

async function granted<T>(ack: Promise<Ack<T>>): Promise<T> {
  const answer = await ack;
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.error)}`);
  return answer.data;
}

async function meet(url: string, pluginKey: string, agent: Client): Promise<Pair> {
  const { userToken } = await post<BootView>(url, '/v1/widget/boot', {}, { 'x-plugin-key': pluginKey });
  const visitor = await connect(url, { pluginKey, userToken });
  const message = { content: 'Hello, is somebody there?', clientMessageId: randomUUID() };
  const { conversation } = await granted(ask(visitor, 'conversation:create', { message }));
  await granted(ask(agent, 'conversation:open', { conversationId: conversation.id }));
  return { conversationId: conversation.id, visitor, agent };
}

function register(url: string): Promise<RegistrationView> {
  return post(url, '/v1/auth/register', {
    organizationName: 'Bench',
    name: 'Owner',
    email: `${randomUUID()}@bench.example`,
    password: PASSWORD,
  });
}

function hire(url: string, { accessToken }: RegistrationView, count: number): Promise<string[]> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return inGroups(numbers, async (index) => {
    const invited = { email: `${randomUUID()}@bench.example`, role: 'agent' };
    const authorization = `Bearer ${accessToken}`;
    const { token } = await post<InvitationView>(url, '/v1/agents/invitations', invited, { authorization });
    const accepted = { token, name: `Agent ${index}`, password: PASSWORD };
    return (await post<RegistrationView>(url, '/v1/auth/invitations/accept', accepted)).accessToken;
  });
}

async function connect(url: string, auth: SocketAuth): Promise<Client> {
  const client: Client = io(url, { auth, transports: ['websocket'], forceNew: true });
  await new Promise<void>((resolve, reject) => {
    client.once('hello', () => resolve());
    client.once('connect_error', reject);
  });
  return client;
}

async function post<T>(
  url: string,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<T> {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** In order, a few at a time: the start of a crowd is not what is measured. */
async function inGroups<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))));
  }
  return results;
}
