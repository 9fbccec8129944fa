import { beforeEach, describe, expect, it } from '@jest/globals';
import { EVERY_TENANT } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import { aScope } from './fakes/factories.fake.js';
import type { MailClaim, MarkerKey, MarkerRepository } from './marker.repository.js';

const NOW = new Date('2026-11-20T09:00:00.000Z');
const COOLDOWN_MS = 60_000;

/** What every MarkerRepository does, the fake as well as the real one. */
export function describeMarkerRepository(create: () => MarkerRepository): void {
  let markers: MarkerRepository;
  let scope: { organizationId: string };
  let conversationId: string;
  let reader: MarkerKey;

  beforeEach(() => {
    markers = create();
    scope = { organizationId: newId() };
    conversationId = newId();
    reader = { ...scope, conversationId, type: 'user', principalId: newId() };
  });

  const readSeq = async (who = reader) =>
    (await markers.ofPrincipal(who, { type: who.type, id: who.principalId }, [who.conversationId])).get(
      who.conversationId,
    );

  it('moves forward only, and answers where it stands', async () => {
    expect(await markers.move({ ...reader, readSeq: 3 })).toBe(3);
    expect(await markers.move({ ...reader, readSeq: 1 })).toBe(3);
    await markers.moveAll([{ ...reader, readSeq: 2 }]);
    expect(await readSeq()).toBe(3);
    await markers.moveAll([{ ...reader, readSeq: 5 }]);
    expect(await readSeq()).toBe(5);
  });

  it('moves many at once, of any tenant', async () => {
    const other = { ...reader, ...aScope(), conversationId: newId(), type: 'agent' as const };
    await markers.moveAll([
      { ...reader, readSeq: 1 },
      { ...other, readSeq: 2 },
    ]);
    await markers.moveAll([]);
    expect([await readSeq(), await readSeq(other)]).toEqual([1, 2]);
  });

  it('moves what several devices read first at the same time', async () => {
    const people = Array.from({ length: 8 }, () => ({ ...reader, principalId: newId() }));
    const answers = people.flatMap((who) => [1, 2, 3].map((seq) => markers.move({ ...who, readSeq: seq })));
    const moves = people.map((who) => ({ ...who, readSeq: 4 }));
    const mutes = people.map((who) => markers.mute(who, null));
    await Promise.all([...answers, markers.moveAll(moves), markers.moveAll(moves), ...mutes]);
    expect(await Promise.all(people.map(readSeq))).toEqual(people.map(() => 4));
  });

  it('lists the markers of conversations, and which of them are their owners', async () => {
    const agent = { ...reader, type: 'agent' as const, principalId: newId() };
    await markers.move({ ...reader, readSeq: 1 });
    await markers.move({ ...agent, readSeq: 2 });
    const { principalId } = reader;
    const expected = [
      { conversationId, type: 'agent', principalId: agent.principalId, readSeq: 2, hasWritten: false },
      { conversationId, type: 'user', principalId, readSeq: 1, mutedUntil: null },
    ];
    for (const reach of [scope, EVERY_TENANT] as const) {
      const found = await markers.ofConversations(reach, [conversationId, newId()]);
      const sorted = found.sort((a, b) => a.type.localeCompare(b.type));
      expect(sorted).toMatchObject(expected);
    }
    const owners = await markers.ofOwners(scope, [
      { id: conversationId, userId: principalId },
      { id: newId(), userId: newId() },
    ]);
    expect([...owners]).toEqual([[conversationId, 1]]);
  });

  it('remembers who has written', async () => {
    await markers.moveAll([{ ...reader, readSeq: 1 }]);
    await markers.move({ ...reader, readSeq: 2 });
    expect(await markers.ofConversations(scope, [conversationId])).toMatchObject([
      { readSeq: 2, hasWritten: true },
    ]);
  });

  it('mutes for one reader, and reads nothing by it', async () => {
    await markers.move({ ...reader, principalId: newId(), readSeq: 1 });
    const mutedUntil = async () =>
      (await markers.ofConversations(scope, [conversationId])).map((marker) => marker.mutedUntil);
    await markers.mute(reader, NOW);
    expect(await mutedUntil()).toEqual(expect.arrayContaining([null, NOW]));
    expect(await readSeq()).toBe(0);
    await markers.mute(reader, null);
    expect(await mutedUntil()).toEqual([null, null]);
  });

  it('shows nothing to another tenant', async () => {
    await markers.move({ ...reader, readSeq: 4 });
    const stranger = { organizationId: newId() };
    const who = { type: reader.type, id: reader.principalId };
    expect(await markers.ofConversations(stranger, [conversationId])).toEqual([]);
    expect((await markers.ofPrincipal(stranger, who, [conversationId])).size).toBe(0);
    expect((await markers.ofOwners(stranger, [{ id: conversationId, userId: who.id }])).size).toBe(0);
    await markers.eraseAll(stranger, [conversationId]);
    expect(await readSeq()).toBe(4);
  });

  it('erases those of whole conversations', async () => {
    await markers.move({ ...reader, readSeq: 4 });
    await markers.eraseAll(scope, [conversationId]);
    expect(await readSeq()).toBeUndefined();
  });

  describe('claimMail', () => {
    const claim = (given: Partial<MailClaim> = {}, who = reader) =>
      markers.claimMail(who, { upToSeq: 3, jobId: 'job-1', now: NOW, cooldownMs: COOLDOWN_MS, ...given });
    const later = (ms: number) => new Date(NOW.getTime() + ms);

    it('grants the first, also where nothing was read yet, and reads nothing by it', async () => {
      expect(await claim()).toEqual({ kind: 'granted' });
      expect(await readSeq()).toBe(0);
    });

    it('grants a retry of the same job again', async () => {
      await claim();
      expect(await claim({ now: later(5_000) })).toEqual({ kind: 'granted' });
    });

    it('grants no retry of what is out', async () => {
      await claim();
      await markers.confirmMail(reader, 'job-0');
      expect(await claim()).toEqual({ kind: 'granted' });
      await markers.confirmMail(reader, 'job-1');
      expect(await claim()).toEqual({ kind: 'told-already' });
    });

    it('tells of a message once', async () => {
      await claim();
      expect(await claim({ jobId: 'job-2', now: later(2 * COOLDOWN_MS) })).toEqual({ kind: 'told-already' });
    });

    it('says when it is too soon, and grants it then', async () => {
      await claim();
      const next = { jobId: 'job-2', upToSeq: 4 };
      expect(await claim({ ...next, now: later(1_000) })).toEqual({
        kind: 'too-soon',
        until: later(COOLDOWN_MS),
      });
      expect(await claim({ ...next, now: later(COOLDOWN_MS) })).toEqual({ kind: 'granted' });
    });

    it('grants one of many who ask at once', async () => {
      const permits = await Promise.all(['a', 'b', 'c', 'd'].map((jobId) => claim({ jobId })));
      expect(permits.filter(({ kind }) => kind === 'granted')).toHaveLength(1);
    });

    it('keeps readers apart, and the marker where it was', async () => {
      await markers.move({ ...reader, readSeq: 2 });
      await claim();
      expect(await claim({ jobId: 'job-2' }, { ...reader, principalId: newId() })).toEqual({
        kind: 'granted',
      });
      expect(await readSeq()).toBe(2);
    });
  });
}
