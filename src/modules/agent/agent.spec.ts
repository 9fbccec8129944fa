import { describe, expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { oneAtATime } from '../../infrastructure/postgres/one-at-a-time.fake.js';
import { describeAgentRepository } from './agent.repository.contract.js';
import { assertMayGrant, assertOwnerRemains, nextStatus, statusAt } from './agent.js';
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

describe('the status of an agent', () => {
  const now = new Date('2026-11-20T12:00:00.000Z');
  const later = new Date(now.getTime() + 1);
  const none = { statusText: null, statusEmoji: null, statusExpiresAt: null };
  const lunch = { statusText: '점심', statusEmoji: '🍜', statusExpiresAt: later };

  it('is none for everybody from its end on', () => {
    expect(statusAt(lunch, now)).toEqual(lunch);
    expect(statusAt(lunch, later)).toEqual(none);
    expect(statusAt({ ...lunch, statusExpiresAt: null }, later)).toEqual({ ...lunch, statusExpiresAt: null });
  });

  it('keeps what is not named, but not the end of what was said before', () => {
    expect(nextStatus(lunch, { statusText: '회의' }, now)).toEqual({
      statusText: '회의',
      statusEmoji: '🍜',
      statusExpiresAt: null,
    });
    expect(nextStatus(none, lunch, now)).toEqual(lunch);
    expect(nextStatus({ ...lunch, statusExpiresAt: null }, { statusExpiresAt: later }, now)).toEqual(lunch);
  });

  it('takes nothing over from what has ended', () => {
    expect(nextStatus({ ...lunch, statusExpiresAt: now }, { statusEmoji: '🏝️' }, now)).toEqual({
      ...none,
      statusEmoji: '🏝️',
    });
  });

  it('has no end when it says nothing', () => {
    const change = { statusText: '', statusEmoji: null, statusExpiresAt: later };
    expect(nextStatus(lunch, change, now)).toEqual(none);
  });

  it('cannot be over before it begins', () => {
    expect(() => nextStatus(none, { statusText: '점심', statusExpiresAt: now }, now)).toThrow(/not valid/);
  });
});
