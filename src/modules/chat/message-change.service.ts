import { Injectable } from '@nestjs/common';
import {
  scopeOf,
  type AgentPrincipal,
  type Principal,
  type UserPrincipal,
} from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { isId } from '../../common/ids.js';
import { AppConfig } from '../../config/app-config.js';
import type { ChangedMessage, EditMessageBody, MessageRef, MessageVersions } from '../../contracts/chat.js';
import type { WebhookPerformer } from '../../contracts/webhooks.js';
import { ConversationAccess } from './conversation-access.js';
import { senderOf, type Conversation } from './conversation.js';
import { linksIn } from './link-preview.js';
import { distinct, Mentions, placeOf } from './mentions.js';
import { alsoTelling, deleteBy, editBy, pinBy, reactBy } from './message-change.js';
import { assertContent } from './message-content.js';
import { MessageEffects } from './message-effects.js';
import { lateMentionIntent } from './message-outbox.js';
import type { OutboxIntent, OutboxTask } from './message.js';
import { MessageRepository, type ChangeRule } from './message.repository.js';
import { MessageViews } from './message-views.js';
import { OutwardMessages, performerOf } from './outward-messages.js';
import { SendRules } from './send-rules.js';

/** Edit, delete, react, pin. Each may be asked for again without harm: what is so already takes no number. */
@Injectable()
export class MessageChangeService {
  constructor(
    private readonly access: ConversationAccess,
    private readonly messages: MessageRepository,
    private readonly effects: MessageEffects,
    private readonly mentions: Mentions,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly rules: SendRules,
    private readonly views: MessageViews,
    private readonly outward: OutwardMessages,
  ) {}

  async edit(principal: Principal, which: MessageRef, body: EditMessageBody): Promise<ChangedMessage> {
    const { content } = body;
    assertContent(content, this.config.chat);
    await this.rules.assertConsented(principal);
    await this.rules.checkWords(principal, content);
    const conversation = await this.access.write(principal, which.conversationId);
    const said = await this.withKnownMentions(conversation, body);
    const tasks: OutboxTask[] =
      linksIn(content).length > 0 ? ['change', 'index', 'preview'] : ['change', 'index'];
    const now = this.clock.now();
    const mark = lateMentionIntent(this.config.chat, now);
    const rule = alsoTelling(editBy(principal, said, now), conversation, mark);
    return this.change(principal, which, rule, tasks);
  }

  /** What it said before, for those who may know. Throws NotFound. */
  async versions(principal: Principal, { conversationId, messageId }: MessageRef): Promise<MessageVersions> {
    await this.access.see(principal, conversationId);
    const found = await this.messages.versions(scopeOf(principal), conversationId, messageId);
    if (!found) throw new NotFound('chat');
    return {
      items: found.map(({ content, writtenAt }) => ({ content, writtenAt: writtenAt.toISOString() })),
    };
  }

  delete(principal: Principal, which: MessageRef): Promise<ChangedMessage> {
    return this.change(principal, which, deleteBy(principal, this.clock.now()), [
      'change',
      'thread',
      'index',
    ]);
  }

  react(
    principal: AgentPrincipal | UserPrincipal,
    which: MessageRef,
    emoji: string,
    on: boolean,
  ): Promise<ChangedMessage> {
    const who = { type: principal.type, id: principal.id };
    return this.change(principal, which, reactBy(principal, who, emoji, on));
  }

  pin(principal: Principal, which: MessageRef, pinned: boolean): Promise<ChangedMessage> {
    return this.change(principal, which, pinBy(principal, pinned));
  }

  /** Throws MentionUnknown. */
  private async withKnownMentions(
    conversation: Conversation,
    body: EditMessageBody,
  ): Promise<EditMessageBody> {
    await this.mentions.assertKnown(placeOf(conversation), body);
    return { ...body, mentions: body.mentions && distinct(body.mentions) };
  }

  /** Answers once the change is durable. Two round trips: the message as it is, and what becomes of it. */
  private async change(
    principal: Principal,
    { conversationId, messageId }: MessageRef,
    rule: ChangeRule,
    tasks: readonly OutboxTask[] = ['change'],
  ): Promise<ChangedMessage> {
    const conversation = await this.access.write(principal, conversationId);
    if (!isId(messageId)) throw new NotFound('chat');
    const due = new Date(this.clock.now().getTime() + this.config.chat.outboxLeaseMs);
    const outbox: OutboxIntent[] = tasks.map((task) => ({ task, due }));
    const by = await this.toldOutside(principal, conversation);
    if (by) outbox.push({ task: 'webhook-change', due, by });
    const result = await this.messages.change(scopeOf(principal), conversation.id, messageId, rule, outbox);
    if (!result) throw new NotFound('chat');
    if (result.changed) this.effects.deliverChange(conversation, result.message, by);
    if (result.tasks.includes('mention')) this.effects.tellMentionedLate(conversation, result.message);
    return { message: this.views.one(result.message) };
  }

  /** Who made the change, where anybody outside wants to know of it. */
  private async toldOutside(
    principal: Principal,
    { environmentId }: Conversation,
  ): Promise<WebhookPerformer | undefined> {
    const isWanted = await this.outward.isWanted(environmentId, 'webhook-change');
    return isWanted ? performerOf(senderOf(principal)) : undefined;
  }
}
