import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc, { type Arbitrary, type IAsyncProperty } from 'fast-check';
import { io } from 'socket.io-client';
import { readApi, type Api, type ApiRoute, type Schema } from '../support/api-routes.js';
import { startApp, type TestApp } from '../support/app.js';
import { hostileValue, toJson } from '../support/arbitraries.js';
import { requests, wireGarbage, type Asked } from '../support/arbitraries-http.js';
import { eventArguments, packetGarbage, strangeNames } from '../support/arbitraries-socket.js';
import { BuiltServer } from '../support/built-server.js';
import { Bystander } from '../support/bystander.js';
import { Crew, type Who } from '../support/crew.js';
import { readSocketEvents } from '../support/dto-rules.js';
import { freshDatabases, type FreshDatabases } from '../support/engines.js';
import { aMarkedTenant } from '../support/marked-tenant.js';
import { CLOSED, PATIENCE_MS, PlainLine, sendBytes, sendPlain, type Answer } from '../support/plain-wire.js';
import { SWEEPING, type Tenant } from '../support/tenant.js';
import { until } from '../support/waiting.js';

/** The same every time, unless asked for: `FUZZ_SEED=7 FUZZ_RUNS=20` looks elsewhere, and for longer. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
const TIMES = Number(process.env.FUZZ_RUNS ?? 1);
const RUNS = { route: 20, slowRoute: 5, bytes: 60, event: 50, name: 30, packet: 40, handshake: 20 };
/** A guard against waiting for ever; all of it together usually takes half a minute. */
const MOST_MS = 240_000 * Math.max(1, TIMES);
const SETTINGS = {
  ...SWEEPING,
  LIMIT_PINGS_PER_MINUTE: '100000',
  LIMIT_SYNCS_PER_MINUTE: '100000',
  LIMIT_SEARCHES_PER_MINUTE: '100000',
  LIMIT_CONNECTS_PER_MINUTE: '100000',
  LIMIT_REFUSED_CONNECTS_PER_MINUTE: '100000',
  LIMIT_PARTNER_MESSAGES_PER_MINUTE: '100000',
  // Where much else runs it lags, and would refuse work, through no fault of its own.
  SHED_LAG_MS: '5000',
  // Each request comes from where it says, so that limits by address are met only by those who repeat theirs.
  TRUSTED_PROXIES: '127.0.0.1',
};

/** What one more request or event may leave behind: what is new gets remembered, a kilobyte each is a leak. */
const LEAK_BYTES = 600;
const MEMORY_ROUNDS = 4;

