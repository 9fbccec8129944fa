import { randomUUID } from 'node:crypto';
import request from 'supertest';
import type { ConversationView, CreateConversationBody } from '../../../src/contracts/chat.js';
import type { RegistrationView, SessionView } from '../../../src/contracts/tenants.js';
import { aMessage, asAgent, asUser, boot, PASSWORD, register } from '../../support/people.js';
import type { Role } from './actor.js';

/** A company with the people who answer. Made once per world: hashing passwords is slow on purpose. */
export interface House {
  url: string;
  owner: RegistrationView;
  agents: readonly SessionView[];
}

export interface Visitor {
  role: Role;
  headers: Record<string, string>;
}

export async function aHouse(url: string, size: number): Promise<House> {
  const owner = await register(url);
  const agents: SessionView[] = [];
  while (agents.length < size) agents.push(await hire(url, owner));
  return { url, owner, agents };
}

async function hire(url: string, owner: RegistrationView): Promise<SessionView> {
  const invite = { email: `${randomUUID()}@agents.example`, role: 'agent' };
  const invited = await request(url)
    .post('/v1/agents/invitations')
    .set(asAgent(owner))
    .send(invite)
    .expect(201);
  const acceptance = { token: invited.body.token, name: 'Haneul Kim', password: PASSWORD };
  const accepted = await request(url).post('/v1/auth/invitations/accept').send(acceptance).expect(201);
  return accepted.body as SessionView;
}

export function agentRole(session: SessionView, name: string): Role {
  const self = { type: 'agent', id: session.agent.id } as const;
  return { name, self, seesNotes: true, auth: { token: session.accessToken } };
}

export async function aVisitor({ url, owner }: House, name: string): Promise<Visitor> {
  const { pluginKey } = owner.environment;
  const booted = await boot(url, pluginKey);
  const self = { type: 'user', id: booted.user.id } as const;
  const auth = { pluginKey, userToken: booted.userToken };
  return { role: { name, self, seesNotes: false, auth }, headers: asUser(pluginKey, booted) };
}

export function headersOf({ auth }: Role): Record<string, string> {
  return 'token' in auth ? asAgent({ accessToken: auth.token }) : asUser(auth.pluginKey, auth);
}

export async function aConversation(
  url: string,
  headers: Record<string, string>,
  body: CreateConversationBody = { message: aMessage('hello') },
): Promise<ConversationView> {
  const created = await request(url).post('/v1/conversations').set(headers).send(body).expect(201);
  return created.body.conversation as ConversationView;
}
