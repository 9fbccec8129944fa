import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { newId } from '../../common/ids.js';
import { House } from '../organization/fakes/house.fake.js';
import type { AgentService } from './agent.service.js';
import { InMemoryTeamRepository } from './fakes/in-memory-team.repository.fake.js';
import { TeamNotFound, TooManyTeams } from './team.errors.js';
import { TeamService } from './team.service.js';

describe(TeamService.name, () => {
  let house: House;
  let teams: TeamService;
  let owner: AgentPrincipal;
  let stranger: AgentPrincipal;
  const known = [newId(), newId()];

  beforeEach(async () => {
    house = new House();
    const assertActive = async (_: string, ids: string[]) => {
      if (!ids.every((id) => known.includes(id))) throw new NotFound('agent');
    };
    const agents = { assertActive } as unknown as AgentService;
    const repository = new InMemoryTeamRepository();
    teams = new TeamService(
      repository,
      agents,
      house.organizations,
      house.unitOfWork,
      house.events,
      house.clock,
    );
    [owner, stranger] = [await house.anAdmin(), await house.anAdmin()];
  });

  it('makes, changes and removes a team, puts each on record, and says that it is gone', async () => {
    const { id } = await teams.create(owner, { name: 'Refunds', agentIds: known });
    expect(await teams.update(owner, id, { name: '환불' })).toMatchObject({ name: '환불', agentIds: known });
    await teams.remove(owner, id);
    expect(house.deedsIn(owner.organizationId)).toEqual(['team.create', 'team.update', 'team.remove']);
    expect(house.told).toEqual(['team.removed']);
    await expect(teams.get(owner.organizationId, id)).rejects.toBeInstanceOf(TeamNotFound);
  });

  it('takes in agents of the organization only, and changes nothing otherwise', async () => {
    const { id } = await teams.create(owner, { name: 'Refunds', agentIds: known });
    const wrong = { agentIds: [known[0]!, newId()] };
    await expect(teams.create(owner, { name: 'Other', ...wrong })).rejects.toBeInstanceOf(NotFound);
    await expect(teams.update(owner, id, wrong)).rejects.toBeInstanceOf(NotFound);
    expect(await teams.page(owner.organizationId, null, 10)).toMatchObject([{ id, agentIds: known }]);
  });

  it('hides a team from another tenant, name and all', async () => {
    const { id } = await teams.create(owner, { name: 'Refunds' });
    const { organizationId } = stranger;
    await expect(teams.get(organizationId, id)).rejects.toBeInstanceOf(TeamNotFound);
    await expect(teams.update(stranger, id, { name: 'X' })).rejects.toBeInstanceOf(TeamNotFound);
    await expect(teams.remove(stranger, id)).rejects.toBeInstanceOf(TeamNotFound);
    expect(await teams.namesOf(organizationId, [id])).toEqual(new Map());
    expect(await teams.namesOf(owner.organizationId, [id, newId()])).toEqual(
      new Map([[id, { name: 'Refunds' }]]),
    );
  });

  it('knows a new name at once where it was given', async () => {
    const { organizationId } = owner;
    const { id } = await teams.create(owner, { name: 'Refunds' });
    expect((await teams.namesOf(organizationId, [id])).get(id)).toEqual({ name: 'Refunds' });
    await teams.update(owner, id, { name: '환불' });
    expect((await teams.namesOf(organizationId, [id])).get(id)).toEqual({ name: '환불' });
    await teams.remove(owner, id);
    expect((await teams.namesOf(organizationId, [id])).size).toBe(0);
    expect(await teams.list(organizationId)).toEqual([]);
  });

  it('has at most a hundred', async () => {
    for (let count = 0; count < 100; count++) await teams.create(owner, { name: `Team ${count}` });
    await expect(teams.create(owner, { name: 'One more' })).rejects.toBeInstanceOf(TooManyTeams);
    expect(await teams.list(owner.organizationId)).toHaveLength(100);
  });
});
