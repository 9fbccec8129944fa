import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InvitationService } from '../agent/invitation.service.js';
import { AuthMailQueue } from './auth-mail-queue.js';
import { SEND_INVITATION, SEND_PASSWORD_RESET } from './auth.jobs.js';
import { PasswordResetService } from './password-reset.service.js';
import { SessionService } from './session.service.js';

const INTERVAL_MS = 15_000;
/** Younger ones are still on their usual way. */
const FORGOTTEN_AFTER_MS = 30_000;
const BATCH = 100;

/** In the worker: what Redis lost is enqueued anew from the rows, and what has expired is thrown away. */
@Injectable()
export class AuthUpkeep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(AuthUpkeep.name);
  private timer: NodeJS.Timeout | undefined;
  private isRunning = false;

  constructor(
    private readonly invitations: InvitationService,
    private readonly resets: PasswordResetService,
    private readonly sessions: SessionService,
    private readonly mails: AuthMailQueue,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** One at a time: in the worker, to enqueue waits for as long as Redis is away. */
  async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      await this.sessions.removeExpired();
      await this.enqueueForgotten();
    } catch (error) {
      this.logger.warn({ err: error }, 'the upkeep of sign-in failed and will be tried again');
    } finally {
      this.isRunning = false;
    }
  }

  private async enqueueForgotten(): Promise<void> {
    const invitations = await this.invitations.listForgotten(FORGOTTEN_AFTER_MS, BATCH);
    for (const { organizationId, id } of invitations)
      await this.mails.enqueue(SEND_INVITATION, { organizationId, id });
    const resets = await this.resets.listForgottenIds(FORGOTTEN_AFTER_MS, BATCH);
    for (const id of resets) await this.mails.enqueue(SEND_PASSWORD_RESET, { id });
  }
}
