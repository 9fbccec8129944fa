import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import request from 'supertest';
import { startApp, startCluster, type Cluster } from '../support/app.js';
import { register } from '../support/people.js';
import { until } from '../support/waiting.js';

const METRICS_TOKEN = 'only-for-prometheus';

describe('the edges of the platform', () => {
  let cluster: Cluster;
  let url: string;

  beforeAll(async () => {
    cluster = await startCluster(1, { METRICS_TOKEN });
    url = cluster.nodes[0]?.url ?? '';
  });

  afterAll(() => cluster.stop());

  it('says how it is, and how each database is', async () => {
    const up = { state: 'up', latencyMs: expect.any(Number) };
    const dependencies = { postgres: up, mongodb: up, redis: up };
    expect((await request(url).get('/health').expect(200)).body).toMatchObject({
      status: 'ok',
      dependencies,
    });
    expect((await request(url).get('/health/db').expect(200)).body).toEqual(dependencies);
    expect((await request(url).get('/health/ready').expect(200)).body).toEqual({
      status: 'ok',
      isClosing: false,
    });
    expect((await request(url).get('/health/live').expect(200)).body).toEqual({ status: 'ok' });
  });

  /** Before the next one stops a node: passport is one for the process, and asks the newest. */
  it('shows bodies that are taken as they stand', async () => {
    const { paths } = (await request(url).get('/docs-json').expect(200)).body as OpenApi;
    const sendFirst = async (path: string, headers: Record<string, string>, id = '') => {
      const [shown] = Object.values(paths[path]?.post?.requestBody?.content ?? {});
      const [body] = Object.values(shown?.examples ?? {});
      return request(url).post(path.replace('{id}', id)).set(headers).send(body?.value);
    };
    const key = { 'x-plugin-key': (await register(url)).environment.pluginKey };
    const boot = await sendFirst('/v1/widget/boot', key);
    const asUser = { ...key, 'x-user-token': (boot.body as { userToken: string }).userToken };
    const begun = await sendFirst('/v1/conversations', asUser);
    const { id } = begun.body as { id: string };
    const sent = await sendFirst('/v1/conversations/{id}/messages', asUser, id);
    expect([boot.status, begun.status, sent.status]).toEqual([200, 201, 201]);
  });

  it('holds no connection to Redis any longer once it has stopped', async () => {
    const { databases } = cluster;
    const held = new Set<Socket>();
    const relay = createServer((client) => {
      held.add(client);
      const redis = connect(Number(new URL(databases.redis).port), '127.0.0.1');
      client.on('close', () => held.delete(client)).on('error', () => redis.destroy());
      client
        .pipe(redis)
        .on('error', () => client.destroy())
        .pipe(client);
    }).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const { port } = relay.address() as AddressInfo;
    const node = await startApp(databases, { REDIS_URL: `redis://127.0.0.1:${port}` });
    expect(held.size).toBeGreaterThan(0);
    await node.stop();
    await until(() => held.size === 0, 800);
    relay.close();
  });

  it('gives its metrics to who has the token, by route and never by path', async () => {
    await request(url).get('/metrics').expect(401);
    await request(url).get('/metrics').set('authorization', 'Bearer wrong').expect(401);
    await request(url).get('/v1/users/some-id').expect(401);
    const { text } = await request(url)
      .get('/metrics')
      .set('authorization', `Bearer ${METRICS_TOKEN}`)
      .expect(200);
    expect(text).toContain(
      'flc_http_request_duration_seconds_count{method="GET",route="/v1/users/:id",status="401"} 1',
    );
    expect(text).toContain('flc_sockets_connected 0');
    expect(text).toMatch(/flc_queue_jobs\{queue="[\w-]+",state="waiting"\} 0/);
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });

  it('lets no page, and nothing else, load what it should not', async () => {
    const policyOf = async (path: string) =>
      (await request(url).get(path)).headers['content-security-policy'];
    expect(await policyOf('/v1/users')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(await policyOf('/dashboard')).toContain("frame-ancestors 'none'");
    expect(await policyOf('/docs')).toContain("script-src 'self';");
    expect(await policyOf('/redoc')).toContain("script-src 'self';");
  });

  it('describes every route with a summary, its callers and its errors', async () => {
    const document = (await request(url).get('/docs-json').expect(200)).body as OpenApi;
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
    );
    expect(routes.length).toBeGreaterThan(40);
    expect(routes.filter(({ summary }) => !summary).map(({ name }) => name)).toEqual([]);
    expect(routes.filter(({ tags }) => tags?.length !== 1).map(({ name }) => name)).toEqual([]);
    const guarded = routes.filter((route) => route.security !== undefined);
    const isSaid = ({ responses }: Operation) => ['401', '403', '503'].every((status) => status in responses);
    expect(guarded.filter((route) => !isSaid(route)).map(({ name }) => name)).toEqual([]);
    expect(routes.filter(namesAnErrorTwice).map(({ name }) => name)).toEqual([]);
    expect(routes.filter(refusesInAnotherType).map(({ name }) => name)).toEqual([]);
    expect(Object.keys(document.components.securitySchemes)).toEqual(
      expect.arrayContaining(['jwt', 'plugin-key', 'user-token', 'api-key', 'api-secret']),
    );
  });

  it('documents what each webhook is told, by schemas that are there', async () => {
    const { body } = await request(url).get('/docs-json').expect(200);
    const document = body as { 'x-webhooks': object; components: { schemas: object } };
    const events = Object.keys(document['x-webhooks']);
    expect(events).toEqual(expect.arrayContaining(['message.created', 'conversation.rated', 'user.erased']));
    const named = [...JSON.stringify(document['x-webhooks']).matchAll(/schemas\/(\w+)/g)];
    const missing = named.map(([, name]) => name!).filter((name) => !(name in document.components.schemas));
    expect([named.length > 10, missing]).toEqual([true, []]);
  });

  it('shows no mail where mail is really sent', async () => {
    await request(url).get('/dev/mail').expect(404);
  });

  it('leads to the dashboard', async () => {
    expect((await request(url).get('/').expect(302)).headers.location).toBe('/dashboard');
  });
});

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: object };
}

interface Operation {
  summary?: string;
  tags?: string[];
  security?: object[];
  requestBody?: { content: Record<string, { examples?: Record<string, { value: object }> }> };
  responses: Record<string, { description: string; content?: object }>;
}

function namesAnErrorTwice({ responses }: Operation): boolean {
  return Object.values(responses).some(({ description }) => {
    const codes = description.match(/`[a-z_-]+\.[a-z_]+`/g) ?? [];
    return new Set(codes).size < codes.length;
  });
}

/** An error is JSON, whatever the route answers with otherwise. */
function refusesInAnotherType({ responses }: Operation): boolean {
  const refusals = Object.entries(responses).filter(([status]) => Number(status) >= 400);
  const types = refusals.flatMap(([, { content = {} }]) => Object.keys(content));
  return types.some((type) => type !== 'application/json');
}
