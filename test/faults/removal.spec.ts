import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { MessageView } from '../../src/contracts/chat.js';
import { aMessage, call, connect, type Client } from '../support/people.js';
import { agentRole, aConversation, aHouse, headersOf, type House } from './rig/house.js';
import { Truth } from './rig/truth.js';
import { until } from './rig/waiting.js';
import { World } from './rig/world.js';

/** From then on nothing that is later may arrive. */
const GRACE_MS = 1_000;
const SAY_EVERY_MS = 100;
const STOP_MS = 10_000;
const WATCH_MS = 3_000;

interface Heard {
  what: string;
  createdAt: number;
}

/** Who is removed hears nothing more, on any node, whatever fails: the agents of each test are one group. */
describe('removal from a group', () => {
  const clients: Client[] = [];
  const timers: NodeJS.Timeout[] = [];
  let world: World;
  let house: House;
  let truth: Truth;

  beforeAll(async () => {
    world = await World.start();
    truth = await Truth.at(world.mongodbUrl);
    house = await aHouse(world.url, 3);
  }, 90_000);

  afterEach(async () => {
    for (const timer of timers.splice(0)) clearInterval(timer);
    for (const client of clients.splice(0)) client.disconnect();
    await world.heal();
  }, 60_000);

  afterAll(async () => {
    await truth?.close();
    await world?.stop();
  }, 60_000);

  const roleOf = (index: number) => agentRole(house.agents[index]!, `agent ${index}`);

  async function join(index: number, node: number, conversationId: string): Promise<Client> {
    const client = await connect(world.node(node).url, roleOf(index).auth);
    clients.push(client);
    expect(await call(client, 'conversation:open', { conversationId })).toMatchObject({ ok: true });
    return client;
  }

  /** Two who stay talk on both nodes; the third, who listens on both, is to be removed. */
  async function aGroup() {
    const agentIds = [0, 1, 2].map((index) => roleOf(index).self.id);
    const { id } = await aConversation(world.url, headersOf(roleOf(0)), {
      kind: 'group',
      name: 'team',
      agentIds,
    });
    const talkers = [await join(0, 0, id), await join(1, 1, id)];
    const removed = [await join(2, 0, id), await join(2, 1, id)];
    for (const talker of talkers) {
      const say = () =>
        void call(talker, 'message:send', { conversationId: id, ...aMessage('among us') }).catch(() => 0);
      timers.push(setInterval(say, SAY_EVERY_MS));
    }
    return { id, removed, heard: listen(removed, id) };
  }

  function listen(sockets: readonly Client[], conversationId: string): Heard[] {
    const heard: Heard[] = [];
    const note = (what: string) => (fact: { conversationId: string; message: MessageView }) => {
      if (fact.conversationId === conversationId)
        heard.push({ what, createdAt: Date.parse(fact.message.createdAt) });
    };
    for (const [index, socket] of sockets.entries()) {
      socket.on('message:created', note(`created on node ${index}`));
      socket.on('message:updated', note(`updated on node ${index}`));
    }
    return heard;
  }

  async function remove(conversationId: string): Promise<number> {
    await request(world.node(0).url)
      .delete(`/v1/conversations/${conversationId}/participants`)
      .set(headersOf(roleOf(0)))
      .send({ agentIds: [roleOf(2).self.id] })
      .expect(204);
    return Date.now();
  }

  async function expectSilence(id: string, removedAt: number, heard: readonly Heard[]): Promise<void> {
    await sleep(WATCH_MS);
    const late = heard.filter(({ createdAt }) => createdAt > removedAt + GRACE_MS);
    expect(late.map(({ what, createdAt }) => `${what}, ${createdAt - removedAt} ms after`)).toEqual([]);
    // The silence means something: they did go on talking, and before the removal it was heard.
    expect((await truth.messages([id])).length).toBeGreaterThan(20);
    expect(heard.length).toBeGreaterThan(0);
  }

  async function expectLost(client: Client, id: string): Promise<void> {
    expect(await call(client, 'conversation:open', { conversationId: id })).toMatchObject({ ok: false });
    const point = { id, afterSeq: 0, afterRev: 0 };
    const synced = await call(client, 'conversation:sync', { conversations: [point] });
    expect(synced).toMatchObject({ ok: true, data: { conversations: [{ access: 'lost', messages: [] }] } });
  }

  async function isHeard(heard: readonly Heard[]): Promise<void> {
    await until(
      () => heard.length > 4,
      () => 'the group to be heard',
    );
  }

  // Expected: who comes back finds access gone, and hears nothing of what went on.
  it('while they are disconnected: who comes back finds the door closed', async () => {
    const { id, removed, heard } = await aGroup();
    await isHeard(heard);
    for (const socket of removed) socket.disconnect();
    await sleep(300);
    const removedAt = await remove(id);
    for (const socket of removed) socket.connect();
    await until(
      () => removed.every(({ connected }) => connected),
      () => 'them to be back',
    );
    for (const socket of removed) await expectLost(socket, id);
    await expectSilence(id, removedAt, heard);
  }, 60_000);

  // Expected: each node sees for itself that they left, and goes quiet within a second.
  it('while Redis is down: both nodes go quiet within a second, and stay so when it is back', async () => {
    const { id, removed, heard } = await aGroup();
    await isHeard(heard);
    world.kill('redis');
    await sleep(300);
    const removedAt = await remove(id);
    await sleep(2_000);
    await world.restart('redis');
    await expectSilence(id, removedAt, heard);
    for (const socket of removed) await expectLost(socket, id);
  }, 60_000);

  // Expected: the node that cannot hear of it, and does not know that it cannot, goes quiet all the same.
  it('while one node is cut off from Redis without noticing: it goes quiet too', async () => {
    const { id, removed, heard } = await aGroup();
    await isHeard(heard);
    for (const proxy of world.proxiesOf('redis', 1)) proxy.blackHole();
    await sleep(300);
    const removedAt = await remove(id);
    await sleep(2_000);
    await world.heal();
    await expectSilence(id, removedAt, heard);
    for (const socket of removed) await expectLost(socket, id);
  }, 60_000);

  // Expected: the node that can neither hear of it nor ask the store says nothing at all rather than too much.
  it('while one node is cut off from Redis and MongoDB: it under-delivers', async () => {
    const { id, removed, heard } = await aGroup();
    await isHeard(heard);
    for (const engine of ['redis', 'mongodb'] as const) {
      for (const proxy of world.proxiesOf(engine, 1)) proxy.blackHole();
    }
    await sleep(300);
    const removedAt = await remove(id);
    await sleep(2_000);
    await world.heal();
    await expectSilence(id, removedAt, heard);
    for (const socket of removed) await expectLost(socket, id);
  }, 60_000);

  // Expected: what waited for the stopped node is not handed out when it goes on.
  it('while their node is stopped: it wakes up knowing', async () => {
    const { id, removed, heard } = await aGroup();
    await isHeard(heard);
    world.node(1).signal('SIGSTOP');
    await sleep(300);
    const removedAt = await remove(id);
    await sleep(STOP_MS);
    world.node(1).signal('SIGCONT');
    await expectSilence(id, removedAt, heard);
    for (const socket of removed) await expectLost(socket, id);
  }, 60_000);
});
