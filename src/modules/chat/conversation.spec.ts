import { describe, expect, it } from '@jest/globals';
import type { Principal } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import {
  canManage,
  canSee,
  canWrite,
  directKeyOf,
  scopeOfConversation,
  senderOf,
  type Conversation,
} from './conversation.js';
import { aConversation, anAgent, aPartner, aUser, theUserOf } from './fakes/factories.fake.js';

const support = aConversation();
const { organizationId } = support;
const environmentId = support.environmentId ?? '';
const member = anAgent({ organizationId });
const team = { organizationId, environmentId: null, user: null, memberIds: [member.id] };
const group = aConversation({ ...team, kind: 'group' });
const openChannel = aConversation({ ...team, kind: 'channel', visibility: 'public' });
const closedChannel = aConversation({ ...team, kind: 'channel', visibility: 'private' });

describe('who may see and write', () => {
  const its = theUserOf(support);
  const colleague = anAgent({ organizationId });
  const partner = aPartner({ organizationId, environmentId });
  type Row = [name: string, principal: Principal, conversation: Conversation, sees: boolean, writes: boolean];
  const rows: Row[] = [
    ['its user', its, support, true, true],
    ['its user from another environment', { ...its, environmentId: newId() }, support, false, false],
    ['another visitor', aUser({ organizationId, environmentId }), support, false, false],
    ['an agent', colleague, support, true, true],
    ['an agent of another tenant', anAgent(), support, false, false],
    ['a partner of the environment', partner, support, true, true],
    ['a partner of another environment', aPartner({ organizationId }), support, false, false],
    ['a partner of another tenant', aPartner({ environmentId }), support, false, false],
    ['a member of a group', member, group, true, true],
    ['a colleague of a group', colleague, group, false, false],
    ['a member of a private channel', member, closedChannel, true, true],
    ['a colleague of a private channel', colleague, closedChannel, false, false],
    ['a member of a public channel', member, openChannel, true, true],
    ['a colleague of a public channel', colleague, openChannel, true, false],
    ['an agent of another tenant of a public channel', anAgent(), openChannel, false, false],
    ['a partner of a group', partner, group, false, false],
    ['a partner of a public channel', partner, openChannel, false, false],
    ['a user of a group', its, group, false, false],
    ['a user of a public channel', its, openChannel, false, false],
  ];

  it.each(rows)('%s', (_, principal, conversation, sees, writes) => {
    expect([canSee(principal, conversation), canWrite(principal, conversation)]).toEqual([sees, writes]);
  });
});

describe(canManage.name, () => {
  const maker = anAgent({ organizationId });
  const made = aConversation({ ...team, kind: 'channel', creatorKey: `agent:${maker.id}` });

  it.each([
    ['who made it', maker, true],
    ['an admin', anAgent({ organizationId, role: 'admin' }), true],
    ['an owner', anAgent({ organizationId, role: 'owner' }), true],
    ['a member', member, false],
    ['a viewer', anAgent({ organizationId, role: 'viewer' }), false],
  ])('%s', (_, agent, manages) => {
    expect(canManage(agent, made)).toBe(manages);
  });
});

describe(directKeyOf.name, () => {
  it('is the same for a pair, whoever begins', () => {
    expect(directKeyOf(['b', 'a'])).toBe(directKeyOf(['a', 'b']));
    expect(directKeyOf(['a', 'c'])).not.toBe(directKeyOf(['a', 'b']));
  });
});

describe(senderOf.name, () => {
  it('shows what a company’s server writes as a bot’s', () => {
    const partner = aPartner({ name: 'Order system' });
    expect(senderOf(partner)).toEqual({ type: 'bot', id: partner.id, name: 'Order system', avatarUrl: null });
  });

  it('names agents and users as they are', () => {
    const agent = anAgent({ avatarUrl: 'https://a.example/b.png' });
    expect(senderOf(agent)).toEqual({
      type: 'agent',
      id: agent.id,
      name: agent.name,
      avatarUrl: agent.avatarUrl,
    });
  });
});

describe(scopeOfConversation.name, () => {
  it('names an environment where there is one', () => {
    expect(scopeOfConversation(support)).toEqual({ organizationId, environmentId });
    expect(scopeOfConversation(group)).toEqual({ organizationId });
  });
});
