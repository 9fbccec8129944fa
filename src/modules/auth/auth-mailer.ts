import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { Mailer } from '../../infrastructure/mail/mailer.js';
import { messageIdOf } from '../../infrastructure/mail/message-id.js';
import { InvitationService } from '../agent/invitation.service.js';
import { invitationMail, passwordResetMail } from './auth-mails.js';
import { PasswordResetService } from './password-reset.service.js';

/** Reads the present state and returns quietly when there is nothing to mail any more. */
@Injectable()
export class AuthMailer {
  constructor(
    private readonly invitations: InvitationService,
    private readonly resets: PasswordResetService,
    private readonly mailer: Mailer,
    private readonly config: AppConfig,
  ) {}

  async sendInvitation(id: string): Promise<void> {
    const invitation = await this.invitations.findUnmailed(id);
    if (!invitation) return;
    const { email, token, organizationName, language } = invitation;
    const link = this.linkTo('invitation', token);
    const mail = invitationMail(language, { organizationName, link });
    await this.mailer.send({ to: email, ...mail, messageId: messageIdOf('invitation', id) });
    await this.invitations.markMailed(id);
  }

  async sendPasswordReset(id: string): Promise<void> {
    const reset = await this.resets.findUnmailed(id);
    if (!reset) return;
    const mail = passwordResetMail(reset.language, { link: this.linkTo('reset', reset.token) });
    await this.mailer.send({ to: reset.email, ...mail, messageId: messageIdOf('password-reset', id) });
    await this.resets.markMailed(id);
  }

  /** In the fragment: a browser sends that to no server, and no log ever has it. */
  private linkTo(page: 'invitation' | 'reset', token: string): string {
    return `${this.config.server.publicUrl}/dashboard/${page}#token=${token}`;
  }
}
