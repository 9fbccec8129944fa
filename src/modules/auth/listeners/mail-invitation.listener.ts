import { Injectable } from '@nestjs/common';
import { OnDomainEvent } from '../../../common/events/domain-events.js';
import type { AgentInvited } from '../../agent/agent.events.js';
import { AuthMailQueue } from '../auth-mail-queue.js';
import { SEND_INVITATION } from '../auth.jobs.js';

@Injectable()
export class MailInvitationListener {
  constructor(private readonly mails: AuthMailQueue) {}

  @OnDomainEvent('agent.invited')
  enqueue({ organizationId, invitationId }: AgentInvited): Promise<void> {
    return this.mails.enqueue(SEND_INVITATION, { organizationId, id: invitationId });
  }
}
