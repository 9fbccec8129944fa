import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { EVERY_TENANT } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { DomainEventBus } from '../../common/events/domain-events.js';
import { reached } from '../../common/steps.js';
import { AppConfig } from '../../config/app-config.js';
import { withDeadline } from '../../infrastructure/mongo/deadline.js';
import { Realtime } from '../../infrastructure/realtime/realtime.js';
import { AwayNotifier } from './away-notifier.js';
import './chat.events.js';
import { ConversationContent } from './conversation-content.js';
import { ConversationLog } from './conversation-log.js';
import type { Conversation } from './conversation.js';
import { ConversationRepository } from './conversation.repository.js';
import { LinkPreviewQueue } from './link-preview-queue.js';
import { MessageEffects } from './message-effects.js';
import type { OutboxEntry, OutboxTask } from './message.js';
import { MessageRepository } from './message.repository.js';
import { OutwardMessages } from './outward-messages.js';
import { MessageIndexer } from './search/message-indexer.js';
import { ThreadCounts } from './thread-counts.js';

type Handler = (conversation: Conversation, entry: OutboxEntry) => void | Promise<void>;

const BATCH = 200;
const LEASE_MS = 10_000;

/**
 * Runs on every node and finishes what some node began and did not end: the marks on the messages say what.
 * A conversation that is gone has nobody left to tell: what is left of it goes too.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(OutboxRelay.name);
  private timer: NodeJS.Timeout | undefined;
  private sweep: Promise<void> | undefined;

  /**
   * A new task is one line here. Whoever does the work completes the task: the effects `fanout`, `change` and
   * `approval`, the worker that told those who were away `notify`, `alert` and `mention`, who counts replies `thread`. Until then it comes back, each time after a longer pause.
   */
  private readonly handlers: Record<OutboxTask, Handler> = {
    fanout: (conversation, { message }) => this.effects.deliver(conversation, message),
    change: (conversation, { message }) => this.effects.deliverChange(conversation, message),
    approval: (conversation, { message, rev }) => this.effects.deliverApproval(conversation, message, rev),
    notify: (conversation, { message }) => this.notifier.consider(conversation, message),
    alert: (conversation, { message }) => this.notifier.consider(conversation, message),
    mention: (conversation, { message }) => this.notifier.considerLate(conversation, message),
    preview: (_, { message, rev }) => this.previews.add(message, rev),
    thread: (conversation, { message, rev }) => this.threads.count(conversation, message, rev),
    index: (conversation, { message }) => this.indexer.add(conversation, message),
    webhook: (conversation, entry) => this.outward.finish(conversation, entry, 'webhook'),
    'webhook-change': (conversation, entry) => this.outward.finish(conversation, entry, 'webhook-change'),
  };

  constructor(
    private readonly messages: MessageRepository,
    private readonly conversations: ConversationRepository,
    private readonly log: ConversationLog,
    private readonly effects: MessageEffects,
    private readonly notifier: AwayNotifier,
    private readonly previews: LinkPreviewQueue,
    private readonly threads: ThreadCounts,
    private readonly indexer: MessageIndexer,
    private readonly content: ConversationContent,
    private readonly outward: OutwardMessages,
    private readonly events: DomainEventBus,
    private readonly realtime: Realtime,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Not in the worker: it could mark as told what it can tell nobody. */
  onApplicationBootstrap(): void {
    if (!this.realtime.isServing) return;
    // Nodes that start together should not look together.
    const interval = this.config.chat.relayIntervalMs * (0.8 + Math.random() * 0.4);
    this.timer = setInterval(() => void this.sweepOnce(), interval);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweep;
  }

  /** One at a time on a node; a store that does not answer is asked again at the next turn. */
  sweepOnce(): Promise<void> {
    this.sweep ??= this.drain()
      .catch((error: unknown) =>
        this.logger.warn({ err: (error as Error).message }, 'the relay will look again'),
      )
      .finally(() => (this.sweep = undefined));
    return this.sweep;
  }

  private async drain(): Promise<void> {
    await Promise.all([this.finishMessages(), this.wakeSnoozed(), this.sayUnsaid()]);
  }

  private async finishMessages(): Promise<void> {
    let entries: OutboxEntry[];
    do {
      entries = await this.messages.claimOverdue(this.clock.now(), LEASE_MS, BATCH);
      if (entries.length > 0) await this.finish(entries);
    } while (entries.length >= BATCH);
  }

  private async finish(entries: readonly OutboxEntry[]): Promise<void> {
    reached('relay.2-claimed');
    const ids = [...new Set(entries.map(({ message }) => message.conversationId))];
    const found = await this.conversations.findMany(EVERY_TENANT, ids);
    const byId = new Map(found.map((conversation) => [conversation.id, conversation]));
    await this.eraseOrphans(entries.filter(({ message }) => !byId.has(message.conversationId)));
    await Promise.all(entries.map((entry) => this.handle(byId.get(entry.message.conversationId), entry)));
    reached('relay.3-handled');
  }

  /** One that fails, or never ends, is claimed again later and keeps no other from being done. */
  private async handle(conversation: Conversation | undefined, entry: OutboxEntry): Promise<void> {
    if (!conversation || this.effects.isUnsettled(entry)) return;
    try {
      await withDeadline(Promise.resolve(this.handlers[entry.task](conversation, entry)));
    } catch (error) {
      const { task, message } = entry;
      this.logger.warn(
        { err: (error as Error).message, task, message: message.id },
        'a task waits for its next turn',
      );
    }
  }

  /**
   * A conversation is stored before its first message: one that is not there was erased, and what was said in it
   * on another node in that very moment must not outlive it.
   */
  private async eraseOrphans(entries: readonly OutboxEntry[]): Promise<void> {
    const byOrganization = Map.groupBy(entries, ({ message }) => message.organizationId);
    for (const [organizationId, orphans] of byOrganization) {
      const ids = [...new Set(orphans.map(({ message }) => message.conversationId))];
      await this.content.erase({ organizationId }, ids);
      this.logger.warn({ conversations: ids.length }, 'messages of erased conversations were erased');
    }
  }

  private async wakeSnoozed(): Promise<void> {
    for (const woken of await this.conversations.wakeOverdue(this.clock.now(), BATCH)) {
      const { id, organizationId } = woken;
      this.events.publish('conversation.changed', { conversationId: id, organizationId, isUrgent: true });
      await this.log.write(woken);
    }
  }

  /** What was done to conversations by whoever did not come to say it, and what happened by itself. */
  private async sayUnsaid(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.config.chat.outboxLeaseMs);
    for (const conversation of await this.conversations.listUnsaid(before, BATCH))
      await this.log.write(conversation);
  }
}