describe('whatever comes', () => {
  let databases: FreshDatabases;
  /** Another node, whose handlers tell what their events take. */
  let neighbour: TestApp;
  let server: BuiltServer;
  let api: Api;
  let events: Record<string, Schema>;
  let other: Tenant;
  let crew: Crew;
  let bystander: Bystander;
  let addresses = 0;
  /** Routes that took away what the crew stands on. */
  const sawing = new Set<string>();

  beforeAll(async () => {
    databases = await freshDatabases();
    neighbour = await startApp(databases);
    events = readSocketEvents(neighbour.app);
    server = await BuiltServer.start(databases, SETTINGS);
    [api, other] = [await readApi(server.url), await aMarkedTenant(server.url)];
    crew = await Crew.of(server.url, other);
    bystander = await Bystander.connect(server.url, other);
  }, 60_000);

  afterAll(async () => {
    bystander?.leave();
    await Promise.all([server?.stop(), neighbour?.stop()]);
    await databases?.drop();
  });

  async function check<T>(what: string, runs: number, property: IAsyncProperty<T>): Promise<void> {
    const details = await fc.check(property, {
      seed: (SEED + crc32(what)) | 0,
      numRuns: Math.ceil(runs * TIMES),
      interruptAfterTimeLimit: MOST_MS * 0.8,
      markInterruptAsFailure: true,
    });
    if (!details.failed) return;
    const told = shortened(fc.defaultReportMessage(details) ?? '');
    const last = server.deaths > 0 ? `\nThe server ended; its last words:\n${server.lastWords}` : '';
    throw new Error(`${what}, with FUZZ_SEED=${SEED} FUZZ_RUNS=${TIMES}\n${told}${last}`, {
      cause: details.errorInstance,
    });
  }

  function send({ method }: ApiRoute, { who, path, headers, body }: Asked<Who>): Promise<Answer> {
    const from = { 'x-forwarded-for': addressAt(addresses++) };
    return sendPlain(server.url, {
      method,
      path,
      headers: { ...from, ...crew.headersOf(who), ...headers },
      body,
    });
  }

  /** Throws what is wrong with an answer, if anything is. */
  function judge({ status, headers, text }: Answer): void {
    if (text.includes(other.tag)) throw new Error(`another tenant's data in the answer: ${text}`);
    if (status < 200 || status >= 500) throw new Error(`${status}: ${text}\n${server.lastWords}`);
    if (status < 400) return;
    if (!headers['content-type']?.startsWith('application/json')) throw new Error(`no JSON: ${text}`);
    judgeError(JSON.parse(text));
  }

  /** Throws what is wrong with an ack, if anything is. */
  function judgeAck(ack: unknown): void {
    const told = ack as { ok?: unknown; data?: unknown; error?: unknown };
    if (told.ok === true && typeof told.data === 'object') return;
    if (told.ok !== false) throw new Error(`no ack at all: ${JSON.stringify(ack)}`);
    judgeError(told.error, server.lastWords);
  }

  /** Any event, but nothing so large that it would end the connection. */
  function eventTexts(): Arbitrary<string> {
    return fc
      .constantFrom(...Object.entries(events))
      .chain(([event, schema]) => eventArguments(schema, crew).map((args) => toJson([event, ...args])))
      .filter((json) => json.length < 10_000);
  }

  it('is known in its fields, for every event of the document', () => {
    expect(Object.keys(events).sort()).toEqual([...api.events].sort());
    const shapeless = Object.keys(events).filter((event) => !events[event]?.required?.length);
    expect(shapeless.sort()).toEqual(['conversation:create', 'ping']);
  });

  it(
    'is answered, as a request on any route',
    async () => {
      const reached = new Set<string>();
      for (const route of [...api.routes].sort(destructiveLast)) {
        const callers = fc.constantFrom(...crew.callersOf(route));
        const property = fc.asyncProperty(requests(route, callers, crew), async (asked) => {
          await server.revive();
          const answer = await send(route, asked);
          judge(answer);
          if (answer.status < 300) reached.add(route.name);
        });
        await check(route.name, isSlow(route) ? RUNS.slowRoute : RUNS.route, property);
        if (route.method === 'get' || (await crew.isWhole())) continue;
        sawing.add(route.name);
        crew = await Crew.of(server.url, other);
      }
      // Whoever is refused at the door has not met what is behind it.
      expect(reached.size).toBeGreaterThan(api.routes.length * 0.6);
    },
    MOST_MS,
  );

  it(
    'is answered or hung up on, as bytes where a request should be',
    async () => {
      const property = fc.asyncProperty(wireGarbage(), async (bytes) => {
        await server.revive();
        judgeBytes(await sendBytes(server.url, bytes));
      });
      await check('bytes', RUNS.bytes, property);
    },
    MOST_MS,
  );

  it(
    'is refused with a reason, as credentials of a socket',
    async () => {
      const auth = fc.oneof(
        fc.record({ token: hostileValue() }),
        fc.record({ pluginKey: hostileValue(), userToken: hostileValue() }, { requiredKeys: [] }),
        hostileValue(),
      );
      const property = fc.asyncProperty(auth, async (given) => {
        await server.revive();
        const refusal = await refusalOf(server.url, given);
        // What is no object cannot even be read as a request to connect.
        if (refusal !== CLOSED) judgeError(refusal);
      });
      await check('handshake', RUNS.handshake, property);
    },
    MOST_MS,
  );

  describe('over a socket', () => {
    const open = new Map<Caller, PlainLine>();
    const overheard: string[] = [];

    beforeAll(async () => {
      if (!(await crew.isWhole())) crew = await Crew.of(server.url, other);
    });

    afterAll(() => {
      for (const line of open.values()) line.close();
    });

    async function lineOf(who: Caller): Promise<PlainLine> {
      await server.revive();
      const known = open.get(who);
      if (known?.isOpen) return known;
      const line = await PlainLine.open(server.url, crew.authOf(who), (text) => {
        if (text.includes(other.tag)) overheard.push(text);
      });
      open.set(who, line);
      return line;
    }

    async function expectGoodLine(who: Caller): Promise<void> {
      const ack = await (await lineOf(who)).ask('["ping",{}]');
      // What was said before may end the connection also now; the next one is good.
      judgeAck(ack === CLOSED ? await (await lineOf(who)).ask('["ping",{}]') : ack);
    }

    it(
      'is acknowledged, as the payload of any event',
      async () => {
        const worked = new Set<string>();
        for (const [event, schema] of Object.entries(events)) {
          const property = fc.asyncProperty(callers(), eventArguments(schema, crew), async (who, args) => {
            const line = await lineOf(who);
            const ack = await line.ask(toJson([event, ...args]));
            // More than a packet may hold ends the connection.
            if (ack === CLOSED) return expectGoodLine(who);
            judgeAck(ack);
            if ((ack as { ok: boolean }).ok) worked.add(event);
          });
          await check(event, RUNS.event, property);
        }
        expect(worked.size).toBeGreaterThan(Object.keys(events).length * 0.8);
      },
      MOST_MS,
    );

    it(
      'does no harm as an event without an ack, or with bytes in it',
      async () => {
        const where = fc.constantFrom(...Object.keys(events));
        const property = fc.asyncProperty(callers(), where, hostileValue(), async (who, event, value) => {
          const line = await lineOf(who);
          line.say(`2${toJson([event, value])}`);
          await expectGoodLine(who);
          const bytes = Buffer.from('abc');
          for (const payload of [bytes, [bytes], { conversationId: bytes, nested: [{ content: bytes }] }]) {
            judgeAck(await (await lineOf(who)).askWithBytes(event, payload));
          }
        });
        await check('without an ack', RUNS.packet, property);
      },
      MOST_MS,
    );

    it(
      'is refused, or ends the connection, as the name of an event',
      async () => {
        const property = fc.asyncProperty(callers(), strangeNames(), async (who, name) => {
          const ack = await (await lineOf(who)).ask(toJson([name, {}]));
          if (ack !== CLOSED) judgeAck(ack);
          await expectGoodLine(who);
        });
        await check('names of events', RUNS.name, property);
      },
      MOST_MS,
    );

    it(
      'ends the connection at most, as a packet that is none',
      async () => {
        const all = fc.array(packetGarbage(Object.keys(events)), { minLength: 1, maxLength: 3 });
        const property = fc.asyncProperty(callers(), all, fc.boolean(), async (who, packets, isBinary) => {
          const line = await lineOf(who);
          for (const packet of packets) line.sayRaw(isBinary ? Buffer.from(packet) : packet);
          await expectGoodLine(who);
        });
        await check('packets', RUNS.packet, property);
      },
      MOST_MS,
    );

    it(
      'is all answered when much of it comes at once',
      async () => {
        const many = fc.array(eventTexts(), { minLength: 100, maxLength: 100, size: 'max' });
        const property = fc.asyncProperty(callers(), many, async (who, flush) => {
          const line = await lineOf(who);
          for (const ack of await Promise.all(flush.map((json) => line.ask(json)))) judgeAck(ack);
        });
        await check('at once', 3, property);
      },
      MOST_MS,
    );

    it('never made anybody hear of another tenant', () => {
      expect(overheard).toEqual([]);
    });
  });

  it(
    'leaves nothing behind in memory',
    async () => {
      const lasting = api.routes.filter((route) => !sawing.has(route.name) && !isSlow(route));
      const asked = sampleOf(lasting, crew);
      const spoken = fc.sample(eventTexts(), { seed: SEED, numRuns: 200 });
      const line = await PlainLine.open(server.url, crew.authOf('owner'), () => undefined);
      const round = async () => {
        addresses = 0;
        for (const some of inGroups(asked)) {
          for (const answer of await Promise.all(some.map(([route, one]) => send(route, one)))) judge(answer);
        }
        for (const some of inGroups(spoken)) {
          for (const ack of await Promise.all(some.map((json) => line.ask(json)))) judgeAck(ack);
        }
      };
      for (let count = 0; count < 2; count++) await round();
      const before = await server.probe();
      for (let count = 0; count < MEMORY_ROUNDS; count++) await round();
      const { heapUsed } = await server.probe();
      line.close();
      const each = (heapUsed - before.heapUsed) / (MEMORY_ROUNDS * (asked.length + spoken.length));
      expect(each).toBeLessThan(LEAK_BYTES);
    },
    MOST_MS,
  );

  it('did not end the server, hold it up, or keep it from anybody else', async () => {
    expect(server.deaths).toBe(0);
    expect(bystander.complaints).toEqual([]);
    expect(bystander.answers).toBeGreaterThan(50);
    // A machine on which much else runs holds it up for a moment, the server itself would for good.
    await until(async () => expect((await server.probe()).lagMs).toBeLessThan(500));
  });
});

