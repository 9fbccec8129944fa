import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { EVERY_TENANT } from '../../../common/access/principal.js';
import { OnDomainEvent } from '../../../common/events/domain-events.js';
import type { MessageApproved, MessageCreated, MessageUpdated } from '../chat.events.js';
import type { Conversation } from '../conversation.js';
import type { Message } from '../message.js';
import { MessageRepository } from '../message.repository.js';
import { MessageIndex, type IndexedMessage } from './message-index.js';

interface Waiting {
  conversation: Conversation;
  message: Message;
}

/** Long enough to share round trips, far below the two seconds after which a message must be found. */
const BATCH_MS = 300;
const BATCH = 500;
/** More than that would only fill the memory of a node whose index is away: the marks are on the messages. */
const MOST_WAITING = 5_000;

/**
 * Puts what was said where it is searched, a moment after it was stored and never in its way. What fails, or is too
 * much for now, is still marked on the message: the relay brings it back.
 */
@Injectable()
export class MessageIndexer implements OnModuleDestroy {
  private readonly logger = new Logger(MessageIndexer.name);
  private waiting = new Map<string, Waiting>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly index: MessageIndex,
    private readonly messages: MessageRepository,
  ) {}

  @OnDomainEvent('message.created')
  noteCreated({ conversation, message }: MessageCreated): void {
    if (!message.held) this.add(conversation, message);
  }

  @OnDomainEvent('message.approved')
  noteApproved({ conversation, message }: MessageApproved): void {
    this.add(conversation, message);
  }

  /** What was never edited says the same as before, whatever else changed. */
  @OnDomainEvent('message.updated')
  noteUpdated({ conversation, message }: MessageUpdated): void {
    if (message.editedAt || message.deletedAt) this.add(conversation, message);
  }

  /** Nobody looks for what the system says. */
  add(conversation: Conversation, message: Message): void {
    if (message.type === 'system') return;
    const known = this.waiting.get(message.id);
    if (known && known.message.rev >= message.rev) return;
    if (!known && this.waiting.size >= MOST_WAITING) return;
    this.waiting.set(message.id, { conversation, message });
    this.timer ??= setTimeout(() => void this.flush(), BATCH_MS);
  }

  /** One at a time: what comes meanwhile waits for the next one together. */
  flush(): Promise<void> {
    this.running ??= this.drain().finally(() => (this.running = undefined));
    return this.running;
  }

  async onModuleDestroy(): Promise<void> {
    await this.flush();
  }

  private async drain(): Promise<void> {
    while (this.waiting.size > 0) {
      const batch = [...this.waiting.values()].slice(0, BATCH);
      for (const { message } of batch) this.waiting.delete(message.id);
      await this.write(batch);
    }
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.index.put(batch.map(toIndexed));
      const done = batch.map(({ message }) => ({
        messageId: message.id,
        task: 'index' as const,
        rev: message.rev,
      }));
      const left = await this.messages.completeTasks(done);
      if (left < batch.length) await this.removeErased(batch.map(({ message }) => message.id));
    } catch (error) {
      this.logger.warn({ err: (error as Error).message }, 'messages wait to be indexed');
    }
  }

  /** Looked for afterwards: whoever erases does it first here and then there, so that one of the two finds it. */
  private async removeErased(messageIds: readonly string[]): Promise<void> {
    const left = await this.messages.findMany(EVERY_TENANT, messageIds);
    const isLeft = new Set(left.map(({ id }) => id));
    await this.index.remove(messageIds.filter((id) => !isLeft.has(id)));
  }
}

function toIndexed({ conversation, message }: Waiting): IndexedMessage {
  return {
    messageId: message.id,
    rev: message.rev,
    organizationId: message.organizationId,
    environmentId: message.environmentId,
    conversationId: message.conversationId,
    kind: conversation.kind,
    userId: conversation.user?.id ?? null,
    senderId: message.sender.id,
    private: message.private,
    createdAt: message.createdAt,
    // What is held may have been edited meanwhile: it is not said before it is approved.
    content: message.deletedAt || message.held ? '' : message.content,
  };
}
