import { Injectable } from '@nestjs/common';
import { assertMay } from '../../common/access/permissions.js';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { newId } from '../../common/ids.js';
import { reached } from '../../common/steps.js';
import { AppConfig } from '../../config/app-config.js';
import type { ConversationKind, SendMessageBody, SentMessage } from '../../contracts/chat.js';
import type { EnvironmentLimits } from '../../contracts/tenants.js';
import type { LimitState } from '../../common/http/rate-headers.js';
import { RateLimits } from '../../infrastructure/limits/rate-limits.js';
import { EnvironmentService } from '../environment/environment.service.js';
import { FileService, type TakenFiles } from '../file/file.service.js';
import { attachmentKeyOf } from './attachment.js';
import { IdempotencyConflict, InvalidMessage, MessageHeld, ThreadInThread } from './chat.errors.js';
import { ConversationAccess } from './conversation-access.js';
import { scopeOfConversation, senderOf, type Conversation } from './conversation.js';
import { distinct, Mentions, placeOf } from './mentions.js';
import { assertContent } from './message-content.js';
import { linksIn } from './link-preview.js';
import { MessageEffects } from './message-effects.js';
import { MessageHistoryService, UNKNOWN_ANSWERED } from './message-history.service.js';
import { intentsOf, type Said } from './message-outbox.js';
import { hashBody, isAwaitingReview, type Message, type MessageDraft, type OutboxIntent } from './message.js';
import { MessageRepository, type Appended } from './message.repository.js';
import { MessageViews } from './message-views.js';
import { OutwardMessages } from './outward-messages.js';
import { SendRules } from './send-rules.js';

@Injectable()
export class MessageService {
  constructor(
    private readonly access: ConversationAccess,
    private readonly messages: MessageRepository,
    private readonly effects: MessageEffects,
    private readonly mentions: Mentions,
    private readonly environments: EnvironmentService,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly files: FileService,
    private readonly rules: SendRules,
    private readonly views: MessageViews,
    private readonly outward: OutwardMessages,
    private readonly history: MessageHistoryService,
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
    await this.mentions.assertKnown(placeOf(conversation), body);
    const { isHeld } = await this.rules.admit(principal, conversation, body);
    const draft = this.draft(principal, conversation, body, isHeld);
    const isOutward = await this.addMarks(draft);
    reached('send.1-checked');
    const { message, repeated } = await this.store(principal, conversation, draft, body.attachmentIds);
    if (!repeated) this.effects.deliver(conversation, message, isOutward);
    return { message: this.views.one(message), duplicate: repeated };
  }

  /** All that can be said against a message before its conversation is there. Throws as send does. */
  async checkFirst(principal: Principal, kind: ConversationKind, body: SendMessageBody): Promise<void> {
    this.check(principal, kind, body);
    if (body.replyToId !== undefined || body.threadRootId !== undefined)
      throw new NotFound('chat', UNKNOWN_ANSWERED);
    const userId = principal.type === 'user' ? principal.id : null;
    const { organizationId } = principal;
    await this.mentions.assertKnown({ organizationId, kind, userId }, body);
    await this.files.assertOwned(principal, body.attachmentIds ?? []);
  }

  /** Files first: a message that names them has them. */
  private async store(
    principal: Principal,
    conversation: Conversation,
    draft: MessageDraft,
    attachmentIds: readonly string[] = [],
  ): Promise<Appended> {
    const scope = scopeOfConversation(conversation);
    if (attachmentIds.length === 0) return this.messages.append(scope, draft);
    const taken = await this.takeFiles(principal, draft, attachmentIds);
    try {
      return await this.messages.append(scope, { ...draft, attachments: taken.attachments });
    } catch (error) {
      // Whatever else went wrong: the message may be there, or come with the next try.
      if (error instanceof IdempotencyConflict) await taken.giveBack();
      throw error;
    }
  }

