import { Logger } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, type OnGatewayConnection } from '@nestjs/websockets';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import { may } from '../../common/access/permissions.js';
import { Clock } from '../../common/clock.js';
import { OnDomainEvent } from '../../common/events/domain-events.js';
import { AppConfig } from '../../config/app-config.js';
import type {
  ChangedMessage,
  ConversationHead,
  CreatedConversation,
  ReadMarker,
  SentMessage,
  SyncedConversation,
} from '../../contracts/chat.js';
import type { Ack } from '../../contracts/common.js';
import { LoadShedder } from '../../infrastructure/limits/load-shedder.js';
import { RateLimits } from '../../infrastructure/limits/rate-limits.js';
import { ok, RealtimeGateway } from '../../infrastructure/realtime/realtime-gateway.js';
import {
  Realtime,
  type RealtimeSocket,
  type SocketPrincipal,
} from '../../infrastructure/realtime/realtime.js';
import {
  conversationAgentsRoom,
  conversationRoom,
  principalRoom,
  roomsOfAnyKind,
} from '../../infrastructure/realtime/rooms.js';
import type { ConversationReadUpTo, MessageCreated, MessageUpdated } from './chat.events.js';
import { ConversationAccess } from './conversation-access.js';
import { ConversationService } from './conversation.service.js';
import { senderOf, type Conversation } from './conversation.js';
import { CreateConversationDto } from './dto/conversation.dto.js';
import {
  ConversationRefDto,
  EmptyDto,
  MessageRefDto,
  ReactDto,
  ReadDto,
  SocketEditDto,
  SocketSendDto,
  SyncDto,
  TypingDto,
} from './dto/socket.dto.js';
import { Epoch } from './epoch.js';
import { InboxTyping } from './inbox-typing.js';
import { MessageChangeService } from './message-change.service.js';
import type { Message } from './message.js';
import { MessageService } from './message.service.js';
import { MessageViews } from './message-views.js';
import { ReadMarkerService } from './read-marker.service.js';
import { SyncService } from './sync.service.js';

type Nothing = Record<string, never>;

@RealtimeGateway()
export class ChatGateway implements OnGatewayConnection {
  private readonly logger = new Logger(ChatGateway.name);

