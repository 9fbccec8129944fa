import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DomainEventBus } from '../../common/events/domain-events.js';
import { reached } from '../../common/steps.js';
import type { WebhookPerformer } from '../../contracts/webhooks.js';
import { Metrics } from '../../infrastructure/metrics/metrics.js';
import { FileService } from '../file/file.service.js';
import { attachmentKeyOf } from './attachment.js';
import { AwayNotifier } from './away-notifier.js';
import './chat.events.js';
import { ConversationContent } from './conversation-content.js';
import { ConversationRepository, type SummaryChange } from './conversation.repository.js';
import type { EventStamp } from './conversation-event.js';
import type { Conversation, LastMessage } from './conversation.js';
import { MarkerRepository, type MarkerMove } from './marker.repository.js';
import { mentionedAgentIds } from './mentions.js';
import {
  isListed,
  previewOf,
  type DoneTask,
  type Message,
  type OutboxEntry,
  type OutboxTask,
} from './message.js';
import { MessageRepository } from './message.repository.js';
import { OutwardMessages, performerOf, type OutwardMessage } from './outward-messages.js';

interface Delivered {
  conversation: Conversation;
  message: Message;
  task: 'fanout' | 'change' | 'approval';
  /** Of the mark that it is done for. */
  rev: number;
}

/** Long enough to share round trips, too short for anybody to notice. */
const BATCH_MS = 100;

/**
 * What follows a stored message or change: tell who is connected at once, then write what is derived from it, for all
 * messages of a moment together: five round trips for any number. All of it may be repeated; what a crash
 * leaves undone is still marked on the message, and the relay does it.
 */
@Injectable()
export class MessageEffects implements OnModuleDestroy {
  private readonly logger = new Logger(MessageEffects.name);
  private batch: Delivered[] = [];
  private outwardBatch: OutwardMessage[] = [];
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private following: Promise<void> | undefined;
  /** The newest `rev` under way of each message and task. */
  private readonly unsettled = new Map<string, number>();

  constructor(
    private readonly events: DomainEventBus,
    private readonly conversations: ConversationRepository,
    private readonly messages: MessageRepository,
    private readonly markers: MarkerRepository,
    private readonly notifier: AwayNotifier,
    private readonly metrics: Metrics,
    private readonly files: FileService,
    private readonly outward: OutwardMessages,
    private readonly content: ConversationContent,
  ) {}

  /** `isOutward`: it has a mark to be told outside as well. */
  deliver(conversation: Conversation, message: Message, isOutward = false): void {
    this.events.publish('message.created', { conversation, message });
    this.metrics.messageSent(message.sender.type);
    const by = performerOf(message.sender);
    this.add({ conversation, message, task: 'fanout', rev: 0 }, isOutward && { task: 'webhook', by });
    reached('send.3-told');
  }

  /** `by`: it has a mark to be told outside as well. */
  deliverChange(conversation: Conversation, message: Message, by?: WebhookPerformer): void {
    this.events.publish('message.updated', { conversation, message });
    const change: Delivered = { conversation, message, task: 'change', rev: message.rev };
    this.add(change, by !== undefined && { task: 'webhook-change', by });
    reached('change.3-told');
  }

  /** Those whom an edit mentions, should they be away. */
  tellMentionedLate(conversation: Conversation, message: Message): void {
    this.leftToTheMark(this.notifier.considerLate(conversation, message));
  }

  /** A held message is there for all from now on. `rev`: of the change that approved it. */
  deliverApproval(conversation: Conversation, message: Message, rev: number, isOutward = false): void {
    this.events.publish('message.updated', { conversation, message });
    this.events.publish('message.approved', { conversation, message });
    const by = performerOf(message.sender);
    this.add({ conversation, message, task: 'approval', rev }, isOutward && { task: 'webhook', by });
    reached('change.3-told');
  }

