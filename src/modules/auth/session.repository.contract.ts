import { expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { newId } from '../../common/ids.js';
import type { SessionRepository } from './session.repository.js';
import type { Member } from './session.service.js';
import type { RefreshToken, Session } from './session.js';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const LATER = new Date('2026-12-20T12:00:00.000Z');

function aSession({ id: agentId, accountId, organizationId }: Member, expiresAt = LATER): Session {
  return { id: newId(), accountId, organizationId, agentId, createdAt: NOW, expiresAt, endedAt: null };
}

function aToken(sessionId: string): RefreshToken {
  const tokenHash = randomBytes(32);
  return { id: newId(), sessionId, tokenHash, createdAt: NOW, expiresAt: LATER, usedAt: null };
}

/** What every store of sessions has to keep. `aMember` makes somebody to have sessions. */
export function describeSessionRepository(
  make: () => SessionRepository,
  aMember: () => Promise<Member>,
): void {
  it('finds what was inserted, and nothing else', async () => {
    const sessions = make();
    const session = aSession(await aMember());
    await sessions.insert(session);
    expect(await sessions.find(session.id)).toEqual(session);
    expect(await sessions.find(newId())).toBeNull();
  });

  it('lets a token be used once, however many try at once', async () => {
    const sessions = make();
    const session = aSession(await aMember());
    await sessions.insert(session);
    const token = aToken(session.id);
    await sessions.insertToken(token);
    const uses = await Promise.all([1, 2, 3, 4].map(() => sessions.useToken(token.id, NOW)));
    expect(uses.filter(Boolean)).toHaveLength(1);
    expect(await sessions.findToken(token.tokenHash)).toEqual({ ...token, usedAt: NOW });
    expect(await sessions.findToken(randomBytes(32))).toBeNull();
  });

  it('ends the sessions of an agent once, and nobody else’s', async () => {
    const sessions = make();
    const [member, other] = [await aMember(), await aMember()];
    const [mine, mineToo, theirs] = [aSession(member), aSession(member), aSession(other)];
    for (const session of [mine, mineToo, theirs]) await sessions.insert(session);
    const ended = await sessions.end({ agentId: member.id }, NOW);
    expect(ended.map(({ id }) => id).sort()).toEqual([mine.id, mineToo.id].sort());
    expect(await sessions.end({ agentId: member.id }, NOW)).toEqual([]);
    expect(await sessions.findLiveIds([mine.id, mineToo.id, theirs.id, newId()], NOW)).toEqual([theirs.id]);
  });

  it('tells of an end to one of those who end it at once', async () => {
    const sessions = make();
    const session = aSession(await aMember());
    await sessions.insert(session);
    const ended = await Promise.all([1, 2, 3].map(() => sessions.end({ id: session.id }, NOW)));
    expect(ended.flat()).toEqual([{ ...session, endedAt: NOW }]);
  });

  it('extends a session and throws expired ones away with their tokens', async () => {
    const sessions = make();
    const member = await aMember();
    const [extended, expired] = [aSession(member, NOW), aSession(member, NOW)];
    const token = aToken(expired.id);
    for (const session of [extended, expired]) await sessions.insert(session);
    await sessions.insertToken(token);
    await sessions.extend(extended.id, LATER);
    await sessions.removeExpired(new Date(NOW.getTime() + 1));
    expect(await sessions.find(extended.id)).toEqual({ ...extended, expiresAt: LATER });
    expect(await sessions.find(expired.id)).toBeNull();
    expect(await sessions.findToken(token.tokenHash)).toBeNull();
  });
}
