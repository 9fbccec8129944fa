import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DeliveryGate, momentNow, TRUST_MS } from './delivery-gate.js';
import { conversationAgentsRoom, conversationRoom, memberRoom, principalRoom } from './rooms.js';

const group = { id: 'group', organizationId: 'organization', kind: 'group' } as const;
const support = { ...group, id: 'support', kind: 'support' } as const;
const PARK = 'park';
const own = principalRoom({ type: 'agent', id: PARK });

describe(DeliveryGate.name, () => {
  let gate: DeliveryGate;

  beforeEach(() => {
    jest.useFakeTimers();
    gate = new DeliveryGate();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const passable = (...rooms: string[]) => [...gate.passable(new Set(rooms))];

  it('lets nothing into rooms between agents before the members were looked at, and all into others', () => {
    const closed = [conversationRoom(group), conversationAgentsRoom(group), memberRoom(at(0), PARK)];
    const open = [conversationRoom(support), conversationAgentsRoom(support), own, 'presence:agent:park'];
    expect(passable(...closed, ...open)).toEqual(open);
    gate.confirm(momentNow());
    expect(passable(conversationRoom(group), conversationAgentsRoom(group))).toHaveLength(2);
  });

  it('closes again when the last look began too long ago', () => {
    gate.confirm(momentNow());
    jest.advanceTimersByTime(TRUST_MS);
    expect(gate.isOpen).toBe(true);
    jest.advanceTimersByTime(1);
    expect(gate.isOpen).toBe(false);
  });

  it('closes also when the machine slept, and its steady clock with it', () => {
    gate.confirm(momentNow());
    jest.setSystemTime(Date.now() + TRUST_MS + 1);
    expect(gate.isOpen).toBe(false);
  });

  it('counts from when a look began: what changed during it may not be in it', () => {
    const begunAt = momentNow();
    jest.advanceTimersByTime(TRUST_MS + 1);
    gate.confirm(begunAt);
    expect(gate.isOpen).toBe(false);
  });

  it('keeps of what it holds back only which conversations it was, once', () => {
    passable(conversationRoom(group), memberRoom(at(0), PARK));
    const team = { organizationId: 'organization', conversationId: 'group' };
    expect(gate.takeHeld()).toMatchObject([team]);
    expect(gate.takeHeld()).toEqual([]);
  });

  describe('a member', () => {
    beforeEach(() => gate.confirm(momentNow()));

    it('is told wherever the agent is', () => {
      expect(passable(memberRoom(at(3), PARK))).toEqual([own]);
    });

    it('is not told any more by those who do not know yet that it left', () => {
      gate.noteLeavers('group', 4, [PARK]);
      expect(passable(memberRoom(at(3), PARK), memberRoom(at(3), 'kim'))).toEqual(['agent:kim']);
    });

    it('is told by those who know that it is back, before this node does', () => {
      gate.noteLeavers('group', 4, [PARK]);
      expect(passable(memberRoom(at(5), PARK))).toEqual([own]);
    });

    it('has newly left once, and an older state changes nothing', () => {
      expect(gate.noteLeavers('group', 4, [PARK])).toEqual([PARK]);
      expect(gate.noteLeavers('group', 4, [PARK])).toEqual([]);
      expect(gate.noteLeavers('group', 5, [PARK, 'kim'])).toEqual(['kim']);
      expect(gate.noteLeavers('group', 4, [])).toEqual([]);
      expect(passable(memberRoom(at(4), 'kim'))).toEqual([]);
    });
  });
});

function at(membersRev: number) {
  return { ...group, membersRev };
}