  private takeFiles(principal: Principal, draft: MessageDraft, ids: readonly string[]): Promise<TakenFiles> {
    const { conversationId, environmentId, private: isPrivate } = draft;
    const attached = { to: attachmentKeyOf(draft), conversationId, isPrivate };
    return this.files.attach(principal, [...new Set(ids)], attached, environmentId);
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
    if (!isFileOnly(body)) assertContent(body.content, this.config.chat);
    if (Buffer.byteLength(JSON.stringify(body.metadata ?? {})) > metadataBytes) {
      throw new InvalidMessage('metadata', `must have at most ${metadataBytes} bytes`);
    }
    if (body.alsoInConversation && body.threadRootId === undefined)
      throw new InvalidMessage('alsoInConversation', 'is for replies in a thread');
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
    const named = [...new Set([body.replyToId, body.threadRootId].filter((id) => id !== undefined))];
    const found = await Promise.all(named.map((id) => this.history.visible(principal, conversation.id, id)));
    const root = found.find(({ id }) => id === body.threadRootId);
    if (found.some(isAwaitingReview)) throw new MessageHeld();
    if (root) checkRoot(root, body);
  }

  private draft(
    principal: Principal,
    conversation: Conversation,
    body: SendMessageBody,
    held: boolean,
  ): MessageDraft {
    const { environmentId } = conversation;
    const said = {
      content: body.content,
      mentions: distinct(body.mentions),
      mentionsAll: body.mentionsAll ?? false,
      threadRootId: body.threadRootId ?? null,
      alsoInConversation: body.alsoInConversation ?? false,
      replyToId: body.replyToId ?? null,
      private: body.private ?? false,
      metadata: body.metadata ?? {},
    };
    return {
      ...said,
      id: newId(),
      organizationId: conversation.organizationId,
      environmentId,
      conversationId: conversation.id,
      clientMessageId: body.clientMessageId ?? null,
      bodyHash: hashBody({ ...said, attachmentIds: body.attachmentIds ?? [] }),
      type: isFileOnly(body) ? 'file' : 'text',
      sender: senderOf(principal),
      attachments: [],
      held,
      state: 'complete',
      createdAt: this.clock.now(),
      outbox: this.outboxFor({ ...said, type: 'text', environmentId, held, sender: senderOf(principal) }),
    };
  }

  /** What a held message is to cause waits for its approval, but for showing it to those who may see it. */
  private outboxFor(said: Said): OutboxIntent[] {
    const fanout: OutboxIntent = { task: 'fanout', due: this.in(this.config.chat.outboxLeaseMs) };
    return said.held ? [fanout] : [fanout, ...intentsOf(said, this.config.chat, this.clock.now())];
  }

  /** What settings have to be asked for. Answers whether it is to be told outside. */
  private async addMarks(draft: MessageDraft): Promise<boolean> {
    const [hasPreviews, isOutward] = await Promise.all([
      this.hasPreviews(draft),
      !draft.held && this.outward.isWanted(draft.environmentId, 'webhook'),
    ]);
    if (hasPreviews) draft.outbox.push({ task: 'preview', due: this.in(0) });
    if (isOutward) draft.outbox.push({ task: 'webhook', due: this.in(this.config.chat.outboxLeaseMs) });
    return isOutward;
  }

  /** Those of a note would tell strangers of it. When the setting cannot be read, the worker is to ask again. */
  private async hasPreviews({
    private: isNote,
    held,
    environmentId,
    content,
  }: MessageDraft): Promise<boolean> {
    if (isNote || held || environmentId === null || linksIn(content).length === 0) return false;
    return this.environments.findById(environmentId).then(
      (environment) => environment?.settings.linkPreviews ?? false,
      () => true,
    );
  }

  private in(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms);
  }
}

/** One level of threads; and everybody who sees a root may see what is said under it. */
function checkRoot(root: Message, body: SendMessageBody): void {
  if (root.threadRootId !== null) throw new ThreadInThread();
  if (root.type === 'system') throw new InvalidMessage('threadRootId', 'must not be a message of the system');
  if (root.private !== (body.private ?? false)) {
    throw new InvalidMessage('private', root.private ? 'must be true under a note' : 'must be false here');
  }
}

function isFileOnly({ content, attachmentIds = [] }: SendMessageBody): boolean {
  return content.trim() === '' && attachmentIds.length > 0;
}
