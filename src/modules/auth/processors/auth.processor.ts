import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import { WORKER_OPTIONS } from '../../../infrastructure/queue/worker-options.js';
import { AuthMailer } from '../auth-mailer.js';
import {
  AUTH_QUEUE,
  SEND_INVITATION,
  SEND_PASSWORD_RESET,
  type AuthJob,
  type AuthJobName,
} from '../auth.jobs.js';

/** As many as the mail server is talked to at once: one that stalls holds up no other. */
const MAILS_AT_ONCE = 3;

@Processor(AUTH_QUEUE, { ...WORKER_OPTIONS, concurrency: MAILS_AT_ONCE })
export class AuthProcessor extends WorkerHost {
  constructor(private readonly mailer: AuthMailer) {
    super();
  }

  /** The connection itself says, once, that Redis is out of reach; BullMQ would say it at every try. */
  @OnWorkerEvent('error')
  stayQuiet(): void {
    return;
  }

  override async process({ name, data }: Job<AuthJob, void, AuthJobName>): Promise<void> {
    switch (name) {
      case SEND_INVITATION:
        return this.mailer.sendInvitation(data.id);
      case SEND_PASSWORD_RESET:
        return this.mailer.sendPasswordReset(data.id);
    }
  }
}
