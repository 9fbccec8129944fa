import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request, { type Response } from 'supertest';
import { exampleOf, fillPath, readApi, type Api, type ApiRoute, type Scheme } from '../support/api-routes.js';
import { startCluster, type Cluster } from '../support/app.js';
import { aMessage, asUser, boot, call, connect, must, next, type Client } from '../support/people.js';
import { aTenant, SWEEPING, type Headers, type Tenant } from '../support/tenant.js';

/** Who nobody has to be. Whatever is not here must name its callers. */
const OPEN_ROUTES = [
  'GET /health',
  'GET /health/live',
  'GET /health/ready',
  'GET /health/db',
  'POST /v1/auth/register',
  'POST /v1/auth/login',
  'POST /v1/auth/refresh',
  'POST /v1/auth/logout',
  'POST /v1/auth/password/forgot',
  'POST /v1/auth/password/reset',
  'POST /v1/auth/invitations/accept',
  // By a signed link, which only those get who may see the file.
  'GET /v1/files/{id}/content',
  // By an address that nobody can guess.
  'GET /v1/avatars/{name}',
];
/** What a viewer may change: what is the viewer's own. */
const VIEWERS_OWN = [
  'PATCH /v1/agents/me',
  'PUT /v1/agents/me/avatar',
  'DELETE /v1/agents/me/avatar',
  'POST /v1/organizations',
  'POST /v1/auth/switch',
  'PATCH /v1/agents/me/notifications',
  'POST /v1/agents/me/push-subscriptions',
  'DELETE /v1/agents/me/push-subscriptions/{id}',
  'POST /v1/agents/me/views',
  'PATCH /v1/agents/me/views/{id}',
  'DELETE /v1/agents/me/views/{id}',
  'PUT /v1/conversations/{id}/read',
  'PUT /v1/conversations/{id}/mute',
  'DELETE /v1/conversations/{id}/mute',
  'POST /v1/conversations/{id}/join',
  'POST /v1/conversations/{id}/leave',
];
const GARBAGE: Record<Scheme, Headers[]> = {
  jwt: [{ authorization: 'Bearer garbage' }, { authorization: 'Basic x' }, { authorization: 'Bearer a.b.c' }],
  'plugin-key': [{ 'x-plugin-key': 'garbage', 'x-user-token': 'garbage' }, { 'x-plugin-key': 'garbage' }],
  'api-key': [{ 'x-api-key': 'garbage', 'x-api-secret': 'garbage' }, { 'x-api-key': 'garbage' }],
};
/** Fields that name something, and the noun of what they name. */
const NAMING: Record<string, string> = {
  organizationId: 'organizations',
  environmentId: 'environments',
  agentId: 'agents',
  agentIds: 'agents',
  assigneeId: 'agents',
  teamId: 'teams',
  userId: 'users',
  memberId: 'by-member',
  conversationId: 'conversations',
  replyToId: 'messages',
  threadRootId: 'messages',
  attachmentIds: 'files',
};

interface Stranger {
  name: string;
  scheme: Scheme;
  headers: Headers;
}

