import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request, { type Response } from 'supertest';
import { RateLimits } from '../../src/infrastructure/limits/rate-limits.js';
import {
  fillPath,
  readApi,
  type Api,
  type ApiRoute,
  type Schema,
  type Scheme,
} from '../support/api-routes.js';
import { startCluster, type Cluster } from '../support/app.js';
import { mutationsOf, WRONG_PAYLOADS } from '../support/bad-values.js';
import { aMessage, connect, must, type Client } from '../support/people.js';
import { aTenant, SWEEPING, type Headers, type Tenant } from '../support/tenant.js';

const PATIENCE_MS = 5_000;
const ID = '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11';
const text: Schema = { type: 'string', example: ID };
const seq: Schema = { type: 'number', example: 1 };
const some = (items: Schema): Schema => ({ type: 'array', items });
const fields = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
});
const MESSAGE = fields(
  {
    content: { ...text, example: 'hello' },
    clientMessageId: { ...text, example: 'bad-input' },
    attachmentIds: { ...some(text), example: [] },
    mentions: { ...some(fields({ type: text, id: text })), example: [] },
    private: { type: 'boolean', example: false },
    metadata: { type: 'object', example: {} },
  },
  ['content', 'clientMessageId'],
);
const ref = (more: Record<string, Schema> = {}) => fields({ conversationId: text, ...more });
/** What each event takes; the document names events, not their fields. */
const EVENTS: Record<string, Schema> = {
  'message:send': fields({ ...ref().properties, ...MESSAGE.properties }, [
    'conversationId',
    'content',
    'clientMessageId',
  ]),
  'message:edit': ref({ messageId: text, content: text }),
  'message:delete': ref({ messageId: text }),
  'message:react': ref({
    messageId: text,
    emoji: { ...text, example: '👍' },
    on: { type: 'boolean', example: true },
  }),
  'conversation:create': fields(
    {
      userId: text,
      message: { ...MESSAGE, required: ['content'] },
      agentIds: some(text),
      subject: text,
      metadata: { type: 'object' },
    },
    [],
  ),
  'conversation:open': ref(),
  'conversation:close': ref(),
  'conversation:read': ref({ seq }),
  'conversation:sync': fields({
    conversations: some(fields({ id: text, afterSeq: seq, afterRev: seq }, ['id', 'afterSeq'])),
  }),
  'typing:set': ref({ typing: { type: 'boolean', example: true } }),
  'viewing:set': ref({ viewing: { type: 'boolean', example: true } }),
  'presence:set': fields(
    { availability: { ...text, example: 'busy' }, statusText: { ...text, nullable: true } },
    ['availability'],
  ),
  'presence:watch': fields({ principals: some(fields({ type: { ...text, example: 'user' }, id: text })) }),
  ping: fields({}),
};

