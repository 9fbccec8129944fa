import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../common/clock.js';
import { DomainEventBus } from '../../common/events/domain-events.js';
import { AppConfig } from '../../config/app-config.js';
import type { PresenceStatus, PrincipalRef } from '../../contracts/common.js';
import type { PresenceState } from '../../contracts/socket.js';
import { LoadShedder } from '../limits/load-shedder.js';
import { PresenceStore, type ClosedConnection, type LiveConnection } from './presence-store.js';
import { AWAY_AFTER_MS, presenceKey, rhythmOf, SETTLE_MS } from './presence.js';
import { Realtime, type RealtimeSocket } from './realtime.js';
import './presence.events.js';
import { presenceRoom } from './rooms.js';

const ANNOUNCE_INTERVAL_MS = 1_000;
const LOOK_INTERVAL_MS = 250;
/** After a loss of Redis: until every node has settled, and a little longer. */
const AFTERMATH_MS = 2 * SETTLE_MS;
/** Per socket. Whoever watches more has stopped looking at the first of them. */
const MAX_WATCHED = 500;
const WATCH_ROOM = /^presence:(agent|user):(.+)$/;
/** What a client does by itself: no sign of a person. */
const UNATTENDED = new Set(['ping', 'conversation:sync', 'conversation:open', 'presence:watch']);

/**
 * Keeps the connections of this node in the presence store and tells those who look of what changes:
 * changes made here at once to all nodes, changes made elsewhere by comparing what is watched here, so that
 * the people of a killed node go offline too, and nobody does because Redis went away.
 */
