import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import { UnrecoverableError, type Job } from 'bullmq';
import { WORKER_OPTIONS } from '../../../infrastructure/queue/worker-options.js';
import { AwayNotificationService } from '../away-notification.service.js';
import {
  CHAT_QUEUE,
  NOTIFY_AWAY,
  NOTIFY_MENTIONED,
  NOTIFY_PUSH,
  PREVIEW_LINKS,
  SEND_DIGEST,
  WITHDRAW_PUSH,
  type NotifyAwayJob,
  type NotifyMentionedJob,
  type PreviewLinksJob,
  type SendDigestJob,
  type WithdrawPushJob,
} from '../chat.jobs.js';
import { LinkPreviewService } from '../link-preview.service.js';
import { AgentPushService } from '../notification/agent-push.service.js';
import { DigestService } from '../notification/digest.service.js';

type ChatJob = NotifyAwayJob | NotifyMentionedJob | SendDigestJob | WithdrawPushJob | PreviewLinksJob;

@Processor(CHAT_QUEUE, { ...WORKER_OPTIONS, concurrency: 8 })
export class ChatProcessor extends WorkerHost {
  private readonly logger = new Logger(ChatProcessor.name);

  constructor(
    private readonly mails: AwayNotificationService,
    private readonly pushes: AgentPushService,
    private readonly digests: DigestService,
    private readonly previews: LinkPreviewService,
  ) {
    super();
  }

  /** The connection itself says, once, that Redis is out of reach; BullMQ would say it at every try. */
  @OnWorkerEvent('error')
  stayQuiet(): void {
    return;
  }

  override async process(job: Job<ChatJob>): Promise<void> {
    switch (job.name) {
      case NOTIFY_AWAY:
      case NOTIFY_PUSH:
        await this.notify(job.data as NotifyAwayJob, job.id ?? '');
        break;
      case NOTIFY_MENTIONED:
        await this.pushes.notifyMentioned(job.data as NotifyMentionedJob, job.id ?? '');
        break;
      case SEND_DIGEST:
        await this.digests.send(job.data as SendDigestJob);
        break;
      case WITHDRAW_PUSH:
        await this.pushes.withdraw(job.data as WithdrawPushJob);
        break;
      case PREVIEW_LINKS:
        await this.previews.preview(job.data as PreviewLinksJob);
        break;
      default:
        throw new UnrecoverableError(`no handler for ${job.name}`);
    }
    this.logger.debug({ job: job.id, name: job.name }, 'done');
  }

  /** By side and not by name: jobs of before there were pushes have but one name. */
  private notify(job: NotifyAwayJob, jobId: string): Promise<void> {
    return job.side === 'user' ? this.mails.notify(job, jobId) : this.pushes.notify(job, jobId);
  }
}
