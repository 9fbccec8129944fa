import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { EVERY_TENANT } from '../../common/access/principal.js';
import { OnDomainEvent } from '../../common/events/domain-events.js';
import { AppConfig } from '../../config/app-config.js';
import { Realtime } from '../../infrastructure/realtime/realtime.js';
import {
  conversationRoom,
  memberRoom,
  organizationAgentsRoom,
  principalRoom,
} from '../../infrastructure/realtime/rooms.js';
import type {
  ConversationChanged,
  ConversationCreated,
  ConversationMuted,
  ParticipantsAdded,
} from './chat.events.js';
import { ConversationAccess } from './conversation-access.js';
import { ConversationViews } from './conversation-views.js';
import type { Conversation } from './conversation.js';
import { ConversationRepository } from './conversation.repository.js';
import { InboxQueue } from './inbox-queue.js';
import { agentRoom } from './notification/agent-room.js';

const TURN_MS = 50;
/** About 8,000 packets a second to the agents of one organization on one node: a tenth of a core. */
const PACKETS_PER_TURN = 400;

type Fact = 'conversation:created' | 'conversation:updated';

/**
 * Tells inboxes what their conversations have become. Agents do not get every message of the tenant: of a busy
 * conversation they get one summary in a moment. What somebody did to it goes out at once.
 */
@Injectable()
export class InboxBroadcast implements OnModuleDestroy {
  private readonly logger = new Logger(InboxBroadcast.name);
  private readonly queue: InboxQueue;
  private timer: NodeJS.Timeout | undefined;
  private isClosing = false;

  constructor(
    private readonly conversations: ConversationRepository,
    private readonly views: ConversationViews,
    private readonly access: ConversationAccess,
    private readonly realtime: Realtime,
    config: AppConfig,
  ) {
    this.queue = new InboxQueue(config.chat.inboxCoalesceMs, PACKETS_PER_TURN);
  }

  @OnDomainEvent('conversation.created')
  async tellOfCreation({ conversation }: ConversationCreated): Promise<void> {
    if (conversation.user) this.openForUser(conversation);
    await this.tell('conversation:created', [conversation]);
  }

  /** To them it is new. */
  @OnDomainEvent('participants.added')
  async tellTheAdded({ conversation, agentIds }: ParticipantsAdded): Promise<void> {
    const [view] = (await this.views.forInboxes([conversation])).agents;
    const rooms = agentIds.map((id) => memberRoom(conversation, id));
    if (view) this.realtime.emit(rooms, 'conversation:created', { conversation: view });
  }

  /** The agent's other devices; it is nobody else's business. */
  @OnDomainEvent('conversation.muted')
  tellOfMuting({ conversation, agentId, view }: ConversationMuted): void {
    this.realtime.emit(agentRoom(conversation, agentId), 'conversation:updated', { conversation: view });
  }

  @OnDomainEvent('conversation.changed')
  note({ conversationId, organizationId, isUrgent }: ConversationChanged): void {
    if (isUrgent) {
      this.queue.remove(organizationId, conversationId);
      void this.send([conversationId]);
      return;
    }
    this.queue.add(organizationId, conversationId, Date.now());
    this.timer ??= setTimeout(() => void this.turn(), TURN_MS);
  }

  /** What still waits is told by the next node that the clients come to: they ask for their lists there. */
  onModuleDestroy(): void {
    this.isClosing = true;
    clearTimeout(this.timer);
  }

  private async turn(): Promise<void> {
    await this.send(this.queue.take(Date.now(), (organizationId) => this.inboxesOf(organizationId)));
    const isDone = this.isClosing || this.queue.isEmpty;
    this.timer = isDone ? undefined : setTimeout(() => void this.turn(), TURN_MS);
  }

  /** Of this node; the others write to their own sockets. */
  private inboxesOf(organizationId: string): number {
    return this.realtime.localMembers(organizationAgentsRoom(organizationId)).size;
  }

  private async send(conversationIds: readonly string[]): Promise<void> {
    if (conversationIds.length === 0 || this.isClosing) return;
    try {
      const found = await this.conversations.findMany(EVERY_TENANT, conversationIds);
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
    const { agents, user } = await this.views.forInboxes(conversations);
    for (const [index, conversation] of conversations.entries()) {
      const agentRooms = agentRoomsOf(conversation);
      if (agentRooms.length > 0) this.realtime.emit(agentRooms, fact, { conversation: agents[index]! });
      if (conversation.user) {
        const own = principalRoom({ type: 'user', id: conversation.user.id });
        this.realtime.emit(own, fact, { conversation: user[index]! });
      }
    }
  }

  private openForUser(conversation: Conversation): void {
    const { user } = conversation;
    if (user)
      this.realtime.join(principalRoom({ type: 'user', id: user.id }), [conversationRoom(conversation)]);
  }
}

function agentRoomsOf(conversation: Conversation): string[] {
  const { kind, organizationId, memberIds } = conversation;
  if (kind === 'support') return [organizationAgentsRoom(organizationId)];
  return memberIds.map((id) => memberRoom(conversation, id));
}
