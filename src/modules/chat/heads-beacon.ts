import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { EVERY_TENANT } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { DomainEventBus, OnDomainEvent } from '../../common/events/domain-events.js';
import { AppConfig } from '../../config/app-config.js';
import { REDIS } from '../../infrastructure/redis/redis.module.js';
import { Realtime } from '../../infrastructure/realtime/realtime.js';
import { conversationOfRoom } from '../../infrastructure/realtime/rooms.js';
import type { MessageCreated } from './chat.events.js';
import './chat.events.js';
import { ConversationRepository } from './conversation.repository.js';
import { Epoch } from './epoch.js';
import { MessageRepository } from './message.repository.js';

const INBOX_ROOM = /^organization:([\w-]+):agents$/;
const CHUNK = 500;
/** What was changed while Redis was coming back may have met a node that did not hear yet. */
const AFTERMATH_MS = 5_000;

/**
 * Tells those who have a conversation open where its head is: now and then to everybody, so that a lost last
 * message is found without further traffic, and every second while Redis is away, since nodes cannot hear
 * each other then.
 */
@Injectable()
export class HeadsBeacon implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(HeadsBeacon.name);
  private readonly timers: NodeJS.Timeout[] = [];
  /** The heads that this node's sockets were told of. */
  private readonly told = new LRUCache<string, number>({ max: 50_000 });
  private catchUpUntil = 0;
  private inboxSeenUntil = new Date(0);
  private isBusy = false;

  constructor(
    private readonly messages: MessageRepository,
    private readonly conversations: ConversationRepository,
    private readonly events: DomainEventBus,
    private readonly realtime: Realtime,
    private readonly epoch: Epoch,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    @Inject(REDIS) private readonly redis: Redis,
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
  note({ message }: MessageCreated): void {
    const known = this.told.get(message.conversationId) ?? 0;
    this.told.set(message.conversationId, Math.max(known, message.seq));
  }

  private async tellAll(): Promise<void> {
    await this.tellOpen(() => true);
  }

  private async catchUp(): Promise<void> {
    const now = Date.now();
    if (this.redis.status !== 'ready') this.catchUpUntil = now + AFTERMATH_MS;
    if (now > this.catchUpUntil) {
      this.inboxSeenUntil = this.clock.now();
      return;
    }
    await this.tellOpen((id, headSeq) => headSeq > (this.told.get(id) ?? 0));
    await this.tellInboxes();
  }

  private async tellOpen(isNews: (conversationId: string, headSeq: number) => boolean): Promise<void> {
    const rooms = this.realtime.localRooms.flatMap((room) => {
      const id = conversationOfRoom(room);
      return id === undefined ? [] : [{ room, id }];
    });
    for (let start = 0; start < rooms.length; start += CHUNK) {
      const chunk = rooms.slice(start, start + CHUNK);
      const heads = await this.messages.heads(
        EVERY_TENANT,
        chunk.map(({ id }) => id),
      );
      for (const { room, id } of chunk) {
        const head = heads.get(id);
        if (!head || !isNews(id, head.headSeq)) continue;
        this.told.set(id, head.headSeq);
        this.realtime.emitLocal(room, 'heads', { heads: [{ id, ...head }], epoch: this.epoch.current });
      }
    }
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
