import type { Socket as TcpSocket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { aMessage, call, connect, must, next, type Client } from '../support/people.js';
import { Actor } from './rig/actor.js';
import { agentRole, aConversation, aHouse, aVisitor, type House, type Visitor } from './rig/house.js';
import { Truth } from './rig/truth.js';
import { until } from './rig/waiting.js';
import { World } from './rig/world.js';

/** Four bytes each on the wire: the kernel alone takes some megabytes before anybody notices. */
const LARGE = '🌊'.repeat(8_000);
const FLOOD = 600;
const AT_ONCE = 20;
/** Garbage that nobody has collected yet is in it too; a node that kept every copy for every reader would pass it. */
const MOST_HELD_MEGABYTES = 128;
const MEGABYTE = 1024 * 1024;

describe('a client that stops reading', () => {
  let world: World;
  let house: House;
  let truth: Truth;
  let visitor: Visitor;
  let conversationId: string;

  beforeAll(async () => {
    world = await World.start({ nodes: 1 });
    truth = await Truth.at(world.mongodbUrl);
    house = await aHouse(world.url, 2);
    visitor = await aVisitor(house, 'visitor');
    conversationId = (await aConversation(world.url, visitor.headers)).id;
  }, 90_000);

  afterAll(async () => {
    await truth?.close();
    await world?.stop();
  }, 60_000);

  async function metric(name: string): Promise<number> {
    const { text } = await request(world.node(0).url).get('/metrics');
    return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
  }

  const connected = () => metric('flc_sockets_connected');

  /** What the node holds on to, garbage aside; what the system has given it says little. */
  async function heldMegabytes(): Promise<number> {
    const names = ['nodejs_heap_size_used_bytes', 'nodejs_external_memory_bytes'];
    const [heap = 0, external = 0] = await Promise.all(names.map(metric));
    return (heap + external) / MEGABYTE;
  }

  async function flood(from: Client): Promise<void> {
    for (let sent = 0; sent < FLOOD; sent += AT_ONCE) {
      const some = Array.from({ length: AT_ONCE }, () => aMessage(LARGE));
      await Promise.all(some.map((body) => must(from, 'message:send', { conversationId, ...body })));
    }
  }

  // Expected: it is told and closed within seconds while it still does not read, others hear everything, the
  // node's memory stays where it was, and a sync afterwards brings what was missed.
  it('is closed, hurts nobody, and finds everything afterwards', async () => {
    const sender = await connect(world.node(0).url, visitor.role.auth);
    const slow = await connect(world.node(0).url, agentRole(house.agents[0]!, 'slow').auth);
    const neighbour = await connect(world.node(0).url, agentRole(house.agents[1]!, 'neighbour').auth);
    for (const agent of [slow, neighbour]) await must(agent, 'conversation:open', { conversationId });
    const heard: number[] = [];
    neighbour.on('message:created', ({ message }) => heard.push(message.seq));
    await flood(sender);
    await until(
      () => heard.length === FLOOD,
      () => `the first flood to be heard: ${heard.length}`,
    );
    const before = await heldMegabytes();

    const line = tcpOf(slow);
    line.pause();
    await flood(sender);
    await until(
      async () => (await connected()) === 2,
      () => 'the slow one to be closed',
      10_000,
    );
    await until(
      () => heard.length === 2 * FLOOD,
      () => `the second flood to be heard: ${heard.length}`,
    );
    expect(heard).toEqual(Array.from({ length: 2 * FLOOD }, (_, index) => index + 2));
    expect(await call(neighbour, 'ping', {})).toMatchObject({ ok: true });
    let grown = Infinity;
    await until(
      async () => (grown = (await heldMegabytes()) - before) < MOST_HELD_MEGABYTES,
      () => `the memory to be given back: ${grown} MB`,
    );

    const told = Promise.race([next(slow, 'slow_consumer'), next(slow, 'disconnect' as never)]);
    line.resume();
    await told;
    sender.disconnect();
    neighbour.disconnect();
  }, 120_000);

  it('is in step again once it is back', async () => {
    const back = new Actor(agentRole(house.agents[0]!, 'back'), world.url);
    back.open(conversationId);
    const head = (await truth.messages([conversationId])).length;
    await until(
      () => back.timeline(conversationId).headSeq === head,
      () => back.describe(),
    );
    expect(back.messages(conversationId).at(-1)?.seq).toBe(head);
    back.leave();
  }, 60_000);
});

interface EngineOf {
  transport: { ws: { _socket: TcpSocket } };
}

function tcpOf(client: Client): TcpSocket {
  return (client.io.engine as unknown as EngineOf).transport.ws._socket;
}
