import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { principalRoom, readTeamRoom, type TeamRoom } from './rooms.js';

/**
 * A removal is felt within a second on every node: this long what a node knows of the members is good, counted
 * from when it began to ask, and the rest of the second is for getting it to the sockets.
 */
export const TRUST_MS = 900;

interface Leavers {
  membersRev: number;
  ids: ReadonlySet<string>;
}

/** A moment on both clocks: one goes on while a process is stopped, the other while its machine sleeps. */
export interface Moment {
  monotonic: number;
  wall: number;
}

export function momentNow(): Moment {
  return { monotonic: performance.now(), wall: Date.now() };
}

/**
 * Stands before the rooms of conversations between agents, and lets nothing through while this node does not know
 * who belongs to them. What is held back is not kept: those who still belong are told where the conversation is
 * when the gate opens again, and fetch what they missed.
 */
@Injectable()
export class DeliveryGate {
  private confirmed: Moment = { monotonic: -Infinity, wall: -Infinity };
  private held = new Map<string, TeamRoom>();
  private readonly leavers = new LRUCache<string, Leavers>({ max: 50_000 });

  get isOpen(): boolean {
    const { monotonic, wall } = momentNow();
    return monotonic - this.confirmed.monotonic <= TRUST_MS && wall - this.confirmed.wall <= TRUST_MS;
  }

  /** The members were looked at, and whoever had left is out of the rooms. `since`: when the look began. */
  confirm(since: Moment): void {
    this.confirmed = since;
  }

  /** Who has left as of a state of the members. Answers those that were not known to have left. */
  noteLeavers(conversationId: string, membersRev: number, agentIds: readonly string[]): string[] {
    const known = this.leavers.get(conversationId);
    if (known && known.membersRev >= membersRev) return [];
    this.leavers.set(conversationId, { membersRev, ids: new Set(agentIds) });
    return agentIds.filter((id) => !known?.ids.has(id));
  }

  /** The rooms in which an event may be heard now, each the name that sockets have joined. */
  passable(rooms: ReadonlySet<string>): Set<string> {
    const { isOpen } = this;
    const passed = new Set<string>();
    for (const room of rooms) {
      const target = this.targetOf(room, isOpen);
      if (target !== null) passed.add(target);
    }
    return passed;
  }

  /** What was held back since the last call. */
  takeHeld(): TeamRoom[] {
    const held = [...this.held.values()];
    this.held = new Map();
    return held;
  }

  /** For what could not be told of yet. */
  hold(rooms: readonly TeamRoom[]): void {
    for (const room of rooms) this.held.set(room.conversationId, room);
  }

  private targetOf(room: string, isOpen: boolean): string | null {
    const team = readTeamRoom(room);
    if (!team) return room;
    if (!isOpen) this.hold([team]);
    if (!isOpen || this.hasLeft(team)) return null;
    return team.member ? principalRoom({ type: 'agent', id: team.member.agentId }) : room;
  }

  /** Since the event was addressed; who had left before and came back was addressed with good reason. */
  private hasLeft({ conversationId, member }: TeamRoom): boolean {
    const leavers = this.leavers.get(conversationId);
    if (!member || !leavers) return false;
    return leavers.membersRev > member.membersRev && leavers.ids.has(member.agentId);
  }
}
