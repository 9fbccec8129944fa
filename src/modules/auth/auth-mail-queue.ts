import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { AUTH_QUEUE, authJobOptions, type AuthJob, type AuthJobName, type AuthJobs } from './auth.jobs.js';

@Injectable()
export class AuthMailQueue {
  private readonly logger = new Logger(AuthMailQueue.name);

  constructor(@InjectQueue(AUTH_QUEUE) private readonly queue: Queue<AuthJob, void, AuthJobName>) {}

  /** Without Redis the mail waits in its row, which is not marked as mailed, until the worker's sweep finds it. */
  async enqueue<Name extends AuthJobName>(name: Name, job: AuthJobs[Name]): Promise<void> {
    try {
      await this.queue.add(name, job, authJobOptions(name, job));
    } catch (error) {
      this.logger.warn({ err: error, job: name, id: job.id }, 'a mail was not enqueued; the sweep will');
    }
  }
}
