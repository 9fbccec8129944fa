import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { EventSink, type OutwardEvent } from '../../common/events/event-sink.js';
import type { WebhookConversation, WebhookPerformer } from '../../contracts/webhooks.js';
import type { PersonView } from '../../contracts/chat.js';
import type { Conversation } from './conversation.js';
import type { DoneTask, Message, OutboxEntry, OutwardTask } from './message.js';
import { MessageRepository } from './message.repository.js';
import { MessageViews } from './message-views.js';

/** A message, or a change to it, that the company's own servers are to hear of. */
export interface OutwardMessage {
  conversation: Conversation;
  message: Message;
  task: OutwardTask;
  /** Of the mark that it is told for. */
  rev: number;
  by: WebhookPerformer;
}

/** Hands out what is said, to be told outside. */
@Injectable()
export class OutwardMessages {
  private readonly logger = new Logger(OutwardMessages.name);

  constructor(
    private readonly sink: EventSink,
    private readonly messages: MessageRepository,
    private readonly views: MessageViews,
    private readonly clock: Clock,
  ) {}

  isWanted(environmentId: string | null, task: OutwardTask): Promise<boolean> {
    return this.sink.isWanted(environmentId, TYPES[task]);
  }

  /** All in one write. Never rejects: answers what is done with; the relay does the rest. */
  async record(told: readonly OutwardMessage[]): Promise<DoneTask[]> {
    if (told.length === 0) return [];
    try {
      await this.sink.record(told.flatMap((one) => this.eventsOf(one)));
      return told.map(({ message, task, rev }) => ({ messageId: message.id, task, rev }));
    } catch (error) {
      this.logger.warn({ err: (error as Error).message }, 'messages wait for the relay to tell them outside');
      return [];
    }
  }

  /** For the relay. Rejects when it could not be done. */
  async finish(conversation: Conversation, entry: OutboxEntry, task: OutwardTask): Promise<void> {
    const { message, rev, by = performerOf(message.sender) } = entry;
    await this.sink.record(this.eventsOf({ conversation, message, task, rev, by }));
    await this.messages.completeTasks([{ messageId: message.id, task, rev }]);
  }

  /** Nobody outside hears of what is held, or was refused. */
  private eventsOf({ conversation, message, task, rev, by }: OutwardMessage): OutwardEvent[] {
    const { environmentId, organizationId } = conversation;
    if (message.held || environmentId === null) return [];
    const type = TYPES[task];
    const event: OutwardEvent = {
      id: type === 'message.created' ? `${type} ${message.id}` : `${type} ${message.id} ${rev}`,
      type,
      organizationId,
      environmentId,
      at: type === 'message.created' ? message.createdAt : this.clock.now(),
      performedBy: by,
      conversationId: conversation.id,
      userId: conversation.user?.id ?? null,
      isNote: message.private,
      data: { message: this.views.one(message), conversation: toWebhookConversation(conversation) },
    };
    return [event];
  }
}

const TYPES = { webhook: 'message.created', 'webhook-change': 'message.updated' } as const;

export function performerOf({ type, id, name }: PersonView): WebhookPerformer {
  return { type, id, name };
}

/** What a receiver needs to know of where it happened, and nothing that would have to be looked up. */
export function toWebhookConversation(conversation: Conversation): WebhookConversation {
  return {
    id: conversation.id,
    kind: conversation.kind,
    status: conversation.status,
    subject: conversation.subject,
    user: conversation.user && { id: conversation.user.id, name: conversation.user.name },
    assigneeId: conversation.assigneeId,
    teamId: conversation.teamId,
    priority: conversation.priority,
    tags: conversation.tags,
    metadata: conversation.metadata,
    traceId: conversation.traceId,
    createdAt: conversation.createdAt.toISOString(),
  };
}
