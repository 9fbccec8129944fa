import { expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { AlreadyMember } from './agent.errors.js';
import type { AgentRepository } from './agent.repository.js';
import type { Account, Agent } from './agent.js';
import { DEFAULT_NOTIFICATIONS } from './notification-settings.js';

const NOW = new Date('2026-11-20T12:00:00.000Z');

export interface AgentSurroundings {
  agents: AgentRepository;
  anOrganizationId: () => Promise<string>;
  anAccount: () => Promise<Account>;
  inTransaction: <T>(work: () => Promise<T>) => Promise<T>;
}

export function anAgent(organizationId: string, account: Account, given: Partial<Agent> = {}): Agent {
  return {
    id: newId(),
    organizationId,
    accountId: account.id,
    email: account.email,
    role: 'agent',
    name: 'Minsu Lee',
    avatarUrl: null,
    avatarKey: null,
    availability: 'available',
    statusText: null,
    statusEmoji: null,
    statusExpiresAt: null,
    language: null,
    timeZone: null,
    theme: 'system',
    notifications: DEFAULT_NOTIFICATIONS,
    createdAt: NOW,
    signedInAt: null,
    disabledAt: null,
    ...given,
  };
}

/** What every AgentRepository does, the fake as well as the real one. */
export function describeAgentRepository(create: () => AgentSurroundings): void {
  async function aStored(organizationId: string, given: Partial<Agent> = {}): Promise<Agent> {
    const { agents, anAccount } = create();
    const agent = anAgent(organizationId, await anAccount(), given);
    await agents.insert(agent);
    return agent;
  }

  it('finds an agent by id, account and e-mail address, in its own organization only', async () => {
    const { agents, anOrganizationId } = create();
    const organizationId = await anOrganizationId();
    const agent = await aStored(organizationId);
    const found = (scope: { organizationId: string }) =>
      Promise.all([
        agents.find(scope, agent.id),
        agents.findByAccount(scope, agent.accountId),
        agents.findByEmail(scope, agent.email),
        agents.findMany(scope, [agent.id, newId()]).then(([first]) => first ?? null),
      ]);
    expect(await found({ organizationId })).toEqual([agent, agent, agent, agent]);
    expect(await found({ organizationId: await anOrganizationId() })).toEqual([null, null, null, null]);
  });

  it('has an account once in an organization', async () => {
    const { agents, anOrganizationId, anAccount } = create();
    const [organizationId, account] = [await anOrganizationId(), await anAccount()];
    await agents.insert(anAgent(organizationId, account));
    await expect(agents.insert(anAgent(organizationId, account))).rejects.toBeInstanceOf(AlreadyMember);
    await agents.insert(anAgent(await anOrganizationId(), account));
  });

  it('lets one of two in who join at once as the same', async () => {
    const { agents, anOrganizationId, anAccount } = create();
    const [organizationId, account] = [await anOrganizationId(), await anAccount()];
    const joined = await Promise.allSettled(
      [1, 2].map(() => agents.insert(anAgent(organizationId, account))),
    );
    expect(joined.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(joined.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: expect.any(AlreadyMember),
    });
  });

  it('pages through the active ones', async () => {
    const { agents, anOrganizationId } = create();
    const organizationId = await anOrganizationId();
    const stored = [
      await aStored(organizationId),
      await aStored(organizationId),
      await aStored(organizationId),
    ];
    await aStored(organizationId, { disabledAt: NOW });
    const first = await agents.page({ organizationId }, null, 2);
    const rest = await agents.page({ organizationId }, first.at(-1)?.id ?? null, 2);
    expect([...first, ...rest]).toEqual(stored);
  });

  it('changes what is named, in its own organization only', async () => {
    const { agents, anOrganizationId } = create();
    const organizationId = await anOrganizationId();
    const agent = await aStored(organizationId);
    expect(
      await agents.update({ organizationId: await anOrganizationId() }, agent.id, { name: 'X' }),
    ).toBeNull();
    const changed = await agents.update({ organizationId }, agent.id, { statusText: '점심', role: 'admin' });
    expect(changed).toEqual({ ...agent, statusText: '점심', role: 'admin' });
    expect(await agents.update({ organizationId }, agent.id, {})).toEqual(changed);
  });

  it('keeps of what an agent wants to hear what is not named, also of two who name something at once', async () => {
    const { agents, anOrganizationId } = create();
    const organizationId = await anOrganizationId();
    const { id } = await aStored(organizationId);
    const stranger = { organizationId: await anOrganizationId() };
    expect(await agents.setNotifications(stranger, id, { push: false })).toBeNull();
    await Promise.all([
      agents.setNotifications({ organizationId }, id, { email: false }),
      agents.setNotifications({ organizationId }, id, { support: 'mentions' }),
    ]);
    const agent = await agents.find({ organizationId }, id);
    expect(agent?.notifications).toEqual({ ...DEFAULT_NOTIFICATIONS, email: false, support: 'mentions' });
  });

  it('takes back a status that has expired, for one of two who ask at once', async () => {
    const { agents, anOrganizationId } = create();
    const organizationId = await anOrganizationId();
    const said = { statusText: '점심', statusEmoji: '🍜' };
    const over = await aStored(organizationId, { ...said, statusExpiresAt: NOW });
    const later = await aStored(organizationId, { ...said, statusExpiresAt: new Date(NOW.getTime() + 1) });
    const lasting = await aStored(organizationId, said);
    const taken = await Promise.all([
      agents.takeExpiredStatuses(NOW, 10),
      agents.takeExpiredStatuses(NOW, 10),
    ]);
    expect(taken.flat()).toEqual([{ ...over, statusText: null, statusEmoji: null, statusExpiresAt: null }]);
    expect(await agents.findMany({ organizationId }, [later.id, lasting.id])).toEqual([later, lasting]);
    expect(await agents.takeExpiredStatuses(NOW, 10)).toEqual([]);
  });

  it('answers the picture that is replaced once, in its own organization only', async () => {
    const { agents, anOrganizationId } = create();
    const organizationId = await anOrganizationId();
    const { id } = await aStored(organizationId);
    const replace = (key: string | null, scope = { organizationId }) =>
      agents.replacePicture(scope, id, key ? { url: `https://chat.example/${key}`, key } : null);
    expect(await replace('a')).toBeNull();
    expect(await replace('x', { organizationId: await anOrganizationId() })).toBeNull();
    expect(await agents.find({ organizationId }, id)).toMatchObject({
      avatarUrl: 'https://chat.example/a',
      avatarKey: 'a',
    });
    const replaced = await Promise.all([replace('b'), replace('c')]);
    const last = (await agents.find({ organizationId }, id))?.avatarKey;
    expect([...replaced, last].sort()).toEqual(['a', 'b', 'c']);
    await replace(null);
    expect(await agents.find({ organizationId }, id)).toMatchObject({ avatarUrl: null, avatarKey: null });
  });

  it('counts the owners that are active', async () => {
    const { agents, anOrganizationId, inTransaction } = create();
    const organizationId = await anOrganizationId();
    const owner = await aStored(organizationId, { role: 'owner' });
    await aStored(organizationId, { role: 'owner', disabledAt: NOW });
    await aStored(organizationId, { role: 'admin' });
    expect(await inTransaction(() => agents.lockOwnerIds({ organizationId }))).toEqual([owner.id]);
  });

  it('keeps the last one of two owners who leave at once', async () => {
    const { agents, anOrganizationId, inTransaction } = create();
    const organizationId = await anOrganizationId();
    const owners = [
      await aStored(organizationId, { role: 'owner' }),
      await aStored(organizationId, { role: 'owner' }),
    ];
    const leaveUnlessLast = ({ id }: Agent) =>
      inTransaction(async () => {
        const ids = await agents.lockOwnerIds({ organizationId });
        if (ids.length > 1) await agents.update({ organizationId }, id, { role: 'agent' });
      });
    await Promise.all(owners.map(leaveUnlessLast));
    expect(await inTransaction(() => agents.lockOwnerIds({ organizationId }))).toHaveLength(1);
  });

  it('lists the memberships of an account, the one used last first', async () => {
    const { agents, anOrganizationId, anAccount } = create();
    const account = await anAccount();
    const member = async (given: Partial<Agent>) => {
      const agent = anAgent(await anOrganizationId(), account, given);
      await agents.insert(agent);
      return agent;
    };
    const never = await member({});
    const lately = await member({ signedInAt: NOW });
    const gone = await member({ signedInAt: NOW, disabledAt: NOW });
    expect(await agents.listByAccount(account.id)).toEqual([lately, never]);
    const active = await agents.findActive([never.id, gone.id, newId()]);
    expect(active.map(({ id }) => id)).toEqual([never.id]);
  });
}
