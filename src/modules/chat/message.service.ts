import { Injectable } from '@nestjs/common';
import { may, assertMay } from '../../common/access/permissions.js';
import { scopeOf, type Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { newId } from '../../common/ids.js';
import { reached } from '../../common/steps.js';
import { AppConfig } from '../../config/app-config.js';
import type { ConversationKind, MessageHistory, SendMessageBody, SentMessage } from '../../contracts/chat.js';
import type { EnvironmentLimits } from '../../contracts/tenants.js';
import type { LimitState } from '../../common/http/rate-headers.js';
import { RateLimits } from '../../infrastructure/limits/rate-limits.js';
import { EnvironmentService } from '../environment/environment.service.js';
import { InvalidMessage } from './chat.errors.js';
import { ConversationAccess } from './conversation-access.js';
import { scopeOfConversation, senderOf, type Conversation } from './conversation.js';
import { assertContent } from './message-content.js';
import { MessageEffects } from './message-effects.js';
import { hashBody, toMessageView, type MessageDraft, type OutboxIntent } from './message.js';
import { MessageRepository } from './message.repository.js';
import { SendRules } from './send-rules.js';

export interface HistoryBounds {
  beforeSeq?: number;
  afterSeq?: number;
  limit: number;
}

/** The mail's job has this long after its delay before the relay looks whether it ever fired. */
const NOTIFY_SLACK_MS = 60_000;
const UNKNOWN_ANSWERED = 'The message that this one answers is not here.';

@Injectable()
export class MessageService {
  constructor(
    private readonly access: ConversationAccess,
    private readonly messages: MessageRepository,
    private readonly effects: MessageEffects,
    private readonly environments: EnvironmentService,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly rules: SendRules,
  ) {}

  /** Takes one point of the sender's budget. Before anything else: a refusal does not use up the clientMessageId. */
  async limitSending(principal: Principal): Promise<LimitState> {
    return this.limits.consumeNearby(
      'message',
      `${principal.type}:${principal.id}`,
      await this.pointsFor(principal),
    );
  }

  /** As limitSending, of a budget of the same size for changes: edits, deletions, reactions, pins. */
  async limitChanging(principal: Principal): Promise<LimitState> {
    return this.limits.consumeNearby(
      'change',
      `${principal.type}:${principal.id}`,
      await this.pointsFor(principal),
    );
  }

  /** Takes one point of the budget for asking what was missed, over whatever transport. */
  async limitSyncing(principal: Principal): Promise<LimitState> {
    const { syncsPerMinute, partnerMessagesPerMinute } = this.config.chat;
    const points = principal.type === 'partner' ? partnerMessagesPerMinute : syncsPerMinute;
    return this.limits.consumeNearby('sync', `${principal.type}:${principal.id}`, points);
  }

  /** Takes one point of the budget for saying that one types. */
  async limitTyping(principal: Principal): Promise<LimitState> {
    const limits = await this.limitsOf(principal);
    const points = limits?.typingPerMinute ?? this.config.chat.typingPerMinute;
    return this.limits.consumeNearby('typing', `${principal.type}:${principal.id}`, points);
  }

  /** Answers once the message is durable. Everybody else hears of it after that. */
  async send(principal: Principal, conversationId: string, body: SendMessageBody): Promise<SentMessage> {
    const conversation = await this.access.write(principal, conversationId);
    this.check(principal, conversation.kind, body);
    await this.checkReferences(principal, conversation, body);
    await this.rules.admit(principal, conversation, body);
    const draft = this.draft(principal, conversation, body);
    reached('send.1-checked');
    const { message, repeated } = await this.messages.append(scopeOfConversation(conversation), draft);
    if (!repeated) this.effects.deliver(conversation, message);
    return { message: toMessageView(message), duplicate: repeated };
  }

  /** All that can be said against a message before its conversation is there. Throws as send does. */
  checkFirst(principal: Principal, kind: ConversationKind, body: SendMessageBody): void {
    this.check(principal, kind, body);
    if (body.attachmentIds && body.attachmentIds.length > 0) throw new NotFound('files');
    if (body.replyToId !== undefined || body.threadRootId !== undefined)
      throw new NotFound('chat', UNKNOWN_ANSWERED);
  }

  async history(
    principal: Principal,
    conversationId: string,
    bounds: HistoryBounds,
  ): Promise<MessageHistory> {
    const checkedAt = performance.now();
    const conversation = await this.access.see(principal, conversationId);
    const scope = scopeOf(principal);
    const seesPrivate = may(principal, 'message.read-private');
    const [found, heads] = await Promise.all([
      this.messages.page(scope, conversationId, { ...bounds, limit: bounds.limit + 1, seesPrivate }),
      this.messages.heads(scope, [conversationId]),
    ]);
    await this.access.stillSee(principal, conversation, checkedAt);
    const isForward = bounds.afterSeq !== undefined;
    const hasMore = found.length > bounds.limit;
    const items = isForward ? found.slice(0, bounds.limit) : found.slice(hasMore ? 1 : 0);
    const headSeq = heads.get(conversationId)?.headSeq ?? 0;
    return { items: items.map(toMessageView), headSeq, minSeq: conversation.minSeq, hasMore };
  }

  private async pointsFor(principal: Principal): Promise<number> {
    const { messagesPerMinute, anonymousMessagesPerMinute, partnerMessagesPerMinute } = this.config.chat;
    if (principal.type === 'partner') return partnerMessagesPerMinute;
    if (principal.type === 'agent') return messagesPerMinute;
    const limits = await this.limitsOf(principal);
    return principal.identity === 'anonymous'
      ? (limits?.anonymousMessagesPerMinute ?? anonymousMessagesPerMinute)
      : (limits?.messagesPerMinute ?? messagesPerMinute);
  }

  /** A user's come from their environment; agents and partners have those of the installation. */
  private async limitsOf(principal: Principal): Promise<EnvironmentLimits | undefined> {
    if (principal.type !== 'user') return undefined;
    return (await this.environments.findById(principal.environmentId))?.settings.limits;
  }

  private check(principal: Principal, kind: ConversationKind, body: SendMessageBody): void {
    const { metadataBytes } = this.config.chat;
    assertContent(body.content, this.config.chat);
    if (Buffer.byteLength(JSON.stringify(body.metadata ?? {})) > metadataBytes) {
      throw new InvalidMessage('metadata', `must have at most ${metadataBytes} bytes`);
    }
    if (body.private) {
      assertMay(principal, 'message.send-private');
      if (kind !== 'support')
        throw new InvalidMessage('private', 'notes exist in support conversations only');
    }
  }

  private async checkReferences(
    principal: Principal,
    conversation: Conversation,
    body: SendMessageBody,
  ): Promise<void> {
    if (body.attachmentIds && body.attachmentIds.length > 0) throw new NotFound('files');
    const named = [...new Set([body.replyToId, body.threadRootId].filter((id) => id !== undefined))];
    const found = await Promise.all(
      named.map((id) => this.messages.find(scopeOf(principal), conversation.id, id)),
    );
    const isKnown = found.every(
      (message) => message && (!message.private || may(principal, 'message.read-private')),
    );
    if (!isKnown) throw new NotFound('chat', UNKNOWN_ANSWERED);
  }

  private draft(principal: Principal, conversation: Conversation, body: SendMessageBody): MessageDraft {
    const said = {
      content: body.content,
      mentions: (body.mentions ?? []).map(({ type, id }) => ({ type, id })),
      threadRootId: body.threadRootId ?? null,
      replyToId: body.replyToId ?? null,
      private: body.private ?? false,
      metadata: body.metadata ?? {},
    };
    return {
      ...said,
      id: newId(),
      organizationId: conversation.organizationId,
      environmentId: conversation.environmentId,
      conversationId: conversation.id,
      clientMessageId: body.clientMessageId ?? null,
      bodyHash: hashBody({ ...said, attachmentIds: body.attachmentIds ?? [] }),
      type: 'text',
      sender: senderOf(principal),
      attachments: [],
      state: 'complete',
      createdAt: this.clock.now(),
      outbox: this.outboxFor(said.private),
    };
  }

  /** Nobody is mailed for a note: those it is for are at work. */
  private outboxFor(isPrivate: boolean): OutboxIntent[] {
    const { outboxLeaseMs, agentMailDelayMs, visitorMailDelayMs } = this.config.chat;
    const fanout = { task: 'fanout' as const, due: this.in(outboxLeaseMs) };
    if (isPrivate) return [fanout];
    const mailMs = Math.max(agentMailDelayMs, visitorMailDelayMs) + NOTIFY_SLACK_MS;
    return [fanout, { task: 'notify', due: this.in(mailMs) }];
  }

  private in(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms);
  }
}
