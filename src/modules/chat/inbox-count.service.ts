import { Injectable } from '@nestjs/common';
import { scopeOf, type AgentPrincipal } from '../../common/access/principal.js';
import type { ConversationCounts } from '../../contracts/chat.js';
import { TeamService } from '../agent/team.service.js';
import { InboxCountRepository } from './inbox-count.repository.js';
import { MessageEffects } from './message-effects.js';

@Injectable()
export class InboxCountService {
  constructor(
    private readonly counts: InboxCountRepository,
    private readonly teams: TeamService,
    private readonly effects: MessageEffects,
  ) {}

  async count(principal: AgentPrincipal, environmentId?: string): Promise<ConversationCounts> {
    await this.effects.flush();
    const teams = await this.teams.list(principal.organizationId);
    const scope = scopeOf(principal, environmentId);
    const counts = await this.counts.count(
      scope,
      principal.id,
      teams.map(({ id }) => id),
    );
    return { ...counts, resolved: null };
  }
}
