import { Injectable } from '@nestjs/common';
import { Rounds } from '../../common/rounds.js';
import { InvitationService } from '../agent/invitation.service.js';
import { AuthMailQueue } from './auth-mail-queue.js';
import { SEND_INVITATION, SEND_PASSWORD_RESET } from './auth.jobs.js';
import { PasswordResetService } from './password-reset.service.js';
import { SessionService } from './session.service.js';

/** Younger ones are still on their usual way. */
const FORGOTTEN_AFTER_MS = 30_000;
const BATCH = 100;

/** In the worker: what Redis lost is enqueued anew from the rows, and what has expired is thrown away. */
@Injectable()
export class AuthUpkeep extends Rounds {
  protected readonly everyMs = 15_000;

  constructor(
    private readonly invitations: InvitationService,
    private readonly resets: PasswordResetService,
    private readonly sessions: SessionService,
    private readonly mails: AuthMailQueue,
  ) {
    super();
  }

  protected async goRound(): Promise<void> {
    await this.sessions.removeExpired();
    await this.enqueueForgotten();
  }

  /** In the worker this waits for as long as Redis is away. */
  private async enqueueForgotten(): Promise<void> {
    const invitations = await this.invitations.listForgotten(FORGOTTEN_AFTER_MS, BATCH);
    for (const { organizationId, id } of invitations)
      await this.mails.enqueue(SEND_INVITATION, { organizationId, id });
    const resets = await this.resets.listForgottenIds(FORGOTTEN_AFTER_MS, BATCH);
    for (const id of resets) await this.mails.enqueue(SEND_PASSWORD_RESET, { id });
  }
}
