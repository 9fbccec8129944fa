import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DomainEventBus } from '../../common/events/domain-events.js';
import { AppConfig } from '../../config/app-config.js';
import { Metrics } from '../../infrastructure/metrics/metrics.js';
import { AwayNotifier } from './away-notifier.js';
import './chat.events.js';
import { ConversationRepository, type SummaryChange } from './conversation.repository.js';
import type { Conversation, LastMessage } from './conversation.js';
import { MarkerRepository, type MarkerMove } from './marker.repository.js';
import { previewOf, type Message } from './message.js';
import { MessageRepository } from './message.repository.js';

interface Delivered {
  conversation: Conversation;
  message: Message;
}

/** Long enough to share round trips, too short for anybody to notice. */
const BATCH_MS = 100;
/** The mail's job has this long after its delay before the relay looks whether it ever fired. */
const NOTIFY_SLACK_MS = 60_000;

/**
 * What follows a stored message: tell who is connected at once, then write what is derived from it, for all
 * messages of a moment together: four round trips for any number. All of it may be repeated; what a crash
 * leaves undone is still marked on the message, and the relay does it.
 */
@Injectable()
export class MessageEffects implements OnModuleDestroy {
  private readonly logger = new Logger(MessageEffects.name);
  private batch: Delivered[] = [];
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private following: Promise<void> | undefined;
  private readonly unsettled = new Set<string>();

  constructor(
    private readonly events: DomainEventBus,
    private readonly conversations: ConversationRepository,
    private readonly messages: MessageRepository,
    private readonly markers: MarkerRepository,
    private readonly notifier: AwayNotifier,
    private readonly metrics: Metrics,
    private readonly config: AppConfig,
  ) {}

  deliver(conversation: Conversation, message: Message): void {
    this.events.publish('message.created', { conversation, message });
    this.metrics.messageSent(message.sender.type);
    this.unsettled.add(message.id);
    this.batch.push({ conversation, message });
    this.timer ??= setTimeout(() => void this.flush(), BATCH_MS);
  }

  /** Still on its way here: late is not lost, and nobody else has to begin it again. */
  isUnsettled(messageId: string): boolean {
    return this.unsettled.has(messageId);
  }

  /**
   * So that a reader on this node sees the summary of what was acknowledged before. One batch at a time: what
   * comes while one is under way waits for it together, so that a busy store gets fewer and larger batches.
   */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.batch.length === 0) return this.following ?? this.running;
    this.following ??= this.running.then(() => {
      const batch = this.batch;
      this.batch = [];
      this.following = undefined;
      return (this.running = this.settle(batch));
    });
    return this.following;
  }

  async onModuleDestroy(): Promise<void> {
    await this.flush();
  }

  private async settle(batch: Delivered[]): Promise<void> {
    try {
      await Promise.all([
        this.conversations.applySummaries(summariesOf(batch)),
        this.markers.moveAll(movesOf(batch)),
      ]);
      this.tellInbox(batch);
      for (const { conversation, message } of batch) this.notifier.consider(conversation, message);
      await this.messages.completeTask(
        batch.map(({ message }) => message.id),
        'fanout',
        this.notifyDue(),
      );
    } catch (error) {
      // The marks are still there: the relay goes on from them.
      this.logger.warn({ err: error }, 'effects of a batch were left to the relay');
    } finally {
      for (const { message } of batch) this.unsettled.delete(message.id);
    }
  }

  private tellInbox(batch: Delivered[]): void {
    const changed = new Map(batch.map(({ conversation }) => [conversation.id, conversation.organizationId]));
    for (const [conversationId, organizationId] of changed) {
      this.events.publish('conversation.changed', { conversationId, organizationId, isUrgent: false });
    }
  }

  private notifyDue(): Date {
    const { agentMailDelayMs, visitorMailDelayMs } = this.config.chat;
    return new Date(Date.now() + Math.max(agentMailDelayMs, visitorMailDelayMs) + NOTIFY_SLACK_MS);
  }
}

function summariesOf(batch: readonly Delivered[]): SummaryChange[] {
  return [...Map.groupBy(batch, ({ conversation }) => conversation.id)].map(([conversationId, delivered]) => {
    const inOrder = delivered.map(({ message }) => message).sort((a, b) => a.seq - b.seq);
    const spoken = inOrder.filter(({ sender }) => sender.type === 'user').at(-1);
    const shown = inOrder.filter((message) => !message.private).at(-1);
    return {
      conversationId,
      lastMessage: toLastMessage(inOrder.at(-1)!),
      lastPublicMessage: shown ? toLastMessage(shown) : null,
      reopenedBySeq: spoken?.seq ?? null,
    };
  });
}

function toLastMessage(message: Message): LastMessage {
  const { id, seq, type, sender, createdAt } = message;
  return { id, seq, type, sender, createdAt, private: message.private, content: previewOf(message.content) };
}

/** Whoever writes has read what they answer. */
function movesOf(batch: readonly Delivered[]): MarkerMove[] {
  const furthest = new Map<string, MarkerMove>();
  for (const { message } of batch) {
    const { type, id } = message.sender;
    if (type !== 'agent' && type !== 'user') continue;
    const key = `${message.conversationId}:${type}:${id}`;
    if ((furthest.get(key)?.readSeq ?? 0) >= message.seq) continue;
    const { organizationId, conversationId, seq } = message;
    furthest.set(key, { organizationId, conversationId, type, principalId: id, readSeq: seq });
  }
  return [...furthest.values()];
}
