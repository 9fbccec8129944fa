import { Injectable } from '@nestjs/common';
import type { EnvironmentScope } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { newId } from '../../common/ids.js';
import { AppConfig } from '../../config/app-config.js';
import type { PersonView } from '../../contracts/chat.js';
import { InvalidMessage } from './chat.errors.js';
import { ConversationRepository } from './conversation.repository.js';
import type { Conversation } from './conversation.js';
import { assertContent } from './message-content.js';
import { intentsOf } from './message-outbox.js';
import { hashBody, type MessageDraft, type OutboxIntent } from './message.js';
import { MessageRepository } from './message.repository.js';
import { OutwardMessages } from './outward-messages.js';

export interface BotMessage {
  /** The same whenever it is said again: it is there once. */
  clientMessageId: string;
  content: string;
  metadata: Record<string, unknown>;
}

/**
 * What a bot says in a support conversation without anybody asking on its behalf. In whatever process: it is stored,
 * and told by the relay of a node that has somebody to tell it to.
 */
@Injectable()
export class BotMessageService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly messages: MessageRepository,
    private readonly outward: OutwardMessages,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Throws NotFound, and ValidationFailed for what no message may be. */
  async say(
    scope: EnvironmentScope,
    conversationId: string,
    bot: { id: string; name: string },
    message: BotMessage,
  ): Promise<void> {
    this.check(message);
    const conversation = await this.conversations.find(scope, conversationId);
    if (conversation?.kind !== 'support') throw new NotFound('chat');
    const isOutward = await this.outward.isWanted(conversation.environmentId, 'webhook');
    await this.messages.append(scope, this.draft(conversation, bot, message, isOutward));
  }

  private check({ content, metadata }: BotMessage): void {
    const { metadataBytes } = this.config.chat;
    assertContent(content, this.config.chat);
    if (Buffer.byteLength(JSON.stringify(metadata)) > metadataBytes)
      throw new InvalidMessage('metadata', `must have at most ${metadataBytes} bytes`);
  }

  private draft(
    { id: conversationId, organizationId, environmentId }: Conversation,
    { id, name }: { id: string; name: string },
    { clientMessageId, content, metadata }: BotMessage,
    isOutward: boolean,
  ): MessageDraft {
    const said = {
      content,
      mentions: [],
      mentionsAll: false,
      threadRootId: null,
      alsoInConversation: false,
      replyToId: null,
      private: false,
      metadata,
    };
    const now = this.clock.now();
    const sender: PersonView = { type: 'bot', id, name, avatarUrl: null };
    const outbox: OutboxIntent[] = [
      { task: 'fanout', due: now },
      ...intentsOf({ ...said, sender, type: 'text', environmentId, held: false }, this.config.chat, now),
    ];
    if (isOutward) outbox.push({ task: 'webhook', due: now });
    return {
      ...said,
      id: newId(),
      organizationId,
      environmentId,
      conversationId,
      clientMessageId,
      bodyHash: hashBody({ ...said, attachmentIds: [] }),
      type: 'text',
      sender,
      attachments: [],
      held: false,
      state: 'complete',
      createdAt: now,
      outbox,
    };
  }
}
