import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import request from 'supertest';
import { newId } from '../../src/common/ids.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import type { CreatedWebhookView } from '../../src/contracts/webhooks.js';
import { DeliveryRepository } from '../../src/modules/webhook/delivery.repository.js';
import { aDelivery } from '../../src/modules/webhook/delivery.repository.contract.js';
import { envFor, startCluster, type Cluster } from '../support/app.js';
import { asAgent, register } from '../support/people.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';

const WORKER = fileURLToPath(new URL('../../dist/src/worker.js', import.meta.url));
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
  const workers: ChildProcess[] = [];

  beforeAll(async () => {
    cluster = await startCluster(1, SETTINGS);
    url = cluster.nodes[0]!.url;
    receiver = await WebhookReceiver.start();
  }, LONG);

  afterEach(async () => {
    receiver.behaviour = (response) => response.end('ok');
    for (const worker of workers.splice(0)) await kill(worker);
  });

  afterAll(async () => {
    await cluster.stop();
    await receiver.stop();
  });

  /** The built worker in a process of its own. */
  async function startWorker(): Promise<ChildProcess> {
    const env = { PATH: process.env.PATH, ...envFor(cluster.databases, SETTINGS) };
    const worker = fork(WORKER, { env, stdio: 'ignore' });
    workers.push(worker);
    await once(worker, 'message');
    return worker;
  }

  async function kill(worker: ChildProcess): Promise<void> {
    if (worker.exitCode !== null || worker.signalCode !== null) return;
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  }

  async function aHook(owner?: RegistrationView) {
    const company = owner ?? (await register(url));
    const path = `/faults-${++paths}`;
    const made = await request(url)
      .post(`/v1/environments/${company.environment.id}/webhooks`)
      .set(asAgent(company))
      .send({ url: receiver.urlOf(path), events: ['message.created'] })
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
      await receiver.until((all) => all.filter(({ path }) => path === hook.path).length >= 60, LONG);
      await kill(first);
      await startWorker();
      await hook.untilTold(ids);
      // Those under way when it died, and those whose outcome it had not written down.
      expect(receiver.of(hook.path).length - ids.length).toBeLessThan(50);
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
      expect(performance.now() - before).toBeLessThan(5_000);
      expect((await busy.left()).length).toBeGreaterThan(0);
    },
    2 * LONG,
  );
});
