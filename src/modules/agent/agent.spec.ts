import { describe, expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { oneAtATime } from '../../infrastructure/postgres/one-at-a-time.fake.js';
import { describeAgentRepository } from './agent.repository.contract.js';
import { assertMayGrant, assertOwnerRemains } from './agent.js';
import { InMemoryAgentRepository } from './fakes/in-memory-agent.repository.fake.js';

describe(InMemoryAgentRepository.name, () => {
  const agents = new InMemoryAgentRepository();
  const anOrganizationId = () => Promise.resolve(newId());
  const anAccount = () => {
    const id = newId();
    return Promise.resolve({ id, email: `${id}@shop.example`, createdAt: new Date(0) });
  };
  const inTransaction = oneAtATime();
  describeAgentRepository(() => ({ agents, anOrganizationId, anAccount, inTransaction }));
});

describe(assertMayGrant.name, () => {
  it('lets only owners make or unmake owners', () => {
    expect(() => assertMayGrant('owner', 'agent', 'owner')).not.toThrow();
    expect(() => assertMayGrant('admin', 'agent', 'admin')).not.toThrow();
    expect(() => assertMayGrant('admin', 'agent', 'owner')).toThrow(/owner/);
    expect(() => assertMayGrant('admin', 'owner', 'agent')).toThrow(/owner/);
  });
});

describe(assertOwnerRemains.name, () => {
  it('keeps the last owner, and nobody else', () => {
    expect(() => assertOwnerRemains(['a'], 'a')).toThrow(/last owner/);
    expect(() => assertOwnerRemains(['a', 'b'], 'a')).not.toThrow();
    expect(() => assertOwnerRemains(['a'], 'b')).not.toThrow();
  });
});
