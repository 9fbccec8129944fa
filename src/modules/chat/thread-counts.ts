import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { OnDomainEvent } from '../../common/events/domain-events.js';
import { AppConfig } from '../../config/app-config.js';
import type { MessageApproved, MessageCreated, MessageUpdated } from './chat.events.js';
import { TooManyChanges } from './chat.errors.js';
import { scopeOfConversation, type Conversation } from './conversation.js';
import { countReplies } from './message-change.js';
import { MessageEffects } from './message-effects.js';
import type { Message } from './message.js';
import { MessageRepository } from './message.repository.js';

/**
 * Keeps on each root what is known of the replies under it. Counted from what is stored, never added up: it may be
 * done again at any time, and what a crash left undone is still marked on the reply.
 */
@Injectable()
export class ThreadCounts {
  private readonly logger = new Logger(ThreadCounts.name);
  /** Of each root, the count that has not begun yet: whatever is said before it begins is in it. */
  private readonly waiting = new Map<string, Promise<void>>();
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly messages: MessageRepository,
    private readonly effects: MessageEffects,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  @OnDomainEvent('message.created')
  async noteReply({ conversation, message }: MessageCreated): Promise<void> {
    if (message.threadRootId !== null && !message.held) await this.tryToCount(conversation, message, 0);
  }

  @OnDomainEvent('message.approved')
  async noteApproval({ conversation, message }: MessageApproved): Promise<void> {
    if (message.threadRootId !== null) await this.tryToCount(conversation, message, message.rev);
  }

  @OnDomainEvent('message.updated')
  async noteDeletion({ conversation, message }: MessageUpdated): Promise<void> {
    if (message.deletedAt !== null) await this.tryToCount(conversation, message, message.rev);
  }

  /** Done when the root says what is stored. `rev`: of the change to the reply that asks for it. */
  async count(conversation: Conversation, reply: Message, rev: number): Promise<void> {
    if (reply.threadRootId !== null) await this.countSoon(conversation, reply.threadRootId);
    await this.messages.completeTasks([{ messageId: reply.id, task: 'thread', rev }]);
  }

  private async tryToCount(conversation: Conversation, reply: Message, rev: number): Promise<void> {
    try {
      await this.count(conversation, reply, rev);
    } catch (error) {
      this.logger.warn({ err: (error as Error).message }, 'a count of replies is left to the relay');
    }
  }

  /** One at a time for a root; all who come while one runs share the next. */
  private countSoon(conversation: Conversation, rootId: string): Promise<void> {
    const waiting = this.waiting.get(rootId);
    if (waiting) return waiting;
    const before = this.running.get(rootId) ?? Promise.resolve();
    const next = before
      .catch(() => undefined)
      .then(() => {
        this.waiting.delete(rootId);
        return this.countNow(conversation, rootId);
      })
      .finally(() => {
        if (this.running.get(rootId) === next) this.running.delete(rootId);
      });
    this.waiting.set(rootId, next);
    this.running.set(rootId, next);
    return next;
  }

  /** Counts again after each change: of two nodes at once, the later one sees what the other counted. */
  private async countNow(conversation: Conversation, rootId: string): Promise<void> {
    const scope = scopeOfConversation(conversation);
    const root = await this.messages.find(scope, conversation.id, rootId);
    if (!root) return;
    for (;;) {
      const counted = await this.messages.countReplies(scope, root);
      const changed = await this.store(conversation, rootId, counted);
      if (!changed) return;
      this.effects.deliverChange(conversation, changed);
    }
  }

  private async store(
    conversation: Conversation,
    rootId: string,
    counted: Message['thread'],
  ): Promise<Message | null> {
    const due = new Date(this.clock.now().getTime() + this.config.chat.outboxLeaseMs);
    const scope = scopeOfConversation(conversation);
    try {
      const result = await this.messages.change(scope, conversation.id, rootId, countReplies(counted), [
        { task: 'change', due },
      ]);
      return result?.changed ? result.message : null;
    } catch (error) {
      // So many replies that the root can take no further count: it stays at the last one.
      if (error instanceof TooManyChanges) return null;
      throw error;
    }
  }
}
