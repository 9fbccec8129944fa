import { beforeEach, expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { TeamNameTaken } from './team.errors.js';
import type { TeamRepository } from './team.repository.js';
import type { Team } from './team.js';

export function aTeam(organizationId: string, given: Partial<Team> = {}): Team {
  const id = newId();
  const createdAt = new Date('2026-11-20T12:00:00.000Z');
  return { id, organizationId, name: `Team ${id}`, description: null, agentIds: [], createdAt, ...given };
}

interface Setting {
  teams: TeamRepository;
  anOrganizationId(): Promise<string>;
  /** One who is active, and one who is not any more. */
  anAgentId(organizationId: string, isActive?: boolean): Promise<string>;
}

/** What every TeamRepository does, the fake as well as the real one. */
export function describeTeamRepository(create: () => Setting): void {
  let setting: Setting;
  let organizationId: string;

  beforeEach(async () => {
    setting = create();
    organizationId = await setting.anOrganizationId();
  });

  const aStored = async (given: Partial<Team> = {}) => {
    const team = aTeam(organizationId, given);
    await setting.teams.insert(team);
    return team;
  };

  it('gives back what was stored, and nothing of it to another tenant', async () => {
    const { teams } = setting;
    const agentIds = [await setting.anAgentId(organizationId), await setting.anAgentId(organizationId)];
    const team = await aStored({ description: '하루 안에', agentIds });
    const stranger = { organizationId: await setting.anOrganizationId() };
    expect(await teams.find({ organizationId }, team.id)).toEqual(team);
    expect(await teams.findMany({ organizationId }, [team.id, newId()])).toEqual([team]);
    expect(await teams.find(stranger, team.id)).toBeNull();
    expect(await teams.findMany(stranger, [team.id])).toEqual([]);
    expect(await teams.page(stranger, null, 10)).toEqual([]);
    expect(await teams.count(stranger)).toBe(0);
    expect(await teams.update(stranger, team.id, { name: 'X', agentIds: [] })).toBeNull();
    expect(await teams.remove(stranger, team.id)).toBe(false);
    expect(await teams.find({ organizationId }, team.id)).toEqual(team);
  });

  it('shows active members only', async () => {
    const [active, former] = [
      await setting.anAgentId(organizationId),
      await setting.anAgentId(organizationId, false),
    ];
    const { id } = await aStored({ agentIds: [active, former] });
    expect((await setting.teams.find({ organizationId }, id))?.agentIds).toEqual([active]);
  });

  it('pages through all, oldest first', async () => {
    const { teams } = setting;
    const stored = [await aStored(), await aStored(), await aStored()];
    const first = await teams.page({ organizationId }, null, 2);
    const rest = await teams.page({ organizationId }, first.at(-1)?.id ?? null, 2);
    expect([...first, ...rest]).toEqual(stored);
    expect(await teams.count({ organizationId })).toBe(3);
  });

  it('has a name once in an organization, however it is written', async () => {
    const { teams } = setting;
    const team = await aStored({ name: 'Refunds' });
    await expect(aStored({ name: 'refunds' })).rejects.toBeInstanceOf(TeamNameTaken);
    const other = await aStored({ name: 'Returns' });
    const renamed = teams.update({ organizationId }, other.id, { name: 'REFUNDS' });
    await expect(renamed).rejects.toBeInstanceOf(TeamNameTaken);
    expect(await teams.update({ organizationId }, team.id, { name: 'REFUNDS' })).toMatchObject({
      name: 'REFUNDS',
    });
    await teams.insert(aTeam(await setting.anOrganizationId(), { name: 'Refunds' }));
  });

  it('changes what is named, and all members at once', async () => {
    const { teams } = setting;
    const [first, second] = [
      await setting.anAgentId(organizationId),
      await setting.anAgentId(organizationId),
    ];
    const team = await aStored({ description: 'x', agentIds: [first] });
    const changed = await teams.update({ organizationId }, team.id, { description: null });
    expect(changed).toEqual({ ...team, description: null });
    const staffed = await teams.update({ organizationId }, team.id, { agentIds: [second] });
    expect(staffed).toEqual({ ...team, description: null, agentIds: [second] });
  });

  it('takes the same members from several at once, and from whoever comes while it is removed', async () => {
    const agentIds = [await setting.anAgentId(organizationId), await setting.anAgentId(organizationId)];
    const { id } = await aStored({ agentIds: agentIds.slice(1) });
    const put = () => setting.teams.update({ organizationId }, id, { agentIds });
    for (const changed of await Promise.all([put(), put(), put(), put()]))
      expect(changed?.agentIds).toEqual(agentIds);
    const [isRemoved] = await Promise.all([setting.teams.remove({ organizationId }, id), put(), put()]);
    expect(isRemoved).toBe(true);
    expect(await put()).toBeNull();
  });

  it('removes one, once', async () => {
    const { id } = await aStored({ agentIds: [await setting.anAgentId(organizationId)] });
    expect(await setting.teams.remove({ organizationId }, id)).toBe(true);
    expect(await setting.teams.remove({ organizationId }, id)).toBe(false);
    expect(await setting.teams.find({ organizationId }, id)).toBeNull();
  });
}
