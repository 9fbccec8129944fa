import { beforeEach, expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import type { PushSubscription } from './push.js';
import type { PushSubscriptionRepository } from './push-subscription.repository.js';

export interface Member {
  organizationId: string;
  agentId: string;
  sessionId: string;
}

export function aSubscription(member: Member, given: Partial<PushSubscription> = {}): PushSubscription {
  const id = newId();
  return {
    ...member,
    id,
    endpoint: `https://push.example/${id}`,
    p256dh: 'B'.repeat(87),
    auth: 'a'.repeat(22),
    userAgent: null,
    createdAt: new Date('2026-11-20T12:00:00.000Z'),
    ...given,
  };
}

/** What every PushSubscriptionRepository does, the fake as well as the real one. */
export function describePushSubscriptionRepository(
  create: () => PushSubscriptionRepository,
  aMember: () => Promise<Member>,
): void {
  let subscriptions: PushSubscriptionRepository;
  let member: Member;

  beforeEach(async () => {
    subscriptions = create();
    member = await aMember();
  });

  const listed = (of = member) => subscriptions.listOf(of, [of.agentId]);

  it('lists the devices of agents, oldest first, and shows them to no other tenant', async () => {
    const [first, second] = [aSubscription(member), aSubscription(member, { userAgent: 'Firefox' })];
    await subscriptions.put(first);
    await subscriptions.put(second);
    expect(await listed()).toEqual([first, second]);
    const stranger = await aMember();
    expect(await subscriptions.listOf(stranger, [member.agentId])).toEqual([]);
    expect(await subscriptions.remove(stranger, member.agentId, first.id)).toBe(false);
    await subscriptions.removeMany(stranger, [first.id]);
    expect(await listed()).toEqual([first, second]);
  });

  it('keeps a device once: with the latest keys, and the id that it had', async () => {
    const first = await subscriptions.put(aSubscription(member));
    const again = aSubscription(member, { endpoint: first.endpoint, auth: 'b'.repeat(22) });
    expect(await subscriptions.put(again)).toEqual({ ...again, id: first.id, createdAt: first.createdAt });
    expect(await listed()).toHaveLength(1);
  });

  it('gives a device to who subscribes with it last, as another one', async () => {
    const first = await subscriptions.put(aSubscription(member));
    const next = await aMember();
    const taken = aSubscription(next, { endpoint: first.endpoint });
    expect(await subscriptions.put(taken)).toEqual(taken);
    expect(await listed()).toEqual([]);
    expect(await listed(next)).toEqual([taken]);
  });

  it('gives a device to one of several who subscribe with it at once', async () => {
    const members = await Promise.all([1, 2, 3, 4].map(() => aMember()));
    const { endpoint } = aSubscription(member);
    const given = await Promise.all(
      members.map((one) => subscriptions.put(aSubscription(one, { endpoint }))),
    );
    expect(given.map(({ agentId }) => agentId)).toEqual(members.map(({ agentId }) => agentId));
    const left = await Promise.all(members.map((one) => listed(one)));
    expect(left.flat()).toHaveLength(1);
  });

  it('removes one of its agent, once', async () => {
    const { id } = await subscriptions.put(aSubscription(member));
    expect(await subscriptions.remove(member, newId(), id)).toBe(false);
    expect(await subscriptions.remove(member, member.agentId, id)).toBe(true);
    expect(await subscriptions.remove(member, member.agentId, id)).toBe(false);
  });

  it('removes many, and those of a session', async () => {
    const kept = await subscriptions.put(aSubscription(member));
    const gone = await subscriptions.put(aSubscription(member));
    await subscriptions.removeMany(member, [gone.id, newId()]);
    expect(await listed()).toEqual([kept]);
    await subscriptions.removeOfSession(newId());
    expect(await listed()).toEqual([kept]);
    await subscriptions.removeOfSession(member.sessionId);
    expect(await listed()).toEqual([]);
  });
}
