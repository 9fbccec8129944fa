import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { Redis } from 'ioredis';
import { EVERY_TENANT } from '../../common/access/principal.js';
import { AppConfig } from '../../config/app-config.js';
import { REDIS } from '../../infrastructure/redis/redis.module.js';
import { Realtime } from '../../infrastructure/realtime/realtime.js';
import {
  conversationAgentsRoom,
  conversationRoom,
  conversationOfRoom,
} from '../../infrastructure/realtime/rooms.js';
import { canSee, type Conversation } from './conversation.js';
import { ConversationRepository } from './conversation.repository.js';

const CHUNK = 500;

/**
 * A removal takes sockets out of rooms through Redis. While Redis is away each node looks for itself who is in
 * a room without belonging there: delivery ends within a moment, whatever the nodes can tell each other.
 */
@Injectable()
export class RoomWarden implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(RoomWarden.name);
  private timer: NodeJS.Timeout | undefined;
  private isBusy = false;
  private wasAway = false;

  constructor(
    private readonly conversations: ConversationRepository,
    private readonly realtime: Realtime,
    private readonly config: AppConfig,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.realtime.isServing) return;
    this.timer = setInterval(() => void this.look(), this.config.chat.catchUpIntervalMs);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Once more after Redis is back: a removal of the last moment may have been told to nobody. */
  private async look(): Promise<void> {
    const isAway = this.redis.status !== 'ready';
    if (this.isBusy || !(isAway || this.wasAway)) return;
    this.isBusy = true;
    try {
      await this.clearRooms();
      this.wasAway = isAway;
    } catch (error) {
      this.logger.debug({ err: (error as Error).message }, 'rooms could not be looked through');
    } finally {
      this.isBusy = false;
    }
  }

  private async clearRooms(): Promise<void> {
    const ids = [...new Set(this.realtime.localRooms.flatMap((room) => conversationOfRoom(room) ?? []))];
    for (let start = 0; start < ids.length; start += CHUNK) {
      const found = await this.conversations.findMany(EVERY_TENANT, ids.slice(start, start + CHUNK));
      for (const conversation of found) if (conversation.kind !== 'support') this.clear(conversation);
    }
  }

  private clear(conversation: Conversation): void {
    const { organizationId, id } = conversation;
    const rooms = [conversationRoom(organizationId, id), conversationAgentsRoom(organizationId, id)];
    for (const socketId of new Set(rooms.flatMap((room) => [...this.realtime.localMembers(room)]))) {
      const socket = this.realtime.localSocket(socketId);
      if (!socket || canSee(socket.data.principal, conversation)) continue;
      for (const room of rooms) void socket.leave(room);
      socket.emit('conversation:removed', { conversationId: id });
    }
  }
}
