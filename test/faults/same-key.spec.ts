import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { SentMessage } from '../../src/contracts/chat.js';
import { connect, must, type Client } from '../support/people.js';
import { aConversation, aHouse, aVisitor, headersOf, type Visitor } from './rig/house.js';
import { Truth } from './rig/truth.js';
import { World } from './rig/world.js';

const TIMES = 100;

describe('the same clientMessageId a hundred times at once', () => {
  const clients: Client[] = [];
  let world: World;
  let truth: Truth;
  let visitor: Visitor;
  let conversationId: string;

  beforeAll(async () => {
    world = await World.start();
    truth = await Truth.at(world.mongodbUrl);
    visitor = await aVisitor(await aHouse(world.url, 0), 'visitor');
    conversationId = (await aConversation(world.url, visitor.headers)).id;
    for (const { url } of world.nodes) clients.push(await connect(url, visitor.role.auth));
  }, 90_000);

  afterAll(async () => {
    for (const client of clients) client.disconnect();
    await truth?.close();
    await world?.stop();
  }, 60_000);

  // Expected: one of them made the message, the others get that one back, and it is stored once.
  it('over two nodes and two transports makes one message', async () => {
    const body = { content: 'only once', clientMessageId: randomUUID() };
    const overSocket = (index: number) =>
      must(clients[index % clients.length]!, 'message:send', { conversationId, ...body });
    const overRest = async (index: number): Promise<SentMessage> => {
      const path = `/v1/conversations/${conversationId}/messages`;
      const answer = await request(world.node(index).url).post(path).set(headersOf(visitor.role)).send(body);
      expect(answer.status).toBe(answer.body.duplicate ? 200 : 201);
      return answer.body as SentMessage;
    };
    const answers = await Promise.all(
      Array.from({ length: TIMES }, (_, index) => (index % 4 < 2 ? overSocket(index) : overRest(index))),
    );
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(new Set(answers.map(({ message }) => `${message.id} ${message.seq}`)).size).toBe(1);
    const stored = await truth.messages([conversationId]);
    expect(stored.map(({ seq, content }) => [seq, content])).toEqual([
      [1, 'hello'],
      [2, 'only once'],
    ]);
  }, 60_000);
});
