import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import type { CreatedWebhookView, WebhookAgent, WebhookEvent } from '../../src/contracts/webhooks.js';
import { freePort } from '../../src/embedded/ports.js';
import { AWAY_AFTER_MS } from '../../src/infrastructure/realtime/presence.js';
import { Realtime } from '../../src/infrastructure/realtime/realtime.js';
import { DeliveryRepository } from '../../src/modules/webhook/delivery.repository.js';
import { until } from '../faults/rig/waiting.js';
import { envFor, startCluster, type Cluster } from '../support/app.js';
import { asAgent, connect, register } from '../support/people.js';

const SERVER = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const SETTINGS = { FETCH_LOCALHOST: 'true', PRESENCE_LIFE_MS: '4000', PRESENCE_GRACE_MS: '200' };
const LONG = 60_000;

describe('webhooks, told who is there', () => {
  let cluster: Cluster;
  const processes: ChildProcess[] = [];

  beforeAll(async () => {
    cluster = await startCluster(2, SETTINGS);
  }, LONG);

  afterEach(async () => {
    for (const server of processes.splice(0)) await kill(server);
  });

  afterAll(() => cluster.stop());

  /** One more node, in a process of its own. */
  async function startNode(): Promise<{ url: string; server: ChildProcess }> {
    const port = await freePort();
    const settings = { ...SETTINGS, PORT: String(port) };
    const env = { PATH: process.env.PATH, ...envFor(cluster.databases, settings) };
    const server = fork(SERVER, { env, stdio: 'ignore' });
    processes.push(server);
    await once(server, 'message');
    return { url: `http://127.0.0.1:${port}`, server };
  }

  async function kill(server: ChildProcess): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  }

  async function aCompany() {
    const { url, app } = cluster.nodes[0]!;
    const owner = await register(url);
    const made = await request(url)
      .post(`/v1/environments/${owner.environment.id}/webhooks`)
      .set(asAgent(owner))
      .send({ url: 'http://localhost:9/', events: ['agent.presence_changed'] })
      .expect(201);
    const { id, environmentId } = made.body as CreatedWebhookView;
    const scope = { organizationId: owner.organization.id, environmentId };
    const deliveries = app.get(DeliveryRepository);
    /** Oldest first. */
    const told = async () => {
      const listed = await deliveries.page(scope, id, {}, { limit: 50 });
      const found = await Promise.all(listed.map((one) => deliveries.find(scope, id, one.id)));
      const events = found.map((one) => JSON.parse(one!.body) as WebhookEvent);
      return events.reverse().map(({ data }) => (data['agent'] as WebhookAgent).presence);
    };
    const untilTold = (expected: string[]) =>
      until(
        async () => (await told()).length >= expected.length,
        () => expected.join(', '),
        LONG,
      );
    return { owner, told, untilTold };
  }

  /** As if they had done nothing for so long. */
  function letIdle({ agent }: RegistrationView): void {
    const sockets = cluster.nodes.flatMap(({ app }) => app.get(Realtime).localSockets);
    for (const { data } of sockets)
      if (data.principal.id === agent.id) data.activeAt = Date.now() - AWAY_AFTER_MS;
  }

  it(
    'tells that an agent is idle and is back, each once, on whichever of two nodes they are',
    async () => {
      const { owner, told, untilTold } = await aCompany();
      const clients = await Promise.all(
        cluster.nodes.map(({ url }) => connect(url, { token: owner.accessToken })),
      );
      await untilTold(['online']);
      letIdle(owner);
      await untilTold(['online', 'away']);
      await clients[1]!.emitWithAck('presence:set', { availability: 'available' });
      await untilTold(['online', 'away', 'online']);
      for (const client of clients) client.disconnect();
      await untilTold(['online', 'away', 'online', 'offline']);
      expect(await told()).toEqual(['online', 'away', 'online', 'offline']);
    },
    2 * LONG,
  );

  it(
    'tells that an agent is gone with the node that died, once, and that they are back elsewhere, once',
    async () => {
      const { owner, told, untilTold } = await aCompany();
      const node = await startNode();
      await connect(node.url, { token: owner.accessToken });
      await untilTold(['online']);
      await kill(node.server);
      await untilTold(['online', 'offline']);
      const client = await connect(cluster.nodes[1]!.url, { token: owner.accessToken });
      await untilTold(['online', 'offline', 'online']);
      client.disconnect();
      await untilTold(['online', 'offline', 'online', 'offline']);
      expect(await told()).toEqual(['online', 'offline', 'online', 'offline']);
    },
    2 * LONG,
  );
});