@Injectable()
export class PresenceTracker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(PresenceTracker.name);
  /** What was last said of whom is watched on this node. */
  private readonly told = new Map<string, PresenceStatus>();
  private readonly changed = new Map<string, PrincipalRef>();
  /** Those of this node that left since everything was last said. */
  private readonly closed = new LRUCache<string, ClosedConnection>({ max: 50_000 });
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly sweepMs: number;
  private wasAway = false;
  private sweptAt = -Infinity;
  private aftermathUntil = -Infinity;

  constructor(
    private readonly store: PresenceStore,
    private readonly realtime: Realtime,
    private readonly events: DomainEventBus,
    private readonly load: LoadShedder,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {
    this.sweepMs = rhythmOf(config.chat.presenceLifeMs).sweepMs;
  }

  /** Whoever starts on an empty Redis is the first to: what it does not find is nowhere. */
  async onApplicationBootstrap(): Promise<void> {
    await this.stateAll(this.now() - SETTLE_MS);
    this.every(rhythmOf(this.config.chat.presenceLifeMs).refreshMs, () => this.stateAll(this.now()));
    this.every(ANNOUNCE_INTERVAL_MS, () => this.announce());
    this.every(ANNOUNCE_INTERVAL_MS, () => this.lookAtDue());
    this.every(LOOK_INTERVAL_MS, () => this.look());
  }

  beforeApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  async enter(socket: RealtimeSocket): Promise<void> {
    socket.onAny((event: string) => this.notice(socket, event));
    await this.store.enter(refOf(socket), socket.id);
    this.changed.set(presenceKey(socket.data.principal), refOf(socket));
  }

  async leave(socket: RealtimeSocket): Promise<void> {
    const connection = { ...connectionOf(socket), leftAt: this.now() };
    const { connectionId, principal } = connection;
    this.closed.set(connectionId, connection);
    await this.store.leave([connection]);
    const whenGraceEnds = setTimeout(
      () => this.changed.set(presenceKey(principal), principal),
      this.config.chat.presenceGraceMs,
    );
    whenGraceEnds.unref();
  }

  /** From now on the socket hears of changes. The caller has checked that it may. */
  async watch(socket: RealtimeSocket, principals: readonly PrincipalRef[]): Promise<PresenceState[]> {
    await socket.join(principals.map(presenceRoom));
    const watched = [...socket.rooms].filter((room) => WATCH_ROOM.test(room));
    for (const room of watched.slice(0, Math.max(0, watched.length - MAX_WATCHED))) await socket.leave(room);
    const states = [...(await this.store.statesOf(principals)).values()];
    for (const { principal, status } of states) this.noteAnswer(presenceKey(principal), status);
    return states;
  }

  /** What differs from what the others were told is told to all at the next look. */
  private noteAnswer(key: string, status: PresenceStatus): void {
    const told = this.told.get(key);
    if (told === undefined) this.told.set(key, status);
    else if (told !== status) this.told.delete(key);
  }

  /** Tells all nodes of the changes that began here, several of one second in one look. */
  async announce(): Promise<void> {
    if (this.changed.size === 0 || this.load.isTooMuch('signal')) return;
    const principals = [...this.changed.values()];
    this.changed.clear();
    for (const state of (await this.store.statesOf(principals)).values()) {
      if (state.status === 'unknown') continue;
      if (this.isWatchedHere(state.principal)) this.told.set(presenceKey(state.principal), state.status);
      this.realtime.emitVolatile(presenceRoom(state.principal), 'presence', state);
    }
    await this.tellChanges(principals.filter(({ type }) => type === 'agent'));
  }

  /** Who became idle, and whose node died: nothing happens on any node when they do. */
  async lookAtDue(): Promise<void> {
    if (!this.load.isTooMuch('signal')) await this.tellChanges(await this.store.takeDue());
  }

  private async tellChanges(agents: readonly PrincipalRef[]): Promise<void> {
    for (const state of await this.store.takeChanges(agents))
      this.events.publish('presence.changed', { state });
  }

  /** Tells the sockets of this node what others did not, or could not, tell. */
  async sweep(): Promise<void> {
    const watched = this.watchedHere();
    const keys = new Set(watched.map(presenceKey));
    for (const key of this.told.keys()) if (!keys.has(key)) this.told.delete(key);
    for (const state of (await this.store.statesOf(watched)).values()) {
      const key = presenceKey(state.principal);
      if (this.told.get(key) === state.status) continue;
      this.told.set(key, state.status);
      this.realtime.emitLocal(presenceRoom(state.principal), 'presence', state);
    }
  }

  /** A loss of Redis is told at once; so is the truth, once this node has said its part of it again. */
  async look(): Promise<void> {
    const { isAway } = this.store;
    if (isAway) this.store.distrust();
    else if (this.store.isDoubtful) await this.comeBack();
    const hasTurned = isAway !== this.wasAway;
    const isDue = hasTurned || performance.now() - this.sweptAt >= this.pace();
    if (!isDue || this.load.isTooMuch('signal')) return;
    // Other nodes may have told of what this one did not see: now everybody is told of everything.
    if (hasTurned) this.told.clear();
    this.wasAway = isAway;
    this.sweptAt = performance.now();
    await this.sweep();
  }

  private async comeBack(): Promise<void> {
    this.aftermathUntil = performance.now() + AFTERMATH_MS;
    await this.stateAll(this.now());
  }

  private pace(): number {
    return performance.now() < this.aftermathUntil ? ANNOUNCE_INTERVAL_MS : this.sweepMs;
  }

  /** Who left is said again too: a connection that was being refreshed at that moment would live on. */
  private async stateAll(completeSince: number): Promise<void> {
    if (!this.realtime.isServing) return;
    const closed = [...this.closed.values()];
    const live = this.realtime.localSockets.map(connectionOf);
    if (!(await this.store.state({ live, closed, completeSince }))) return;
    for (const { connectionId } of closed) this.closed.delete(connectionId);
  }

  private notice(socket: RealtimeSocket, event: string): void {
    if (UNATTENDED.has(event)) return;
    const now = this.now();
    const wasAway = socket.data.activeAt <= now - AWAY_AFTER_MS;
    socket.data.activeAt = now;
    if (wasAway) void this.returned(socket);
  }

  private async returned(socket: RealtimeSocket): Promise<void> {
    await this.store.refresh([connectionOf(socket)]);
    this.changed.set(presenceKey(socket.data.principal), refOf(socket));
  }

  private now(): number {
    return this.clock.now().getTime();
  }

  private isWatchedHere(principal: PrincipalRef): boolean {
    return this.realtime.localMembers(presenceRoom(principal)).size > 0;
  }

  private watchedHere(): PrincipalRef[] {
    return this.realtime.localRooms.flatMap((room) => {
      const [, type, id] = WATCH_ROOM.exec(room) ?? [];
      return id === undefined ? [] : [{ type: type as PrincipalRef['type'], id }];
    });
  }

  private every(intervalMs: number, work: () => Promise<void>): void {
    let isRunning = false;
    const tick = (): void => {
      if (isRunning) return;
      isRunning = true;
      work()
        .catch((error: unknown) => this.logger.warn({ err: error }, 'presence could not be told'))
        .finally(() => (isRunning = false));
    };
    this.timers.push(setInterval(tick, intervalMs).unref());
  }
}

function refOf(socket: RealtimeSocket): PrincipalRef {
  const { type, id } = socket.data.principal;
  return { type, id };
}

function connectionOf(socket: RealtimeSocket): LiveConnection {
  return { principal: refOf(socket), connectionId: socket.id, activeAt: socket.data.activeAt };
}