  constructor(
    private readonly conversations: ConversationService,
    private readonly messages: MessageService,
    private readonly views: MessageViews,
    private readonly changes: MessageChangeService,
    private readonly markers: ReadMarkerService,
    private readonly syncs: SyncService,
    private readonly access: ConversationAccess,
    private readonly epoch: Epoch,
    private readonly inboxTyping: InboxTyping,
    private readonly limits: RateLimits,
    private readonly load: LoadShedder,
    private readonly realtime: Realtime,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Joined first, read after: what is said in between arrives twice and never not at all. */
  async handleConnection(socket: RealtimeSocket): Promise<void> {
    const { principal } = socket.data;
    const heads = await this.joinOwn(socket, principal);
    const { type, id } = principal;
    socket.emit('hello', {
      principal: { type, id },
      serverTime: this.clock.now().toISOString(),
      epoch: this.epoch.current,
      heads,
    });
  }

  @SubscribeMessage('message:send')
  @Access('message.send')
  async send(
    @CurrentPrincipal() principal: SocketPrincipal,
    @MessageBody() { conversationId, ...body }: SocketSendDto,
  ): Promise<Ack<SentMessage>> {
    this.load.assertBearable('send');
    await this.messages.limitSending(principal);
    return ok(await this.messages.send(principal, conversationId, body));
  }

  @SubscribeMessage('message:edit')
  @Access('message.edit')
  async edit(
    @CurrentPrincipal() principal: SocketPrincipal,
    @MessageBody() { conversationId, messageId, ...body }: SocketEditDto,
  ): Promise<Ack<ChangedMessage>> {
    await this.admitChange(principal);
    return ok(await this.changes.edit(principal, { conversationId, messageId }, body));
  }

  @SubscribeMessage('message:delete')
  @Access('message.delete')
  async delete(
    @CurrentPrincipal() principal: SocketPrincipal,
    @MessageBody() which: MessageRefDto,
  ): Promise<Ack<ChangedMessage>> {
    await this.admitChange(principal);
    return ok(await this.changes.delete(principal, which));
  }

  @SubscribeMessage('message:react')
  @Access('message.react')
  async react(
    @CurrentPrincipal() principal: SocketPrincipal,
    @MessageBody() { emoji, on, ...which }: ReactDto,
  ): Promise<Ack<ChangedMessage>> {
    await this.admitChange(principal);
    return ok(await this.changes.react(principal, which, emoji, on));
  }

  @SubscribeMessage('conversation:create')
  @Access('conversation.create')
  async create(
    @CurrentPrincipal() principal: SocketPrincipal,
    @MessageBody() body: CreateConversationDto,
  ): Promise<Ack<CreatedConversation>> {
    this.load.assertBearable('send');
    if (body.message) await this.messages.limitSending(principal);
    const { conversation, message } = await this.conversations.create(principal, body);
    return ok(message ? { conversation, message } : { conversation });
  }

  @SubscribeMessage('conversation:open')
  @Access('conversation.read')
  async open(
    @CurrentPrincipal() principal: SocketPrincipal,
    @ConnectedSocket() socket: RealtimeSocket,
    @MessageBody() { conversationId }: ConversationRefDto,
  ): Promise<Ack<{ headSeq: number; headRev: number }>> {
    const conversation = await this.access.see(principal, conversationId);
    await socket.join(roomsFor(principal, conversation));
    if (conversation.kind !== 'support') await this.leaveUnlessMember(principal, socket, conversationId);
    const [head] = await this.syncs.headsOf(principal, [conversationId]);
    return ok({ headSeq: head?.headSeq ?? 0, headRev: head?.headRev ?? 0 });
  }

  @SubscribeMessage('conversation:close')
  @Access('conversation.read')
  async close(
    @CurrentPrincipal() principal: SocketPrincipal,
    @ConnectedSocket() socket: RealtimeSocket,
    @MessageBody() { conversationId }: ConversationRefDto,
  ): Promise<Ack<Nothing>> {
    await this.leave(principal, socket, conversationId);
    return ok({});
  }

  @SubscribeMessage('conversation:sync')
  @Access('message.read')
  async sync(
    @CurrentPrincipal() principal: SocketPrincipal,
    @MessageBody() { conversations }: SyncDto,
  ): Promise<Ack<{ conversations: SyncedConversation[]; epoch: string }>> {
    this.load.assertBearable('sync');
    await this.messages.limitSyncing(principal);
    return ok({ conversations: await this.syncs.sync(principal, conversations), epoch: this.epoch.current });
  }

  @SubscribeMessage('conversation:read')
  @Access('conversation.mark-read')
  async read(
    @CurrentPrincipal() principal: SocketPrincipal,
    @MessageBody() { conversationId, seq }: ReadDto,
  ): Promise<Ack<ReadMarker>> {
    return ok(await this.markers.markRead(principal, conversationId, seq));
  }

  @SubscribeMessage('typing:set')
  @Access('typing.set')
  async typing(
    @CurrentPrincipal() principal: SocketPrincipal,
    @MessageBody() { conversationId, typing }: TypingDto,
  ): Promise<Ack<Nothing>> {
    if (this.load.isTooMuch('signal')) return ok({});
    const conversation = await this.access.write(principal, conversationId);
    if (typing) await this.messages.limitTyping(principal);
    const fact = { conversationId, sender: senderOf(principal), typing };
    this.realtime.emitVolatileExcept(audienceOf(conversation), principalRoom(principal), 'typing', fact);
    if (principal.type === 'user') this.inboxTyping[typing ? 'note' : 'forget'](conversation);
    return ok({});
  }

  @SubscribeMessage('ping')
  @Access('connection.use')
  async ping(
    @CurrentPrincipal() principal: SocketPrincipal,
    @MessageBody() _nothing: EmptyDto,
  ): Promise<Ack<{ serverTime: string }>> {
    await this.limits.consumeNearby('ping', keyOf(principal), this.config.chat.pingsPerMinute);
    return ok({ serverTime: this.clock.now().toISOString() });
  }

  /** To the whole room, the sender's other tabs included: they have no other way to learn of it. */
  @OnDomainEvent('message.created')
  tellOfMessage({ conversation, message }: MessageCreated): void {
    this.realtime.emit(audienceFor(conversation, message), 'message:created', {
      conversationId: conversation.id,
      message: this.views.one(message),
    });
  }

  @OnDomainEvent('message.updated')
  tellOfChange({ conversation, message }: MessageUpdated): void {
    this.realtime.emit(audienceFor(conversation, message), 'message:updated', {
      conversationId: conversation.id,
      message: this.views.one(message),
    });
  }

  @OnDomainEvent('conversation.read')
  tellOfReading({ conversation, reader, readSeq }: ConversationReadUpTo): void {
    const { type, id } = reader;
    const rooms = [...audienceOf(conversation), principalRoom(reader)];
    const fact = { conversationId: conversation.id, reader: { type, id }, readSeq };
    this.realtime.emit(rooms, 'conversation:read', fact);
  }

  /**
   * Joined first, asked again after: a removal before it is seen by the question, a later one takes the socket
   * out of the room. Asked before, a removal in between would be missed for as long as the socket lives.
   */
  private async leaveUnlessMember(
    principal: SocketPrincipal,
    socket: RealtimeSocket,
    conversationId: string,
  ): Promise<void> {
    try {
      await this.access.seeNow(principal, conversationId);
    } catch (error) {
      await this.leave(principal, socket, conversationId);
      throw error;
    }
  }

  private async admitChange(principal: SocketPrincipal): Promise<void> {
    this.load.assertBearable('send');
    await this.messages.limitChanging(principal);
  }

  private async leave(
    { organizationId }: SocketPrincipal,
    socket: RealtimeSocket,
    conversationId: string,
  ): Promise<void> {
    for (const room of roomsOfAnyKind(organizationId, conversationId)) await socket.leave(room);
  }

  private async joinOwn(socket: RealtimeSocket, principal: SocketPrincipal): Promise<ConversationHead[]> {
    if (principal.type === 'agent') return [];
    try {
      const heads = await this.syncs.headsOfUser(principal);
      const { organizationId } = principal;
      await socket.join(heads.map(({ id }) => conversationRoom({ organizationId, id, kind: 'support' })));
      return heads;
    } catch (error) {
      // Without heads the client syncs what it knows of; the connection is worth more than they are.
      this.logger.warn({ err: (error as Error).message }, 'hello went out without heads');
      return [];
    }
  }
}

/** A note goes to the agents who have the conversation open; what is held, to its sender as well. */
function audienceFor(conversation: Conversation, message: Message): string[] {
  const agents = conversationAgentsRoom(conversation);
  if (message.private) return [agents];
  if (message.held) return [agents, principalRoom({ type: 'user', id: message.sender.id })];
  return audienceOf(conversation);
}

function keyOf({ type, id }: SocketPrincipal): string {
  return `${type}:${id}`;
}

function roomsFor(principal: SocketPrincipal, conversation: Conversation): string[] {
  const everyone = conversationRoom(conversation);
  const seesNotes = may(principal, 'message.read-private');
  return seesNotes ? [everyone, conversationAgentsRoom(conversation)] : [everyone];
}

/** Those who have it open, and all devices of its user, for whom it is always open. */
function audienceOf(conversation: Conversation): string[] {
  const { user } = conversation;
  const open = conversationRoom(conversation);
  return user ? [open, principalRoom({ type: 'user', id: user.id })] : [open];
}
