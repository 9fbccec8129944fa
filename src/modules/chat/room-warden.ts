import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { EVERY_TENANT } from '../../common/access/principal.js';
import { DomainEventBus, OnDomainEvent } from '../../common/events/domain-events.js';
import { DeliveryGate, momentNow } from '../../infrastructure/realtime/delivery-gate.js';
import { Realtime, type RealtimeSocket } from '../../infrastructure/realtime/realtime.js';
import {
  conversationAgentsRoom,
  conversationRoom,
  isTeamRoom,
  principalRoom,
  readOpenRoom,
  type TeamRoom,
} from '../../infrastructure/realtime/rooms.js';
import type { ParticipantsRemoved } from './chat.events.js';
import './chat.events.js';
import { ConversationAccess } from './conversation-access.js';
import { canSee, type Conversation } from './conversation.js';
import { ConversationRepository, type Membership } from './conversation.repository.js';
import { HeadsBeacon } from './heads-beacon.js';

/** A third of what the gate allows: one look may be lost, or slow, and nobody notices. */
const LOOK_EVERY_MS = 300;
/** Should the clock of the store ever step back, changes would hide behind the newest one for so long. */
const LOOK_AT_ALL_EVERY_MS = 10_000;
/** Changes that overtook each other on their way into the store are this much apart at most. */
const OVERLAP_MS = 5_000;
/** How far back a node looks when it starts: what is still on its way to it may be addressed to who left since. */
const FIRST_REACH_MS = 10 * 60_000;
const CHUNK = 500;

/**
 * Keeps those out of the rooms who do not belong there. Each node asks the store for itself, always: what other
 * nodes can tell it is only faster. While it cannot ask, the gate lets nothing through.
 */
@Injectable()
export class RoomWarden implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(RoomWarden.name);
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;
  private isWantedAgain = false;
  /** By the clock of the store. */
  private since: Date | undefined;
  private lookedAtAll = performance.now();

  constructor(
    private readonly conversations: ConversationRepository,
    private readonly access: ConversationAccess,
    private readonly beacon: HeadsBeacon,
    private readonly events: DomainEventBus,
    private readonly realtime: Realtime,
    private readonly gate: DeliveryGate,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.realtime.isServing) return;
    await this.look();
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Out of the rooms before anything else is said in them, on the nodes that hear of it; the others look. */
  @OnDomainEvent('participants.removed')
  async endDelivery({ conversation, agentIds }: ParticipantsRemoved): Promise<void> {
    const rooms = roomsOf(conversation);
    for (const id of agentIds) this.realtime.leave(principalRoom({ type: 'agent', id }), rooms);
    await this.look();
  }

  /** One look at a time. Whoever asks for one during another gets one that began after the question. */
  async look(): Promise<void> {
    this.isWantedAgain = this.isLooking;
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      const begunAt = momentNow();
      await this.enforceChanges();
      await this.enforceAllNowAndThen();
      this.gate.confirm(begunAt);
      this.tellOfHeld();
    } catch (error) {
      this.logger.debug({ err: (error as Error).message }, 'who belongs where could not be read');
    } finally {
      this.isLooking = false;
    }
    if (this.isWantedAgain) await this.look();
  }

  private async enforceChanges(): Promise<void> {
    this.since ??= await this.firstReach();
    const changed = await this.conversations.listMembershipsSince(this.since);
    for (const membership of changed) this.enforce(membership);
    const newest = changed.at(-1)?.changedAt.getTime() ?? 0;
    this.since = new Date(Math.max(this.since.getTime(), newest - OVERLAP_MS));
  }

  private async firstReach(): Promise<Date> {
    const last = await this.conversations.lastMembershipChange();
    return new Date((last?.getTime() ?? FIRST_REACH_MS) - FIRST_REACH_MS);
  }

  private async enforceAllNowAndThen(): Promise<void> {
    if (performance.now() - this.lookedAtAll < LOOK_AT_ALL_EVERY_MS) return;
    const ids = this.openTeamConversations();
    for (let start = 0; start < ids.length; start += CHUNK) {
      const found = await this.conversations.findMany(EVERY_TENANT, ids.slice(start, start + CHUNK));
      for (const conversation of found) this.clear(conversation, []);
    }
    this.lookedAtAll = performance.now();
  }

  private openTeamConversations(): string[] {
    const rooms = this.realtime.localRooms.filter(isTeamRoom);
    return [...new Set(rooms.flatMap((room) => readOpenRoom(room)?.conversationId ?? []))];
  }

  private enforce({ conversation, leftIds }: Membership): void {
    const { id, membersRev } = conversation;
    const newlyLeft = this.gate.noteLeavers(id, membersRev, leftIds);
    if (newlyLeft.length > 0) this.access.forget(id);
    this.clear(conversation, newlyLeft);
  }

  /** Whoever left is told so, wherever their sockets are; a public channel they may then open again to look at. */
  private clear(conversation: Conversation, leftIds: readonly string[]): void {
    const leavers = this.socketsIn(leftIds.map((id) => principalRoom({ type: 'agent', id })));
    const strangers = this.socketsIn(roomsOf(conversation)).filter(
      (socket) => !canSee(socket.data.principal, conversation),
    );
    for (const socket of new Set([...leavers, ...strangers])) {
      for (const room of roomsOf(conversation)) void socket.leave(room);
      socket.emit('conversation:removed', { conversationId: conversation.id });
    }
  }

  private socketsIn(rooms: readonly string[]): RealtimeSocket[] {
    const ids = new Set(rooms.flatMap((room) => [...this.realtime.localMembers(room)]));
    return [...ids].flatMap((id) => this.realtime.localSocket(id) ?? []);
  }

  /** Not awaited by the look: the next one must not wait for it. */
  private tellOfHeld(): void {
    const held = this.gate.takeHeld();
    if (held.length === 0) return;
    const ids = new Set(held.map(({ conversationId }) => conversationId));
    this.beacon.tellHere(ids).then(
      () => this.tellInboxesOf(held),
      () => this.gate.hold(held),
    );
  }

  private tellInboxesOf(held: readonly TeamRoom[]): void {
    for (const { conversationId, organizationId } of held) {
      this.events.publish('conversation.changed', { conversationId, organizationId, isUrgent: false });
    }
  }
}

function roomsOf(conversation: Conversation): string[] {
  return [conversationRoom(conversation), conversationAgentsRoom(conversation)];
}
