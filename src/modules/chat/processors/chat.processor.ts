import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import { UnrecoverableError, type Job } from 'bullmq';
import { AwayNotificationService } from '../away-notification.service.js';
import {
  CHAT_QUEUE,
  NOTIFY_AWAY,
  PREVIEW_LINKS,
  type NotifyAwayJob,
  type PreviewLinksJob,
} from '../chat.jobs.js';
import { LinkPreviewService } from '../link-preview.service.js';

@Processor(CHAT_QUEUE, { concurrency: 8 })
export class ChatProcessor extends WorkerHost {
  private readonly logger = new Logger(ChatProcessor.name);

  constructor(
    private readonly notifications: AwayNotificationService,
    private readonly previews: LinkPreviewService,
  ) {
    super();
  }

  /** The connection itself says, once, that Redis is out of reach; BullMQ would say it at every try. */
  @OnWorkerEvent('error')
  stayQuiet(): void {
    return;
  }

  override async process(job: Job<NotifyAwayJob | PreviewLinksJob>): Promise<void> {
    switch (job.name) {
      case NOTIFY_AWAY:
        await this.notifications.notify(job.data as NotifyAwayJob, job.id ?? '');
        break;
      case PREVIEW_LINKS:
        await this.previews.preview(job.data as PreviewLinksJob);
        break;
      default:
        throw new UnrecoverableError(`no handler for ${job.name}`);
    }
    this.logger.debug({ job: job.id, name: job.name }, 'done');
  }
}
