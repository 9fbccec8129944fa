import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import request from 'supertest';
import { newId } from '../../src/common/ids.js';
import type { Step } from '../../src/common/steps.js';
import type { ConversationView } from '../../src/contracts/chat.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import type { CreatedWebhookView } from '../../src/contracts/webhooks.js';
import { freePort } from '../../src/embedded/ports.js';
import { DeliveryRepository } from '../../src/modules/webhook/delivery.repository.js';
import { aDelivery } from '../../src/modules/webhook/delivery.repository.contract.js';
import { NodeProcess } from '../faults/rig/node-process.js';
import { Truth } from '../faults/rig/truth.js';
import { until } from '../faults/rig/waiting.js';
import { envFor, startCluster, type Cluster } from '../support/app.js';
import { startBuiltWorker, type BuiltWorker } from '../support/built-worker.js';
import { aMessage, asAgent, asUser, boot, register } from '../support/people.js';
import { taken, WebhookReceiver } from '../support/webhook-receiver.js';

const SETTINGS = {
  FETCH_LOCALHOST: 'true',
  WEBHOOK_TIMEOUT_MS: '1000',
  WEBHOOK_LEASE_MS: '3000',
  WEBHOOK_SWEEP_MS: '500',
};
const LONG = 60_000;

describe('webhooks, whatever dies', () => {
  let cluster: Cluster;
  let url: string;
  let receiver: WebhookReceiver;
  let paths = 0;
  const workers: BuiltWorker[] = [];

  beforeAll(async () => {
    cluster = await startCluster(1, SETTINGS);
    url = cluster.nodes[0]!.url;
    receiver = await WebhookReceiver.start();
  }, LONG);

  afterEach(async () => {
    receiver.behaviour = taken;
    for (const worker of workers.splice(0)) await worker.kill();
  });

  afterAll(async () => {
    await cluster.stop();
    await receiver.stop();
  });

  async function startWorker(): Promise<BuiltWorker> {
    const worker = await startBuiltWorker(envFor(cluster.databases, SETTINGS));
    workers.push(worker);
    return worker;
  }

  async function aHook(owner?: RegistrationView, events = ['message.created']) {
    const company = owner ?? (await register(url));
    const path = `/faults-${++paths}`;
    const made = await request(url)
      .post(`/v1/environments/${company.environment.id}/webhooks`)
      .set(asAgent(company))
      .send({ url: receiver.urlOf(path), events })
      .expect(201);
    const { id: webhookId, environmentId } = made.body as CreatedWebhookView;
    const scope = { organizationId: company.organization.id, environmentId };
    /** As if so many things had happened at once. */
    const record = async (count: number) => {
      const deliveries = cluster.nodes[0]!.app.get(DeliveryRepository);
      const many = Array.from({ length: count }, (_, order) => {
        const body = JSON.stringify({ type: 'message.created', order });
        const now = new Date();
        return aDelivery(scope, { id: newId(), webhookId, order, body, due: now, createdAt: now });
      });
      for (let at = 0; at < count; at += 1_000) await deliveries.record(many.slice(at, at + 1_000));
      return many.map(({ id }) => id);
    };
    const told = () => new Set(receiver.of(path).map(({ id }) => id));
    const untilTold = (ids: readonly string[], ms = LONG) =>
      receiver.until(() => receiver.of(path).length >= ids.length && ids.every((id) => told().has(id)), ms);
    const left = async () => {
      const deliveries = cluster.nodes[0]!.app.get(DeliveryRepository);
      return deliveries.page(scope, webhookId, { state: 'pending' }, { limit: 5 });
    };
    return { path, record, untilTold, left };
  }

  it(
    'tells everything when the worker is killed in the middle, and most of it once',
    async () => {
      const hook = await aHook();
      receiver.behaviour = (response) => void setTimeout(() => response.end('ok'), 20);
      const ids = await hook.record(400);
      const first = await startWorker();
      await receiver.until((all) => all.filter(({ path }) => path === hook.path).length >= 200, LONG);
      await first.kill();
      const told = receiver.of(hook.path).length;
      await startWorker();
      await hook.untilTold(ids);
      // Those under way when it died, and those whose outcome it had not written down.
      expect(receiver.of(hook.path).length - ids.length).toBeLessThan(told / 2);
    },
    2 * LONG,
  );

  it(
    'tells everything when Redis forgets all it knew',
    async () => {
      const hook = await aHook();
      await startWorker();
      receiver.behaviour = (response) => void setTimeout(() => response.end('ok'), 20);
      const redis = new Redis(cluster.databases.redis);
      const ids = await hook.record(300);
      await receiver.until((all) => all.filter(({ path }) => path === hook.path).length >= 40, LONG);
      await forget(redis, cluster.databases.redisKeyPrefix);
      const more = await hook.record(50);
      await forget(redis, cluster.databases.redisKeyPrefix);
      redis.disconnect();
      await hook.untilTold([...ids, ...more]);
    },
    2 * LONG,
  );

  /** What this suite has there: other suites share the same Redis. */
  async function forget(redis: Redis, prefix: string): Promise<void> {
    const keys = await redis.keys(`${prefix}*`);
    if (keys.length > 0) await redis.del(...keys);
  }

  it(
    'tells one webhook its one thing while another has 10,000 to come',
    async () => {
      const [busy, quiet] = [await aHook(), await aHook()];
      receiver.behaviour = (response, { path }) =>
        path === busy.path ? void setTimeout(() => response.end('ok'), 5) : response.end('ok');
      await busy.record(10_000);
      await startWorker();
      await receiver.until((all) => all.some(({ path }) => path === busy.path), LONG);
      const ids = await quiet.record(1);
      const before = performance.now();
      await quiet.untilTold(ids);
      expect(performance.now() - before).toBeLessThan(20_000);
      expect((await busy.left()).length).toBeGreaterThan(0);
    },
    2 * LONG,
  );

  describe('by another node, once, of what a node left behind that died with nothing but that to do', () => {
    let truth: Truth;
    let doomed: NodeProcess;

    beforeAll(async () => {
      truth = await Truth.at(cluster.databases.mongodb);
      // Its marks are nobody else's business before the test says so.
      const env = envFor(cluster.databases, { ...SETTINGS, OUTBOX_LEASE_MS: '600000' });
      doomed = new NodeProcess(await freePort(), env, join(tmpdir(), `flc-doomed-${newId()}.log`));
    });

    afterAll(async () => {
      await doomed.kill();
      await truth.close();
    });

    /** As if everything else that the message brings with it had been done already. */
    async function leaveOnly(task: string, conversationId: string): Promise<void> {
      const left = await truth.collection.findOne({ conversationId, 'outbox.task': task });
      const outbox = left!.outbox!.filter((mark) => mark.task === task);
      const due = outbox.map((mark) => ({ ...mark, due: new Date() }));
      await truth.collection.updateOne({ _id: left!._id }, { $set: { outbox: due } });
    }

    it.each<[Step, string, string]>([
      ['send.3-told', 'webhook', 'message.created'],
      ['send.4-summarised', 'webhook', 'message.created'],
      ['change.3-told', 'webhook-change', 'message.updated'],
      ['change.4-summarised', 'webhook-change', 'message.updated'],
    ])(
      'at %s: the mark %s',
      async (step, task, type) => {
        const company = await register(url);
        const { pluginKey } = company.environment;
        const headers = asUser(pluginKey, await boot(url, pluginKey));
        const begun = await request(url)
          .post('/v1/conversations')
          .set(headers)
          .send({ message: aMessage() })
          .expect(201);
        const { id, lastMessage } = begun.body.conversation as ConversationView;
        const hook = await aHook(company, [type]);
        await Promise.all([startWorker(), doomed.start({ abortAt: { step } })]);
        const messages = `${doomed.url}/v1/conversations/${id}/messages`;
        const sent =
          task === 'webhook'
            ? request(messages).post('').send(aMessage('told late'))
            : request(`${messages}/${lastMessage!.id}`).patch('').send({ content: 'told late' });
        // Whether it comes to an answer is another matter.
        await sent.set(headers).catch(() => undefined);
        await doomed.ended();
        await leaveOnly(task, id);

        await until(
          async () => (await truth.marks([id], task)).length === 0,
          () => `${task} to be done`,
        );
        await receiver.until(() => receiver.of(hook.path).length > 0);
        await until(
          async () => (await hook.left()).length === 0,
          () => 'nothing to be left to tell',
        );
        expect(receiver.of(hook.path)).toMatchObject([
          { event: { type, data: { message: { content: 'told late' } } } },
        ]);
      },
      LONG,
    );
  });
});
