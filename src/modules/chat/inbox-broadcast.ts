import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { EVERY_TENANT } from '../../common/access/principal.js';
import { OnDomainEvent } from '../../common/events/domain-events.js';
import { AppConfig } from '../../config/app-config.js';
import type { ConversationView } from '../../contracts/chat.js';
import { Realtime } from '../../infrastructure/realtime/realtime.js';
import {
  conversationRoom,
  organizationAgentsRoom,
  principalRoom,
} from '../../infrastructure/realtime/rooms.js';
import type { ConversationChanged, ConversationCreated, ParticipantsAdded } from './chat.events.js';
import { ConversationAccess } from './conversation-access.js';
import { ConversationViews, type Audience } from './conversation-views.js';
import type { Conversation } from './conversation.js';
import { ConversationRepository } from './conversation.repository.js';

type Fact = 'conversation:created' | 'conversation:updated';

/**
 * Tells inboxes what their conversations have become. Agents do not get every message of the tenant: of a busy
 * conversation they get one summary in a moment, made for all conversations of that moment together.
 */
@Injectable()
export class InboxBroadcast implements OnModuleDestroy {
  private readonly logger = new Logger(InboxBroadcast.name);
  private changed = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly conversations: ConversationRepository,
    private readonly views: ConversationViews,
    private readonly access: ConversationAccess,
    private readonly realtime: Realtime,
    private readonly config: AppConfig,
  ) {}

  @OnDomainEvent('conversation.created')
  async tellOfCreation({ conversation }: ConversationCreated): Promise<void> {
    if (conversation.user) this.openForUser(conversation);
    await this.tell('conversation:created', [conversation]);
  }

  /** To them it is new. */
  @OnDomainEvent('participants.added')
  async tellTheAdded({ conversation, agentIds }: ParticipantsAdded): Promise<void> {
    const [view] = await this.views.shared([conversation], 'agents');
    const rooms = agentIds.map((id) => principalRoom({ type: 'agent', id }));
    if (view) this.realtime.emit(rooms, 'conversation:created', { conversation: view });
  }

  @OnDomainEvent('conversation.changed')
  note({ conversationId, isUrgent }: ConversationChanged): void {
    this.changed.add(conversationId);
    if (isUrgent) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), this.config.chat.inboxCoalesceMs);
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
  }

  private async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const ids = [...this.changed];
    this.changed = new Set();
    try {
      const found = await this.conversations.findMany(EVERY_TENANT, ids);
      for (const conversation of found) this.access.remember(conversation);
      await this.tell('conversation:updated', found);
    } catch (error) {
      this.logger.warn(
        { err: (error as Error).message },
        'inboxes were not told; they see it when they next look',
      );
    }
  }

  private async tell(fact: Fact, conversations: Conversation[]): Promise<void> {
    const forUsers = conversations.filter(({ user }) => user);
    const [toAgents, toUsers] = await Promise.all([
      this.views.shared(conversations, 'agents'),
      this.views.shared(forUsers, 'user'),
    ]);
    this.emitEach(fact, conversations, toAgents, 'agents');
    this.emitEach(fact, forUsers, toUsers, 'user');
  }

  private emitEach(
    fact: Fact,
    conversations: Conversation[],
    views: ConversationView[],
    audience: Audience,
  ): void {
    for (const [index, conversation] of conversations.entries()) {
      const rooms = audience === 'agents' ? agentRoomsOf(conversation) : userRoomsOf(conversation);
      if (rooms.length > 0) this.realtime.emit(rooms, fact, { conversation: views[index]! });
    }
  }

  private openForUser({ organizationId, id, user }: Conversation): void {
    if (user)
      this.realtime.join(principalRoom({ type: 'user', id: user.id }), [
        conversationRoom(organizationId, id),
      ]);
  }
}

function agentRoomsOf({ kind, organizationId, memberIds }: Conversation): string[] {
  if (kind === 'support') return [organizationAgentsRoom(organizationId)];
  return memberIds.map((id) => principalRoom({ type: 'agent', id }));
}

function userRoomsOf({ user }: Conversation): string[] {
  return user ? [principalRoom({ type: 'user', id: user.id })] : [];
}
