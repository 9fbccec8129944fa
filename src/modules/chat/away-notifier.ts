import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../common/clock.js';
import { AppConfig } from '../../config/app-config.js';
import {
  CHAT_QUEUE,
  NOTIFY_MENTIONED,
  notifyAwayOptions,
  notifyMentionedOptions,
  notifyNameOf,
  type NotifyAwayJob,
  type NotifyMentionedJob,
} from './chat.jobs.js';
import type { Conversation } from './conversation.js';
import type { Message } from './message.js';
import { sidesOf } from './message-outbox.js';

/** Puts off the question whether somebody has to be told: it is answered when the job fires, not here. */
@Injectable()
export class AwayNotifier {
  /** What this node has scheduled already: a busy conversation costs Redis one job, not one for each message. */
  private readonly scheduled = new LRUCache<string, true>({ max: 50_000 });

  constructor(
    @InjectQueue(CHAT_QUEUE) private readonly queue: Queue<NotifyAwayJob | NotifyMentionedJob>,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Rejects when the queue is away: the mark on the message is still there. */
  async consider(conversation: Conversation, message: Message): Promise<void> {
    const { organizationId, id } = conversation;
    for (const side of sidesOf(message)) await this.schedule({ organizationId, conversationId: id, side });
  }

  /** The same for those whom an edit of it mentions. */
  async considerLate({ organizationId, id: conversationId }: Conversation, message: Message): Promise<void> {
    const job: NotifyMentionedJob = { organizationId, conversationId, messageId: message.id };
    const count = message.lateMentionIds?.length ?? 0;
    const options = notifyMentionedOptions(job, count, this.config.chat.agentPushDelayMs);
    await this.queue.add(NOTIFY_MENTIONED, job, options);
  }

  async schedule(job: NotifyAwayJob, delay = this.delayFor(job.side)): Promise<void> {
    // Forgotten before the job fires: a message that comes right then must find no job that is over.
    const window = Math.max(Math.floor(delay * 0.9), 1);
    const key = `${job.conversationId}:${job.side}`;
    if (this.scheduled.has(key)) return;
    this.scheduled.set(key, true, { ttl: window });
    const round = Math.floor((this.clock.now().getTime() + delay) / window);
    try {
      await this.queue.add(notifyNameOf(job), job, notifyAwayOptions(job, delay, round));
    } catch (error) {
      this.scheduled.delete(key);
      throw error;
    }
  }

  private delayFor(side: NotifyAwayJob['side']): number {
    return side === 'agents' ? this.config.chat.agentPushDelayMs : this.config.chat.visitorMailDelayMs;
  }
}
