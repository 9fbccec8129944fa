import type { SocketAuth } from '../../src/contracts/socket.js';
import type { ApiRoute, Scheme } from './api-routes.js';
import type { Known } from './arbitraries.js';
import { sendPlain } from './plain-wire.js';
import { aMessage, PASSWORD } from './people.js';
import { aTenant, type Headers, type Tenant } from './tenant.js';

const NOBODY = '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11';
const EMOJI = ['👍', '❤️', '👩‍👩‍👧', 'a', '👍👍'];
/** Fields that name something, and the noun of what they name. */
const NOUNS: Record<string, string> = {
  organizationId: 'organizations',
  environmentId: 'environments',
  agentId: 'agents',
  agentIds: 'agents',
  assigneeId: 'agents',
  userId: 'users',
  memberId: 'by-member',
  conversationId: 'conversations',
  messageId: 'messages',
  replyToId: 'messages',
  threadRootId: 'messages',
};

export type Who = 'anonymous' | 'visitor' | 'owner' | 'viewer' | 'partner' | 'garbage' | 'impostor';

const KIND: Record<Scheme, Who[]> = {
  jwt: ['owner', 'owner', 'owner', 'viewer'],
  'plugin-key': ['visitor', 'visitor', 'visitor'],
  'api-key': ['partner', 'partner'],
};
const EVERYBODY: Who[] = ['anonymous', 'visitor', 'owner', 'viewer', 'partner', 'garbage', 'impostor'];

/** Those who act for a tenant, and what they know: their own things and the names of another tenant's. */
export class Crew implements Known {
  private constructor(
    private readonly url: string,
    private readonly home: Tenant,
    private readonly other: Tenant,
  ) {}

  static async of(url: string, other: Tenant): Promise<Crew> {
    return new Crew(url, await aTenant(url), other);
  }

  /** Mostly those whom a route is for. */
  callersOf({ schemes }: ApiRoute): Who[] {
    return [
      ...schemes.flatMap((scheme) => Array.from({ length: 6 }, () => KIND[scheme]).flat()),
      ...EVERYBODY,
    ];
  }

  headersOf(who: Who): Headers {
    const { as } = this.home;
    const headers: Record<Who, Headers> = {
      anonymous: {},
      visitor: as.visitor,
      owner: as.owner,
      viewer: as.viewer,
      partner: as.partner,
      garbage: { authorization: 'Bearer \x80.e30.\xff', 'x-plugin-key': '\xff', 'x-api-key': "' or 1=1" },
      // Each half is good, and of another environment than its other half.
      impostor: {
        'x-plugin-key': this.home.staging.pluginKey,
        'x-user-token': this.home.visitor.userToken,
        'x-api-key': as.partner['x-api-key'] ?? '',
        'x-api-secret': as.stagingPartner['x-api-secret'] ?? '',
      },
    };
    return headers[who];
  }

  authOf(who: 'visitor' | 'owner' | 'viewer'): SocketAuth {
    const { pluginKey, visitor, owner, viewer } = this.home;
    if (who === 'visitor') return { pluginKey, userToken: visitor.userToken };
    return { token: (who === 'owner' ? owner : viewer).accessToken };
  }

  /** What may stand in a field, or after a noun in a path. The own are there several times: they should be met most. */
  of(field: string): string[] {
    const noun = NOUNS[field] ?? field;
    const [own, foreign = []] = [idsOf(this.home)[noun], idsOf(this.other)[noun]];
    if (own) return [...Array.from({ length: 6 }, () => own).flat(), ...foreign, NOBODY];
    if (field === 'anything' || /(^i|I)ds?$/.test(field)) return this.everyId();
    return this.words()[field] ?? [];
  }

  /** False once somebody can no longer do what they are there for: a route has taken away what they stand on. */
  async isWhole(): Promise<boolean> {
    const { ids, as, groupId } = this.home;
    const conversation = `/v1/conversations/${ids['conversations']}`;
    const asked = await Promise.all([
      this.status('post', `${conversation}/messages`, as.visitor, aMessage()),
      this.status('put', `${conversation}/messages/${ids['messages']}/reactions/👍`, as.visitor),
      this.status('get', conversation, as.owner),
      this.status('get', `/v1/conversations/${groupId}`, as.viewer),
      this.status('get', `/v1/agents/${ids['agents']}`, as.viewer),
      this.status('get', `/v1/users/${ids['users']}`, as.partner),
      this.status('get', `/v1/environments/${ids['environments']}`, as.owner),
    ]);
    return asked.every((status) => status < 300);
  }

  private async status(method: string, path: string, as: Headers, body?: object): Promise<number> {
    const headers = { ...as, ...(body && { 'content-type': 'application/json' }) };
    const sent = { method, path, headers, body: body ? JSON.stringify(body) : null };
    return (await sendPlain(this.url, sent)).status;
  }

  private everyId(): string[] {
    const all = (tenant: Tenant) => Object.values(idsOf(tenant)).flat();
    return [...all(this.home), ...all(this.home), ...all(this.other), NOBODY];
  }

  private words(): Record<string, string[]> {
    const { owner, visitor, tag } = this.home;
    return {
      email: [owner.agent.email, `new.${tag}@agents.example`],
      password: [PASSWORD],
      refreshToken: [owner.refreshToken],
      visitorToken: [visitor.visitorToken],
      emoji: EMOJI,
      reactions: EMOJI,
    };
  }
}

function idsOf({ ids, groupId }: Tenant): Record<string, string[]> {
  const each = Object.entries(ids).map(([noun, id]) => [noun, [id]] as const);
  const { conversations: support = '' } = ids;
  return { ...Object.fromEntries(each), conversations: [support, support, groupId] };
}
