import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import { UnrecoverableError, type Job } from 'bullmq';
import { AwayNotificationService } from '../away-notification.service.js';
import { CHAT_QUEUE, NOTIFY_AWAY, type NotifyAwayJob } from '../chat.jobs.js';

@Processor(CHAT_QUEUE, { concurrency: 8 })
export class ChatProcessor extends WorkerHost {
  private readonly logger = new Logger(ChatProcessor.name);

  constructor(private readonly notifications: AwayNotificationService) {
    super();
  }

  /** The connection itself says, once, that Redis is out of reach; BullMQ would say it at every try. */
  @OnWorkerEvent('error')
  stayQuiet(): void {
    return;
  }

  override async process(job: Job<NotifyAwayJob>): Promise<void> {
    if (job.name !== NOTIFY_AWAY) throw new UnrecoverableError(`no handler for ${job.name}`);
    await this.notifications.notify(job.data, job.id ?? '');
    this.logger.debug({ job: job.id }, 'notified');
  }
}