/** With its beginning and its end: the seed stands in one, the counterexample starts in the other. */
function shortened(text: string): string {
  return text.length > 4_000 ? `${text.slice(0, 3_000)} ... ${text.slice(-500)}` : text;
}

type Caller = 'visitor' | 'owner' | 'viewer';

function callers(): Arbitrary<Caller> {
  return fc.constantFrom('visitor', 'visitor', 'owner', 'owner', 'viewer');
}

function addressAt(count: number): string {
  return `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`;
}

function destructiveLast(a: ApiRoute, b: ApiRoute): number {
  return Number(a.method === 'delete') - Number(b.method === 'delete');
}

/** Hashing a password takes its time on purpose. */
function isSlow({ body }: ApiRoute): boolean {
  return body?.properties?.['password'] !== undefined;
}

function inGroups<T>(all: T[], size = 8): T[][] {
  const count = Math.ceil(all.length / size);
  return Array.from({ length: count }, (_, index) => all.slice(index * size, (index + 1) * size));
}

/** The same requests each time. */
function sampleOf(routes: ApiRoute[], crew: Crew): [ApiRoute, Asked<Who>][] {
  return routes.flatMap((route) => {
    const callers = fc.constantFrom(...crew.callersOf(route));
    const asked = fc.sample(requests(route, callers, crew), { seed: SEED, numRuns: 6 });
    return asked.map((one): [ApiRoute, Asked<Who>] => [route, one]);
  });
}

