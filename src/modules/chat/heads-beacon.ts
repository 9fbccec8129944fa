import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { EVERY_TENANT } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { DomainEventBus, OnDomainEvent } from '../../common/events/domain-events.js';
import { AppConfig } from '../../config/app-config.js';
import { Realtime } from '../../infrastructure/realtime/realtime.js';
import { readOpenRoom } from '../../infrastructure/realtime/rooms.js';
import { UnheardRooms } from '../../infrastructure/realtime/unheard-rooms.js';
import { RedisWatch } from '../../infrastructure/redis/redis-watch.js';
import type { MessageCreated, MessageUpdated } from './chat.events.js';
import './chat.events.js';
import { ConversationRepository } from './conversation.repository.js';
import { Epoch } from './epoch.js';
import { LoneNodes } from './lone-nodes.js';
import { MessageRepository, type Head } from './message.repository.js';

type Choice = (conversationId: string, head: Head) => boolean;
type Tell = (room: string, conversationId: string, head: Head) => void;

const INBOX_ROOM = /^organization:([\w-]+):agents$/;
const CHUNK = 500;
/** What was changed while Redis was coming back may have met a node that did not hear yet. */
const AFTERMATH_MS = 5_000;
/** Whoever slept so much longer than it meant to may have missed what was said in the meantime. */
const OVERSLEPT_MS = 2_000;
const NOTHING: Head = { headSeq: 0, headRev: 0 };

/**
 * Tells those who have a conversation open where its head is: now and then to everybody, so that a lost last
 * message is found without further traffic, and every second while Redis is away from any node, since nodes cannot
 * hear each other then.
 */
@Injectable()
export class HeadsBeacon implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(HeadsBeacon.name);
  private readonly timers: NodeJS.Timeout[] = [];
  /** The heads that this node's sockets were told of. */
  private readonly told = new LRUCache<string, Head>({ max: 50_000 });
  private caughtUpAt = performance.now();
  private catchUpUntil = 0;
  private inboxSeenUntil = new Date(0);
  private isBusy = false;

  constructor(
    private readonly messages: MessageRepository,
    private readonly conversations: ConversationRepository,
    private readonly events: DomainEventBus,
    private readonly realtime: Realtime,
    private readonly unheard: UnheardRooms,
    private readonly redis: RedisWatch,
    private readonly loneNodes: LoneNodes,
    private readonly epoch: Epoch,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.realtime.isServing) return;
    const { headsIntervalMs, catchUpIntervalMs } = this.config.chat;
    this.timers.push(setInterval(() => void this.safely(() => this.tellAll()), headsIntervalMs));
    this.timers.push(setInterval(() => void this.safely(() => this.catchUp()), catchUpIntervalMs));
  }

  onModuleDestroy(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  @OnDomainEvent('message.created')
  noteMessage({ message }: MessageCreated): void {
    this.remember(message.conversationId, { headSeq: message.seq, headRev: 0 });
  }

  @OnDomainEvent('message.updated')
  noteChange({ message }: MessageUpdated): void {
    this.remember(message.conversationId, { headSeq: 0, headRev: message.rev });
  }

  /** To the sockets of this node that have any of these open, whatever they were told before. */
  async tellHere(conversationIds: ReadonlySet<string>): Promise<void> {
    const rooms = this.realtime.localRooms.filter((room) => {
      const open = readOpenRoom(room);
      return open !== undefined && conversationIds.has(open.conversationId);
    });
    await this.tellOf(rooms, () => true, this.here);
  }

  private async tellAll(): Promise<void> {
    await this.tellOf(this.realtime.localRooms, () => true, this.here);
  }

  private async catchUp(): Promise<void> {
    const now = performance.now();
    if ((await this.isAnyoneAlone()) || this.hasOverslept(now)) this.catchUpUntil = now + AFTERMATH_MS;
    this.caughtUpAt = now;
    if (now > this.catchUpUntil) {
      this.inboxSeenUntil = this.clock.now();
      return;
    }
    await this.tellOf(this.realtime.localRooms, this.isNews, this.here);
    await this.tellInboxes();
    if (!this.redis.isAway) await this.tellOthers();
  }

  private async isAnyoneAlone(): Promise<boolean> {
    if (!this.redis.isAway) return this.loneNodes.haveSpoken();
    await this.loneNodes.declare();
    return true;
  }

  private hasOverslept(now: number): boolean {
    return now - this.caughtUpAt > this.config.chat.catchUpIntervalMs + OVERSLEPT_MS;
  }

  /** What this node said while nobody else could hear it. */
  private async tellOthers(): Promise<void> {
    const rooms = this.unheard.take();
    try {
      await this.tellOf(rooms, () => true, this.everywhere);
    } catch (error) {
      this.unheard.note(rooms);
      throw error;
    }
    for (const room of rooms) {
      const open = readOpenRoom(room);
      if (open) this.events.publish('conversation.changed', { ...open, isUrgent: false });
    }
  }

  private async tellOf(candidates: readonly string[], isChosen: Choice, tell: Tell): Promise<void> {
    const rooms = candidates.flatMap((room) => {
      const id = readOpenRoom(room)?.conversationId;
      return id === undefined ? [] : [{ room, id }];
    });
    for (let start = 0; start < rooms.length; start += CHUNK) {
      const chunk = rooms.slice(start, start + CHUNK);
      const ids = chunk.map(({ id }) => id);
      const heads = await this.messages.heads(EVERY_TENANT, ids);
      for (const { room, id } of chunk) {
        const head = heads.get(id);
        if (head && isChosen(id, head)) tell(room, id, head);
      }
    }
  }

  private readonly here: Tell = (room, id, head) => {
    this.remember(id, head);
    this.realtime.emitLocal(room, 'heads', { heads: [{ id, ...head }], epoch: this.epoch.current });
  };

  private readonly everywhere: Tell = (room, id, head) => {
    this.remember(id, head);
    this.realtime.emit(room, 'heads', { heads: [{ id, ...head }], epoch: this.epoch.current });
  };

  private readonly isNews: Choice = (id, { headSeq, headRev }) => {
    const told = this.told.get(id) ?? NOTHING;
    return headSeq > told.headSeq || headRev > told.headRev;
  };

  private remember(id: string, { headSeq, headRev }: Head): void {
    const told = this.told.get(id) ?? NOTHING;
    this.told.set(id, {
      headSeq: Math.max(told.headSeq, headSeq),
      headRev: Math.max(told.headRev, headRev),
    });
  }

  private async tellInboxes(): Promise<void> {
    const since = new Date(this.inboxSeenUntil.getTime() - AFTERMATH_MS);
    const organizationIds = this.realtime.localRooms.flatMap((room) => INBOX_ROOM.exec(room)?.[1] ?? []);
    for (const organizationId of organizationIds) {
      for (const { id } of await this.conversations.listChangedSince({ organizationId }, since, CHUNK)) {
        this.events.publish('conversation.changed', { conversationId: id, organizationId, isUrgent: false });
      }
    }
    this.inboxSeenUntil = this.clock.now();
  }

  /** One look at a time, and a store that is away is looked at again at the next turn. */
  private async safely(look: () => Promise<void>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      await look();
    } catch (error) {
      this.logger.debug({ err: (error as Error).message }, 'heads could not be read');
    } finally {
      this.isBusy = false;
    }
  }
}
