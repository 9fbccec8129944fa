import { describe } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { InMemoryTeamRepository } from './fakes/in-memory-team.repository.fake.js';
import { describeTeamRepository } from './team.repository.contract.js';

describe(InMemoryTeamRepository.name, () => {
  const former = new Set<string>();
  const anAgentId = (_: string, isActive = true) => {
    const id = newId();
    if (!isActive) former.add(id);
    return Promise.resolve(id);
  };
  describeTeamRepository(() => ({
    teams: new InMemoryTeamRepository((id) => Promise.resolve(!former.has(id))),
    anOrganizationId: () => Promise.resolve(newId()),
    anAgentId,
  }));
});