describe('bad input', () => {
  let cluster: Cluster;
  let url: string;
  let api: Api;
  let home: Tenant;

  beforeAll(async () => {
    cluster = await startCluster(1, SWEEPING);
    url = cluster.nodes[0]?.url ?? '';
    [api, home] = [await readApi(url), await aTenant(url)];
    // Some limits are few enough a minute for a sweep to meet them; they have a story of their own.
    const consume = () => Promise.resolve({ limit: 1, remaining: 1, resetMs: 1 });
    Object.assign(cluster.nodes[0]?.app.get(RateLimits) ?? {}, { consume });
  }, 60_000);

  afterAll(() => cluster.stop());

  const headersFor = ({ schemes }: ApiRoute): Headers => {
    const kinds: Record<Scheme, Headers> = {
      jwt: home.as.owner,
      'plugin-key': home.as.visitor,
      'api-key': home.as.partner,
    };
    return schemes[0] ? kinds[schemes[0]] : {};
  };
  const pathOf = ({ path }: ApiRoute) =>
    fillPath(path, (noun) => (path.endsWith('/participants') ? home.groupId : home.ids[noun]));
  const sendText = (route: ApiRoute, body: string, type = 'application/json') => {
    const sent = request(url)[route.method](pathOf(route));
    return sent.set(headersFor(route)).timeout(PATIENCE_MS).type(type).send(body);
  };
  const withBody = () => api.routes.filter(({ body }) => body !== null);
  const reads = () => api.routes.filter(({ method, path }) => method === 'get' && path.startsWith('/v1/'));

  it.each(WRONG_PAYLOADS)('refuses %s as a body, on every route', async (name, json) => {
    for (const route of withBody()) {
      const answer = await sendText(route, json);
      expect([route.name, name, ...refusalOf(answer)]).toEqual([
        route.name,
        name,
        400,
        'common.validation_failed',
      ]);
    }
  });

  it('refuses what is not JSON, of another type, or too large, on every route', async () => {
    const large = JSON.stringify({ content: 'x'.repeat(300 * 1024) });
    for (const route of withBody()) {
      const told = async (body: string, type?: string) => refusalOf(await sendText(route, body, type));
      const invalid = [400, 'common.validation_failed'];
      expect([route.name, await told('{"a":')]).toEqual([route.name, invalid]);
      // No body is a body without fields: missed only where a field is.
      if (route.body?.required?.length) expect([route.name, await told('')]).toEqual([route.name, invalid]);
      expect([route.name, await told('<a/>', 'application/xml')]).toEqual([
        route.name,
        [415, 'common.unsupported_type'],
      ]);
      expect([route.name, await told('hello', 'text/plain')]).toEqual([route.name, invalid]);
      expect([route.name, await told(large)]).toEqual([route.name, [413, 'common.payload_too_large']]);
    }
  });

  it('refuses every wrong value of every field, on every route', async () => {
    let asked = 0;
    for (const route of withBody()) {
      for (const { name, body } of mutationsOf(route.body ?? {})) {
        const answer = await sendText(route, JSON.stringify(body));
        expect([route.name, name, ...refusalOf(answer)]).toEqual([
          route.name,
          name,
          400,
          'common.validation_failed',
        ]);
        asked++;
      }
    }
    expect(asked).toBeGreaterThan(500);
  }, 90_000);

  it('refuses wrong queries, on every route that reads', async () => {
    const wrong: Record<string, string[]> = {
      limit: ['0', '-1', '201', '1.5', 'abc', '', '1&limit=2', '1e99', '%00', '{"$gt":1}'],
      cursor: ['garbage', 'e30', 'WyJ4Il0', 'bnVsbA', 'x'.repeat(600), '%00', 'WyJub3QgYSBkYXRlIiwieCJd'],
      beforeSeq: ['-1', 'abc', '1.5', '99999999999999999999'],
      afterSeq: ['-1', 'abc', '1.5', '99999999999999999999'],
      afterRev: ['-1', 'abc', '1.5'],
      status: ['gone', '1&status=open', '$ne'],
      kind: ['secret', '%F0%9F%98%80'],
      unassigned: ['maybe', '1'],
      days: ['0', '2', '7.5', 'abc'],
      mentioned: ['maybe', '1'],
      priority: ['gone', '$ne'],
    };
    const everywhere = ['surprise=1', '$where=1', '__proto__=1', 'a[$gt]=1'];
    for (const route of reads()) {
      const ofRoute = route.query.flatMap((name) =>
        (wrong[name] ?? ['a%00b', 'x'.repeat(600)]).map((value) => `${name}=${value}`),
      );
      for (const query of route.query.length > 0 ? [...ofRoute, ...everywhere] : []) {
        const answer = await request(url)
          .get(`${pathOf(route)}?${query}`)
          .set(headersFor(route))
          .timeout(PATIENCE_MS);
        expect([route.name, query, ...refusalOf(answer)]).toEqual([
          route.name,
          query,
          400,
          'common.validation_failed',
        ]);
      }
    }
  });

  it('finds nothing under ids that cannot be, on every route', async () => {
    const ids = [
      'x',
      '0',
      'null',
      '%00',
      '%24where',
      '%7B%22%24gt%22%3A%22%22%7D',
      '%ED%A0%80',
      '%E0%A4%A',
      '..%2F..',
      'a'.repeat(290),
      'a'.repeat(900),
      ID,
    ];
    for (const route of api.routes.filter(({ path }) => path.includes('{') && !path.includes('{memberId}'))) {
      for (const id of ids) {
        const path = route.path.replace(/\{\w+\}/g, id);
        const sent = request(url)[route.method](path).set(headersFor(route)).timeout(PATIENCE_MS);
        const answer = await (route.body ? sent.send({}) : sent);
        const [status] = refusalOf(answer);
        expect([route.name, id, [400, 404].includes(status)]).toEqual([route.name, id, true]);
      }
    }
  });

  it('answers unknown addresses and methods in the same shape', async () => {
    expect(refusalOf(await request(url).get('/v1/nowhere'))).toEqual([404, 'common.not_found']);
    expect(refusalOf(await request(url).delete('/v1/conversations'))).toEqual([404, 'common.not_found']);
    expect(refusalOf(await request(url).get('/%E0%A4%A'))[0]).toBe(400);
    const path = `/v1/conversations/${home.ids['conversations']}/messages`;
    const send = request(url)
      .post(path)
      .set(home.as.owner)
      .set('idempotency-key', 'not good!')
      .send({ content: 'x' });
    expect(refusalOf(await send)).toEqual([400, 'common.validation_failed']);
  });

  describe('over a socket', () => {
    let agent: Client;
    let bystander: Client;

    beforeAll(async () => {
      [agent, bystander] = (await Promise.all(
        [0, 1].map(() => connect(url, { token: home.owner.accessToken })),
      )) as [Client, Client];
    });

    afterAll(() => {
      agent.disconnect();
      bystander.disconnect();
    });

    /** Rejects when no ack comes in time. */
    const ask = async (event: string, ...payload: unknown[]): Promise<string> => {
      const asked = agent.timeout(PATIENCE_MS) as unknown as {
        emitWithAck(event: string, ...rest: unknown[]): Promise<Ack>;
      };
      const ack = await asked.emitWithAck(event, ...payload);
      if (ack.ok) return 'ok';
      assertError(ack.error);
      return ack.error.code as string;
    };

    it('has a question about every event', () => {
      expect(Object.keys(EVENTS).sort()).toEqual([...api.events].sort());
    });

    it('answers every payload that is no object, on every event', async () => {
      const wrong = WRONG_PAYLOADS.map(([name, json]) => [name, JSON.parse(json) as unknown] as const);
      // Written as text it would only set the prototype of the payload.
      const payloads = [...wrong, ['bytes', Buffer.from('abc')] as const].filter(
        ([name]) => name !== 'a prototype',
      );
      for (const event of api.events) {
        for (const [name, payload] of payloads) {
          expect([event, name, await ask(event, payload)]).toEqual([event, name, 'common.validation_failed']);
        }
        const surplus = await ask(event, {}, {});
        expect([event, surplus]).toEqual([event, 'common.validation_failed']);
        const nothing = await ask(event);
        expect([event, nothing]).toEqual([
          event,
          event === 'ping' || event === 'conversation:create'
            ? expect.any(String)
            : 'common.validation_failed',
        ]);
      }
    });

    it('answers every wrong value of every field, on every event', async () => {
      for (const event of api.events) {
        for (const { name, body } of mutationsOf(EVENTS[event] ?? {})) {
          expect([event, name, await ask(event, body)]).toEqual([event, name, 'common.validation_failed']);
        }
      }
    });

    it('refuses more than it takes in lists', async () => {
      const conversations = Array.from({ length: 51 }, () => ({ id: ID, afterSeq: 0, afterRev: 0 }));
      expect(await ask('conversation:sync', { conversations })).toBe('common.validation_failed');
      const metadata = { a: 'x'.repeat(5_000) };
      const send = { conversationId: home.ids['conversations'], ...aMessage(), metadata };
      expect(await ask('message:send', send)).toBe('common.validation_failed');
      expect(await ask('message:send', { ...send, metadata: {}, content: '가'.repeat(8_001) })).toBe(
        'common.validation_failed',
      );
      expect(await ask('message:send', { ...send, metadata: {}, content: '😀'.repeat(8_001) })).toBe(
        'common.validation_failed',
      );
      expect(await ask('message:send', { ...send, metadata: {}, content: ' \n\t ' })).toBe(
        'common.validation_failed',
      );
    });

    it('answers events that do not exist', async () => {
      for (const event of [
        'nothing',
        'hello',
        'message:created',
        'constructor',
        '__proto__',
        'toString',
        '',
      ]) {
        expect([event, await ask(event, {})]).toEqual([event, 'common.unknown_event']);
      }
    });

    it('survives events without an ack', async () => {
      for (const event of [...api.events, 'nothing', 'constructor']) {
        for (const payload of [undefined, null, 'text', [], {}, { conversationId: { $gt: '' } }]) {
          (agent as unknown as { emit(event: string, payload: unknown): void }).emit(event, payload);
        }
      }
      expect(await ask('ping', {})).toBe('ok');
    });

    it('closes a connection that sends what is too large or no packet at all, and no other', async () => {
      const garbage: ((client: Client) => void)[] = [
        (client) =>
          client.emit(
            'message:send',
            { conversationId: 'x'.repeat(80 * 1024), ...aMessage() },
            () => undefined,
          ),
        (client) => client.io.engine.write('9 nonsense'),
        (client) => client.io.engine.write('2["message:send",{"a":'),
      ];
      for (const send of garbage) {
        const client = await connect(url, { token: home.owner.accessToken });
        const closed = new Promise<string>((resolve) => client.on('disconnect', resolve));
        const late = new Promise<string>((resolve) => setTimeout(resolve, PATIENCE_MS, 'still open').unref());
        send(client);
        expect(await Promise.race([closed, late])).not.toBe('still open');
        client.disconnect();
      }
      await must(bystander, 'ping', {});
    });
  });

  it('still works after all of it', async () => {
    await request(url).get('/health').expect(200);
    const path = `/v1/conversations/${home.ids['conversations']}/messages`;
    await request(url).post(path).set(home.as.visitor).send(aMessage('still here')).expect(201);
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  });
});

type Ack = { ok: true } | { ok: false; error: Record<string, unknown> };

/** Status and code of a refusal in the one shape of errors. */
function refusalOf({ status, body, text: raw }: Response): [number, unknown] {
  if (status < 400) return [status, raw.slice(0, 200)];
  assertError(body as Record<string, unknown>);
  return [status, (body as { code: unknown }).code];
}

function assertError(error: Record<string, unknown>): void {
  expect(error).toMatchObject({
    code: expect.stringMatching(/^[a-z]+\.[a-z_]+$/),
    message: expect.any(String),
    requestId: expect.stringMatching(/^[\w-]+$/),
  });
  expect(JSON.stringify(error)).not.toMatch(/\bat .+:\d+:\d+|node_modules|\.[jt]s:\d+|"stack"/);
}
