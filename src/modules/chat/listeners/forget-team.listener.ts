import { Injectable } from '@nestjs/common';
import { OnDomainEvent } from '../../../common/events/domain-events.js';
import type { TeamRemoved } from '../../agent/team.events.js';
import { ConversationRepository } from '../conversation.repository.js';

/** Lists show a team that is gone nowhere, so that nothing is lost when this is. */
@Injectable()
export class ForgetTeamListener {
  constructor(private readonly conversations: ConversationRepository) {}

  @OnDomainEvent('team.removed')
  forget({ organizationId, teamId }: TeamRemoved): Promise<void> {
    return this.conversations.forgetTeam({ organizationId }, teamId);
  }
}