describe('isolation', () => {
  let cluster: Cluster;
  let here: string;
  let there: string;
  let api: Api;
  let home: Tenant;
  let other: Tenant;
  let before: unknown;
  let neighbour: Headers;
  let neighbourToken: string;
  let stagingUser: Headers;
  let stagingToken: string;
  let strangers: Stranger[];
  const clients: Client[] = [];

  beforeAll(async () => {
    cluster = await startCluster(2, SWEEPING);
    [here, there] = cluster.nodes.map(({ url }) => url) as [string, string];
    api = await readApi(here);
    [home, other] = await Promise.all([aTenant(here), aTenant(here)]);
    const [nextDoor, onStaging] = await Promise.all([
      boot(here, home.pluginKey),
      boot(here, home.staging.pluginKey),
    ]);
    [neighbour, neighbourToken] = [asUser(home.pluginKey, nextDoor), nextDoor.userToken];
    [stagingUser, stagingToken] = [asUser(home.staging.pluginKey, onStaging), onStaging.userToken];
    strangers = [
      { name: 'an agent of another tenant', scheme: 'jwt', headers: other.as.owner },
      { name: 'a user of another tenant', scheme: 'plugin-key', headers: other.as.visitor },
      { name: 'a partner of another tenant', scheme: 'api-key', headers: other.as.partner },
      { name: 'another visitor', scheme: 'plugin-key', headers: neighbour },
      { name: 'a user of another environment', scheme: 'plugin-key', headers: stagingUser },
      { name: 'a partner of another environment', scheme: 'api-key', headers: home.as.stagingPartner },
    ];
    before = await readAll();
  }, 60_000);

  afterAll(async () => {
    for (const client of clients) client.disconnect();
    await cluster.stop();
  });

  const idOf = (tenant: Tenant) => (noun: string) => tenant.ids[noun];
  const bodyOf = ({ body, path }: ApiRoute): object | undefined => {
    if (!body) return undefined;
    const example = exampleOf(body) as Record<string, unknown>;
    // The first message of the example answers one that is nowhere; the rest of it is what is asked about.
    if (path === '/v1/conversations') return { userId: example['userId'] };
    const { attachmentIds: _, replyToId: __, threadRootId: ___, mentions: ____, ...rest } = example;
    return rest;
  };
  const send = (route: ApiRoute, path: string, headers: Headers, body = bodyOf(route), url = here) => {
    const sent = request(url)[route.method](path).set(headers).timeout(30_000);
    return body ? sent.send(body) : sent;
  };
  const secured = () => api.routes.filter(({ schemes }) => schemes.length > 0);
  /** A member id is the caller's own word, not a name of something that is there. */
  /** Queues are named, but nobody's; of what is in them each sees their own (queues.spec). */
  const NOBODYS = ['{memberId}', '/queues/{name}/failed'];
  const withIds = () =>
    secured().filter(({ path }) => path.includes('{') && !NOBODYS.some((part) => path.endsWith(part)));
  const said = ({ status, body }: Response) => ({ status, code: (body as { code?: string }).code });

  /** Everything that the tenant itself can read, without what moves by itself. */
  async function readAll(): Promise<unknown> {
    const routes = secured().filter(
      ({ method, path }) => method === 'get' && !/\/(export|search)$/.test(path),
    );
    const read = async (route: ApiRoute) => {
      const headers = route.schemes.includes('jwt') ? home.as.owner : home.as.visitor;
      const path = fillPath(route.path, idOf(home));
      const answer = await send(route, path, headers);
      expect([route.name, answer.status]).toEqual([route.name, 200]);
      return [
        route.name,
        JSON.parse(answer.text, (key, value: unknown) => (MOVING.has(key) ? null : value)) as unknown,
      ];
    };
    return Promise.all(routes.map(read));
  }

  /** The tags of all who are called member-1, oldest first. */
  async function membersOf({ as }: Tenant): Promise<unknown> {
    const { body } = await request(here).get('/v1/users?query=member-1').set(as.owner).expect(200);
    return (body as { items: { tags: string[] }[] }).items.map(({ tags }) => tags).reverse();
  }

  it('has callers named for every route but those that are meant to be open', () => {
    const open = api.routes.filter(({ schemes }) => schemes.length === 0).map(({ name }) => name);
    expect(open.filter((name) => !OPEN_ROUTES.includes(name))).toEqual([]);
    expect(secured().length).toBeGreaterThan(30);
  });

  it('answers 401 to those who are nobody, on every route', async () => {
    for (const route of secured()) {
      const path = fillPath(route.path, idOf(home));
      const answer = await send(route, path, {});
      expect([route.name, said(answer)]).toEqual([route.name, { status: 401, code: 'auth.unauthenticated' }]);
      for (const headers of route.schemes.flatMap((scheme) => GARBAGE[scheme])) {
        const { status, code } = said(await send(route, path, headers));
        expect([route.name, headers, status, code?.split('.')[0]]).toEqual([
          route.name,
          headers,
          401,
          'auth',
        ]);
      }
    }
  });

  it('answers 403 to callers of a kind that a route is not for', async () => {
    const kinds: Record<Scheme, Headers> = {
      jwt: home.as.owner,
      'plugin-key': home.as.visitor,
      'api-key': home.as.partner,
    };
    for (const route of secured().filter(({ path }) => path !== '/v1/widget/boot')) {
      for (const scheme of ['jwt', 'plugin-key', 'api-key'] as const) {
        if (route.schemes.includes(scheme)) continue;
        const answer = said(await send(route, fillPath(route.path, idOf(home)), kinds[scheme]));
        expect([route.name, scheme, answer]).toEqual([
          route.name,
          scheme,
          { status: 403, code: 'auth.forbidden' },
        ]);
      }
    }
  });

  it('answers 403 to a viewer, on every route that changes something', async () => {
    const writes = secured().filter(({ method, schemes }) => method !== 'get' && schemes.includes('jwt'));
    for (const route of writes.filter(({ name }) => !VIEWERS_OWN.includes(name))) {
      const answer = said(await send(route, fillPath(route.path, idOf(home)), home.as.viewer));
      expect([route.name, answer]).toEqual([route.name, { status: 403, code: 'auth.forbidden' }]);
    }
  });

  it('hides what is named in the path from every stranger, on every route', async () => {
    for (const stranger of strangers) {
      for (const [index, route] of withIds().entries()) {
        const path = fillPath(route.path, idOf(home));
        const answer = await send(route, path, stranger.headers, bodyOf(route), index % 2 ? there : here);
        const at = `${stranger.name}: ${route.name}`;
        expect([at, answer.text.includes(home.tag)]).toEqual([at, false]);
        const { status, code } = said(answer);
        const isForThem = route.schemes.includes(stranger.scheme);
        expect([at, status]).toEqual([at, isForThem ? 404 : 403]);
        expect([at, code]).toEqual([
          at,
          isForThem ? expect.stringMatching(/^\w+\.not_found$/) : 'auth.forbidden',
        ]);
      }
    }
  });

  it('hides a group from colleagues who do not belong to it', async () => {
    const routes = withIds().filter(
      ({ path, schemes }) => path.includes('/conversations/') && schemes.includes('jwt'),
    );
    for (const route of routes) {
      const path = fillPath(route.path, (noun) => (noun === 'conversations' ? home.groupId : home.ids[noun]));
      const answer = await send(route, path, home.as.colleague);
      expect([route.name, said(answer)]).toEqual([route.name, { status: 404, code: 'chat.not_found' }]);
      expect(answer.text).not.toContain(home.tag);
    }
    const listed = await request(here).get('/v1/conversations').set(home.as.colleague).expect(200);
    expect(listed.text).not.toContain(home.groupId);
  });

  it('takes no id of a stranger in a query or a body', async () => {
    const kinds: [Scheme, Headers][] = [
      ['jwt', other.as.owner],
      ['plugin-key', other.as.visitor],
      ['api-key', other.as.partner],
    ];
    for (const [scheme, headers] of kinds) {
      for (const route of secured().filter(
        ({ schemes, method }) => schemes.includes(scheme) && method !== 'delete',
      )) {
        const ofGroup = route.path.endsWith('/participants') ? () => other.groupId : idOf(other);
        const path = fillPath(route.path, ofGroup);
        for (const name of [...route.query, ...Object.keys(route.body?.properties ?? {})]) {
          const id = idOf(home)(NAMING[name] ?? '');
          if (id === undefined) continue;
          const asQuery = route.query.includes(name);
          const value = route.body?.properties?.[name]?.type === 'array' ? [id] : id;
          const address = asQuery ? `${path}?${name}=${encodeURIComponent(id)}` : path;
          const body = asQuery ? bodyOf(route) : { ...bodyOf(route), [name]: value };
          const answer = await send(route, address, headers, body);
          const at = `${scheme} ${route.name} ${name}`;
          expect([at, answer.text.includes(home.tag), answer.status < 500]).toEqual([at, false, true]);
          // A user's own conversation has no use for it; a query for it finds nothing.
          if (!asQuery && scheme !== 'plugin-key') expect([at, answer.status]).toEqual([at, 404]);
        }
      }
    }
  });

  it('lists nothing of others, on every list', async () => {
    const lists = secured().filter(({ method, query }) => method === 'get' && query.includes('limit'));
    expect(lists.length).toBeGreaterThan(4);
    for (const stranger of strangers.filter(({ headers }) => headers !== home.as.stagingPartner)) {
      for (const route of lists.filter(
        ({ path, schemes }) => !path.includes('{') && schemes.includes(stranger.scheme),
      )) {
        const words = route.path.endsWith('/search') ? `&query=${home.tag}` : '';
        const answer = await send(route, `${route.path}?limit=200${words}`, stranger.headers).expect(200);
        expect([route.name, answer.text.includes(home.tag)]).toEqual([route.name, false]);
      }
    }
  });

  describe('over sockets', () => {
    const payloads = (principal: 'agent' | 'user'): Record<string, unknown[]> => {
      const { conversations: conversationId, messages: messageId } = home.ids;
      const own = { type: 'user', id: home.ids['users'] };
      const ids = [conversationId, home.groupId];
      return {
        'message:send': ids.map((id) => ({ conversationId: id, ...aMessage() })),
        'message:edit': ids.map((id) => ({ conversationId: id, messageId, content: 'x' })),
        'message:delete': ids.map((id) => ({ conversationId: id, messageId })),
        'message:react': ids.map((id) => ({ conversationId: id, messageId, emoji: '👍', on: true })),
        'conversation:open': ids.map((id) => ({ conversationId: id })),
        'conversation:close': ids.map((id) => ({ conversationId: id })),
        'conversation:read': ids.map((id) => ({ conversationId: id, seq: 1 })),
        'conversation:sync': [{ conversations: ids.map((id) => ({ id, afterSeq: 0, afterRev: 0 })) }],
        'viewing:set': ids.map((id) => ({ conversationId: id, viewing: true })),
        'typing:set': ids.map((id) => ({ conversationId: id, typing: true })),
        'conversation:create':
          principal === 'agent'
            ? [
                { userId: own.id },
                { kind: 'group', agentIds: [home.colleague.agent.id] },
                { memberId: 'member-1' },
              ]
            : [{ message: { ...aMessage(), replyToId: home.ids['messages'] } }],
        'presence:watch': [{ principals: [own, { type: 'agent', id: home.owner.agent.id }] }],
        'presence:set': [],
        ping: [{}],
      };
    };
    const REFUSED = new Set([
      'message:send',
      'message:edit',
      'message:delete',
      'message:react',
      'conversation:open',
      'conversation:read',
      'typing:set',
    ]);
    let outsiders: { name: string; kind: 'agent' | 'user'; client: Client; heard: string[] }[];

    beforeAll(async () => {
      const open = async (name: string, kind: 'agent' | 'user', auth: Parameters<typeof connect>[1]) => {
        const client = await connect(there, auth);
        clients.push(client);
        const heard: string[] = [];
        client.onAny((event: string, fact: unknown) => heard.push(`${event} ${JSON.stringify(fact)}`));
        return { name, kind, client, heard };
      };
      const userOf = (pluginKey: string, userToken: string) => ({ pluginKey, userToken });
      outsiders = await Promise.all([
        open('an agent of another tenant', 'agent', { token: other.owner.accessToken }),
        open('a user of another tenant', 'user', userOf(other.pluginKey, other.visitor.userToken)),
        open('another visitor', 'user', userOf(home.pluginKey, neighbourToken)),
        open('a user of another environment', 'user', userOf(home.staging.pluginKey, stagingToken)),
      ]);
    });

    it('has a question about every event', () => {
      expect(api.events.filter((event) => !(event in payloads('agent')))).toEqual([]);
    });

    it('hides everything from every stranger, on every event', async () => {
      for (const { name, kind, client } of outsiders) {
        for (const [event, bodies] of Object.entries(payloads(kind))) {
          for (const body of bodies) {
            const ack = await call(client, event as 'ping', body);
            const at = `${name}: ${event} ${JSON.stringify(body)}`;
            expect([at, JSON.stringify(ack).includes(home.tag)]).toEqual([at, false]);
            if (REFUSED.has(event))
              expect(ack).toMatchObject({ ok: false, error: { code: 'chat.not_found' } });
          }
        }
        const { conversations } = await must(
          client,
          'conversation:sync',
          payloads(kind)['conversation:sync']?.[0],
        );
        expect(conversations).toHaveLength(2);
        for (const one of conversations)
          expect(one).toMatchObject({ access: 'lost', messages: [], headSeq: 0 });
      }
    });

    it('lets a colleague neither read nor write in a group of others', async () => {
      const client = await connect(there, { token: home.colleague.accessToken });
      clients.push(client);
      for (const event of REFUSED) {
        const body = payloads('agent')[event]?.[1];
        expect(await call(client, event as 'ping', body)).toMatchObject({
          ok: false,
          error: { code: 'chat.not_found' },
        });
      }
    });

    it('has changed nothing by all of this', async () => expect(await readAll()).toEqual(before));

    it('takes a member id for one in the own environment', async () => {
      for (const headers of [home.as.stagingPartner, other.as.partner]) {
        const path = '/v1/users/by-member/member-1';
        const { body, text } = await request(here)
          .put(path)
          .set(headers)
          .send({ tags: ['mine'] })
          .expect(200);
        expect(body).toMatchObject({ memberId: 'member-1', tags: ['mine'] });
        expect(text.includes(home.tag)).toBe(false);
      }
      expect(await membersOf(home)).toEqual([['vip'], ['mine']]);
    });

    it('tells strangers nothing of what is said, typed, read and changed', async () => {
      const agent = await connect(here, { token: home.owner.accessToken });
      const visitor = await connect(here, { pluginKey: home.pluginKey, userToken: home.visitor.userToken });
      clients.push(agent, visitor);
      const conversationId = home.ids['conversations'] ?? '';
      await must(agent, 'conversation:open', { conversationId });
      const said = next(agent, 'message:created');
      await must(visitor, 'message:send', { conversationId, ...aMessage(`${home.tag} again`) });
      const { message } = await said;
      await must(visitor, 'typing:set', { conversationId, typing: true });
      await must(agent, 'conversation:read', { conversationId, seq: message.seq });
      const told = next(
        visitor,
        'conversation:updated',
        ({ conversation }) => conversation.priority === 'high',
      );
      await request(here)
        .patch(`/v1/conversations/${conversationId}`)
        .set(home.as.owner)
        .send({ priority: 'high' })
        .expect(200);
      await told;
      for (const { name, client, heard } of outsiders) {
        await must(client, 'ping', {});
        const leaked = heard.filter((fact) => fact.includes(home.tag) || fact.includes(conversationId));
        expect([name, leaked]).toEqual([name, []]);
      }
    });
  });
});

/** What says when somebody was there, or what has come since. */
const MOVING = new Set([
  ...['url', 'thumbnailUrl', 'lastUsedAt', 'lastSeenAt', 'presence', 'unread', 'epoch'],
  ...['to', 'longestWaitMs', 'perHour', 'online'],
  ...['waiting', 'active', 'delayed', 'failed', 'oldestWaitingMs', 'overdue', 'oldestOverdueMs'],
]);