  /** Still on its way here: late is not lost, and nobody else has to begin it again. */
  isUnsettled({ message, task, rev }: OutboxEntry): boolean {
    return (this.unsettled.get(keyOf(task, message.id)) ?? -1) >= rev;
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
      const [batch, outward] = [this.batch, this.outwardBatch];
      [this.batch, this.outwardBatch] = [[], []];
      this.following = undefined;
      return (this.running = this.settle(batch, outward));
    });
    return this.following;
  }

  async onModuleDestroy(): Promise<void> {
    await this.flush();
  }

  private add(delivered: Delivered, outward: Pick<OutwardMessage, 'task' | 'by'> | false): void {
    const { message, task } = delivered;
    this.unsettled.set(keyOf(task, message.id), message.rev);
    this.batch.push(delivered);
    if (outward) {
      this.unsettled.set(keyOf(outward.task, message.id), message.rev);
      this.outwardBatch.push({ ...delivered, ...outward });
    }
    this.timer ??= setTimeout(() => void this.flush(), BATCH_MS);
  }

  private async settle(batch: Delivered[], outward: OutwardMessage[]): Promise<void> {
    const created = batch.filter(({ task }) => task === 'fanout');
    try {
      const [recorded] = await Promise.all([
        this.outward.record(outward),
        this.markers.moveAll(movesOf(created)),
      ]);
      // After the rest: what is written while the conversation is there, whoever erases it erases as well.
      const gone = await this.conversations.applySummaries(summariesOf(batch));
      if (gone.size > 0) await this.eraseOf(batch, gone);
      this.passed(batch, '4-summarised');
      this.tellInbox(batch);
      this.notifyOf(batch.filter(({ task }) => task !== 'change'));
      await this.removeFiles(batch);
      await this.messages.completeTasks([...batch.map(doneOf), ...recorded]);
      this.passed(batch, '5-cleared');
    } catch (error) {
      // The marks are still there: the relay goes on from them.
      this.logger.warn({ err: error }, 'effects of a batch were left to the relay');
    } finally {
      for (const { message, task } of [...batch, ...outward])
        this.settled(keyOf(task, message.id), message.rev);
    }
  }

  /** What was said in a conversation that this node knew for a moment after it was erased goes, too. */
  private async eraseOf(batch: readonly Delivered[], gone: ReadonlySet<string>): Promise<void> {
    const left = batch.map(({ conversation }) => conversation).filter(({ id }) => gone.has(id));
    for (const [organizationId, some] of Map.groupBy(left, (one) => one.organizationId))
      await this.content.erase({ organizationId }, [...new Set(some.map(({ id }) => id))]);
  }

  /** What was sent with a deleted message goes with it. */
  private async removeFiles(batch: readonly Delivered[]): Promise<void> {
    const deleted = batch.map(({ message }) => message).filter(({ deletedAt }) => deletedAt !== null);
    const byOrganization = Map.groupBy(deleted, ({ organizationId }) => organizationId);
    for (const [organizationId, messages] of byOrganization)
      await this.files.removeAttachedTo(organizationId, messages.map(attachmentKeyOf));
  }

  private settled(key: string, rev: number): void {
    if (this.unsettled.get(key) === rev) this.unsettled.delete(key);
  }

  private passed(batch: readonly Delivered[], step: '4-summarised' | '5-cleared'): void {
    if (batch.some(({ task }) => task === 'fanout')) reached(`send.${step}`);
    if (batch.some(({ task }) => task !== 'fanout')) reached(`change.${step}`);
  }

  private notifyOf(said: readonly Delivered[]): void {
    for (const { conversation, message } of said)
      this.leftToTheMark(this.notifier.consider(conversation, message));
  }

  /** The mark on the message brings it back when the queue is there again. */
  private leftToTheMark(considered: Promise<void>): void {
    considered.catch((error: unknown) =>
      this.logger.warn({ err: (error as Error).message }, 'a notification waits for the queue'),
    );
  }

  private tellInbox(batch: readonly Delivered[]): void {
    const changed = new Map(batch.map(({ conversation }) => [conversation.id, conversation.organizationId]));
    for (const [conversationId, organizationId] of changed) {
      this.events.publish('conversation.changed', { conversationId, organizationId, isUrgent: false });
    }
  }
}

