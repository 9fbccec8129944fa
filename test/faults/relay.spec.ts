import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import { startMailServer, type MailServer } from '../support/mail-server.js';
import { aMessage, connect, must, next, type Client } from '../support/people.js';
import { agentRole, aConversation, aHouse, aVisitor, type House, type Visitor } from './rig/house.js';
import { Truth } from './rig/truth.js';
import { until } from './rig/waiting.js';
import { World } from './rig/world.js';

/** More than the relay takes at once, so that what cannot be done would fill its hands. */
const POISON = 250;

describe('a task of the outbox that cannot be done for now', () => {
  let mailServer: MailServer;
  let world: World;
  let house: House;
  let truth: Truth;
  let visitor: Visitor;
  const clients: Client[] = [];

  beforeAll(async () => {
    mailServer = await startMailServer();
    const env = { SMTP_URL: mailServer.url, AGENT_PUSH_DELAY_MS: '500', AGENT_MAIL_DELAY_MS: '1000' };
    world = await World.start({ hasWorker: true, env });
    truth = await Truth.at(world.mongodbUrl);
    house = await aHouse(world.url, 0);
    visitor = await aVisitor(house, 'visitor');
  }, 90_000);

  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  afterAll(async () => {
    await truth?.close();
    await world?.stop();
    await mailServer?.stop();
  }, 60_000);

  async function open(conversationId: string): Promise<Client> {
    const agent = await connect(world.node(1).url, agentRole(house.owner, 'owner').auth);
    clients.push(agent);
    await must(agent, 'conversation:open', { conversationId });
    return agent;
  }

  /** Stored and told to nobody, as a node leaves it that dies in between; `fields` make it what nobody can handle. */
  async function plant(conversationId: string, fields: object): Promise<string[]> {
    const template = (await truth.collection.findOne({ conversationId, seq: 1 }))!;
    const { length } = await truth.messages([conversationId]);
    const orphan = (seq: number) => ({
      ...template,
      ...{ _id: newId(), seq, clientMessageId: newId(), content: `orphan ${seq}` },
      outbox: [{ task: 'fanout', due: new Date(0), rev: 0, tries: 0 }],
      ...fields,
    });
    const count = 'sender' in fields ? POISON : 1;
    const orphans = Array.from({ length: count }, (_, index) => orphan(length + 1 + index));
    await truth.collection.insertMany(orphans);
    return orphans.map(({ _id }) => _id);
  }

  // Expected: others are told in time, the poisoned come back ever later, and once they are mended they are told.
  it('keeps no other waiting, is tried at growing pauses, and done when it can be', async () => {
    const poisoned = await aConversation(world.url, visitor.headers);
    const healthy = await aConversation(world.url, visitor.headers);
    const sender = (await truth.collection.findOne({ conversationId: poisoned.id }))!;
    const poison = await plant(poisoned.id, { sender: null });
    const agent = await open(healthy.id);
    const [orphan] = await plant(healthy.id, {});
    await next(agent, 'message:created', ({ message }) => message.id === orphan, 10_000);
    await until(
      async () => (await truth.marks([healthy.id], 'fanout')).length === 0,
      () => 'it to be done',
    );

    const pauses: number[] = [];
    for (let turn = 1; turn <= 3; turn++) {
      const hasHad = async () =>
        (await truth.marks([poisoned.id], 'fanout')).every(({ tries }) => tries >= turn);
      await until(hasHad, () => `turn ${turn} of the poisoned`, 15_000);
      const [mark] = await truth.marks([poisoned.id], 'fanout');
      pauses.push(mark!.due.getTime() - Date.now());
      if (turn < 3) await truth.makeDue(poisoned.id);
    }
    expect(pauses[1]! / pauses[0]!).toBeGreaterThan(1.5);
    expect(pauses[2]! / pauses[1]!).toBeGreaterThan(1.5);

    const { sender: mended } = sender as unknown as { sender: object };
    await truth.collection.updateMany({ _id: { $in: poison } }, { $set: { sender: mended } as object });
    const heard = new Map<string, number>();
    const late = await open(poisoned.id);
    late.on('message:created', ({ message }) => heard.set(message.id, (heard.get(message.id) ?? 0) + 1));
    await truth.makeDue(poisoned.id);
    await until(
      () => heard.size === POISON,
      () => `all to be told: ${heard.size}`,
      15_000,
    );
    await until(
      async () => (await truth.marks([poisoned.id], 'fanout')).length === 0,
      () => 'all to be done',
    );
    expect([...heard.values()].every((times) => times === 1)).toBe(true);
  }, 90_000);

  // Expected: the send is acked and heard, the mail waits for Redis, and then goes out once.
  it('is a mail while Redis is away: it goes out once, when Redis is back', async () => {
    // A house whose people were never here: who has just left is not mailed yet.
    const writer = await aVisitor(await aHouse(world.url, 0), 'writer');
    const { id } = await aConversation(world.url, writer.headers, {});
    world.kill('redis');
    await sleep(300);
    const client = await connect(world.node(0).url, writer.role.auth);
    clients.push(client);
    await must(client, 'message:send', { conversationId: id, ...aMessage('is anybody there?') });
    const tries = async () => (await truth.marks([id], 'notify'))[0]?.tries ?? -1;
    for (let turn = 1; turn <= 2; turn++) {
      await truth.makeDue(id);
      await until(
        async () => (await tries()) >= turn,
        () => `turn ${turn} of the mail`,
        15_000,
      );
    }
    await until(
      async () => (await truth.marks([id], 'fanout')).length === 0,
      () => 'the rest to be done',
    );
    expect(mailsAbout('is anybody there?')).toBe(0);

    await world.restart('redis');
    await sleep(1_000);
    await truth.makeDue(id);
    await until(
      () => mailsAbout('is anybody there?') > 0,
      () => `the mail: ${mailServer.mails.length}`,
      20_000,
    );
    await until(
      async () => (await tries()) === -1,
      () => 'the mark to be gone',
    );
    await truth.makeDue(id);
    await sleep(3_000);
    expect(mailsAbout('is anybody there?')).toBe(1);
  }, 90_000);

  function mailsAbout(words: string): number {
    return mailServer.mails.filter(({ text }) => text.includes(words)).length;
  }
});
