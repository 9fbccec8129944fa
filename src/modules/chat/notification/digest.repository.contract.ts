import { beforeEach, expect, it } from '@jest/globals';
import { newId } from '../../../common/ids.js';
import type { ClaimedDigest, DigestRepository } from './digest.repository.js';

const NOW = new Date('2026-11-20T09:00:00.000Z');
const LEASE_MS = 60_000;

/** What every DigestRepository does, the fake as well as the real one. */
export function describeDigestRepository(create: () => DigestRepository): void {
  let digests: DigestRepository;
  let who: { organizationId: string; agentId: string };

  beforeEach(() => {
    digests = create();
    who = { organizationId: newId(), agentId: newId() };
  });

  const later = (ms: number) => new Date(NOW.getTime() + ms);
  const request = (ms = 0) => digests.request([{ ...who, dueAt: later(ms) }]);
  const claim = (name: string, ms = 0, scope = who) =>
    digests.claim(scope, who.agentId, name, { now: later(ms), ms: LEASE_MS });
  const finish = (name: string, { requests }: ClaimedDigest, sentAt: Date | null) =>
    digests.finish(who, who.agentId, name, { requests, sentAt, nextAt: later(5_000) });
  const claimed = async (name: string, ms = 0) => (await claim(name, ms)) as ClaimedDigest;
  const overdue = async (ms = 0) =>
    (await digests.listOverdue(later(ms), 1_000)).filter(({ agentId }) => agentId === who.agentId);

  it('is due when it was first asked for', async () => {
    await request(2_000);
    await request(1_000);
    await request(3_000);
    expect(await claim('a', 999)).toBe('not-due');
    expect(await overdue(999)).toEqual([]);
    expect(await overdue(1_000)).toEqual([{ ...who, dueAt: later(1_000) }]);
    expect(await claim('a', 1_000)).toMatchObject({ round: 0, sentAt: null });
  });

  it('is due when the first of many asked for it at the same time', async () => {
    const agents = Array.from({ length: 8 }, () => ({ ...who, agentId: newId() }));
    const rounds = [3_000, 1_000, 2_000].map((ms) => agents.map((agent) => ({ ...agent, dueAt: later(ms) })));
    await Promise.all(rounds.map((round) => digests.request(round)));
    const due = await digests.listOverdue(later(1_000), 1_000);
    expect(due.filter(({ organizationId }) => organizationId === who.organizationId)).toHaveLength(8);
  });

  it('is made by one at a time, until its lease is over', async () => {
    await request();
    const claims = await Promise.all(['a', 'b', 'c'].map((name) => claim(name)));
    expect(claims.filter((one) => one === 'busy')).toHaveLength(2);
    expect(await claim('d', LEASE_MS - 1)).toBe('busy');
    expect(await claim('d', LEASE_MS)).toMatchObject({ round: 0 });
  });

  it('is not due once it was sent, and the next is another', async () => {
    await request();
    expect(await finish('a', await claimed('a'), NOW)).toBe(false);
    expect(await claim('b', 9_000)).toBe('not-due');
    expect(await overdue(9_000)).toEqual([]);
    await request(9_000);
    expect(await claim('b', 9_000)).toMatchObject({ round: 1, sentAt: NOW });
  });

  it('is the same one when there was nothing to send', async () => {
    await request();
    await finish('a', await claimed('a'), null);
    await request();
    expect(await claim('b')).toMatchObject({ round: 0, sentAt: null });
  });

  it('is due again when somebody asked for it while it was made', async () => {
    await request();
    const digest = await claimed('a');
    await request();
    expect(await finish('a', digest, NOW)).toBe(true);
    expect(await claim('b', 4_999)).toBe('not-due');
    expect(await claim('b', 5_000)).toMatchObject({ round: 1 });
  });

  it('can be put off', async () => {
    await request();
    await claimed('a');
    await digests.postpone(who, who.agentId, 'a', later(1_000));
    expect(await claim('b')).toBe('not-due');
    expect(await claim('b', 1_000)).toMatchObject({ round: 0 });
  });

  it('is left alone by who has lost it', async () => {
    await request();
    const lost = await claimed('a');
    await claimed('b', LEASE_MS);
    await digests.postpone(who, who.agentId, 'a', later(99_000));
    expect(await finish('a', lost, NOW)).toBe(false);
    expect(await claim('c', LEASE_MS)).toBe('busy');
  });

  it('is nothing to another tenant, and gone with its agent', async () => {
    await request();
    const stranger = { ...who, organizationId: newId() };
    expect(await claim('a', 0, stranger)).toBe('not-due');
    await digests.remove(stranger, who.agentId);
    expect(await overdue()).toHaveLength(1);
    await digests.remove(who, who.agentId);
    expect(await overdue()).toEqual([]);
  });
}