function keyOf(task: OutboxTask, messageId: string): string {
  return `${task}:${messageId}`;
}

function doneOf({ message, task, rev }: Delivered): DoneTask {
  return { messageId: message.id, task, rev };
}

function summariesOf(batch: readonly Delivered[]): SummaryChange[] {
  return [...Map.groupBy(batch, ({ conversation }) => conversation.id)].map(([id, delivered]) =>
    summaryOf(id, delivered),
  );
}

function summaryOf(conversationId: string, delivered: readonly Delivered[]): SummaryChange {
  const inOrder = delivered.map(({ message }) => message).sort((a, b) => a.seq - b.seq || a.rev - b.rev);
  const newest = inOrder.at(-1)!;
  const listed = inOrder.filter(isListed);
  const spoken = delivered.filter(
    ({ task, message }) => task !== 'change' && message.sender.type === 'user' && !message.held,
  );
  return {
    conversationId,
    lastSeq: newest.seq,
    lastAt: newest.createdAt,
    lastMessage: toLastMessage(listed.at(-1)),
    lastPublicMessage: toLastMessage(listed.filter((message) => !message.private).at(-1)),
    lastRev: Math.max(...inOrder.map(({ rev }) => rev)),
    activityAt: latest(listed.map(({ review, createdAt }) => review?.at ?? createdAt)),
    reopenedBySeq: highest(spoken.filter(({ task }) => task === 'fanout').map(({ message }) => message.seq)),
    reopenedByRev: highest(spoken.filter(({ task }) => task === 'approval').map(({ rev }) => rev)),
    mentionedIds: [
      ...new Set(delivered.flatMap(({ conversation, message }) => mentionedAgentIds(conversation, message))),
    ],
    answeredAt: earliest(delivered.filter(isAnswer).map(({ message }) => message.createdAt)),
    reopener: reopenerOf(spoken.map(({ message }) => message)),
  };
}

/** To a user who began. */
function isAnswer({ conversation, message }: Delivered): boolean {
  const isAsked = !conversation.creatorKey.startsWith('agent:');
  return isAsked && message.sender.type === 'agent' && !message.private && isListed(message);
}

/** The message itself names the event: whoever does this again notes the same. */
function reopenerOf(spoken: readonly Message[]): EventStamp | null {
  const newest = [...spoken].sort((a, b) => a.seq - b.seq).at(-1);
  return newest ? { id: newest.id, at: newest.createdAt, actor: newest.sender } : null;
}

function highest(numbers: readonly number[]): number | null {
  return numbers.length > 0 ? Math.max(...numbers) : null;
}

function earliest(dates: readonly Date[]): Date | null {
  return dates.length > 0 ? new Date(Math.min(...dates.map((date) => date.getTime()))) : null;
}

function latest(dates: readonly Date[]): Date | null {
  const time = highest(dates.map((date) => date.getTime()));
  return time === null ? null : new Date(time);
}

function toLastMessage(message: Message | undefined): LastMessage | null {
  if (!message) return null;
  const { id, seq, rev, type, sender, createdAt } = message;
  const content = message.deletedAt ? null : previewOf(message.content);
  return { id, seq, rev, type, sender, createdAt, private: message.private, content };
}

/** Whoever writes has read what they answer; a reply in a thread says nothing of what was said beside it. */
function movesOf(batch: readonly Delivered[]): MarkerMove[] {
  const furthest = new Map<string, MarkerMove>();
  for (const { message } of batch) {
    const { type, id } = message.sender;
    if ((type !== 'agent' && type !== 'user') || !isListed(message)) continue;
    const key = `${message.conversationId}:${type}:${id}`;
    if ((furthest.get(key)?.readSeq ?? 0) >= message.seq) continue;
    const { organizationId, conversationId, seq } = message;
    furthest.set(key, { organizationId, conversationId, type, principalId: id, readSeq: seq });
  }
  return [...furthest.values()];
}
