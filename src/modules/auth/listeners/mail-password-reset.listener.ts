import { Injectable } from '@nestjs/common';
import { OnDomainEvent } from '../../../common/events/domain-events.js';
import { AuthMailQueue } from '../auth-mail-queue.js';
import type { PasswordForgotten } from '../auth.events.js';
import { SEND_PASSWORD_RESET } from '../auth.jobs.js';

@Injectable()
export class MailPasswordResetListener {
  constructor(private readonly mails: AuthMailQueue) {}

  @OnDomainEvent('password.forgotten')
  enqueue({ resetId }: PasswordForgotten): Promise<void> {
    return this.mails.enqueue(SEND_PASSWORD_RESET, { id: resetId });
  }
}