/** Whoever sends much must not make the server say more. */
const MOST_SAID = 16_000;
const KEYS = ['code', 'message', 'requestId', 'details', 'retryable', 'retryAfterMs'];

/** Throws what is wrong with an error, if anything is. */
function judgeError(error: unknown, lastWords = ''): void {
  const text = JSON.stringify(error);
  if (text.length > MOST_SAID) throw new Error(`says too much: ${text.length} characters`);
  const { code, message, requestId, ...rest } = error as Record<string, unknown>;
  const isWhole =
    /^[a-z]+\.[a-z_]+$/.test(String(code)) &&
    typeof message === 'string' &&
    /^[\w-]{8,64}$/.test(String(requestId)) &&
    Object.keys(rest).every((key) => KEYS.includes(key));
  if (!isWhole) throw new Error(`not the shape of an error: ${text}`);
  if (code === 'common.internal' || code === 'common.unavailable') throw new Error(`${text}\n${lastWords}`);
  if (/\bat .+:\d+:\d+|node_modules|\.[jt]s:\d+|"stack"/.test(text))
    throw new Error(`says too much: ${text}`);
}

/** Silence is an answer to what is no request. What Engine.IO says for itself has a shape of its own. */
function judgeBytes(answer: string): void {
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 400);
  if (status >= 500) throw new Error(answer);
  const body = answer.split('\r\n\r\n').at(-1) ?? '';
  if (status >= 400 && body.startsWith('{') && !body.startsWith('{"code":0')) judgeError(JSON.parse(body));
}

function refusalOf(url: string, given: unknown): Promise<unknown> {
  const auth = (tell: (data: object) => void) => tell(given as object);
  const socket = io(url, {
    auth,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    timeout: 20_000,
  });
  return new Promise((resolve, reject) => {
    socket.on('connect', () => reject(new Error('it was let in')));
    socket.on('connect_error', (error) => resolve((error as Error & { data?: unknown }).data ?? CLOSED));
    socket.on('disconnect', () => resolve(CLOSED));
    setTimeout(() => reject(new Error(`neither in nor out within ${PATIENCE_MS} ms`)), PATIENCE_MS).unref();
  }).finally(() => socket.disconnect());
}
