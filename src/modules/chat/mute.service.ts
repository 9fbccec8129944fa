import { Injectable } from '@nestjs/common';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { ValidationFailed } from '../../common/errors/common.errors.js';
import { DomainEventBus } from '../../common/events/domain-events.js';
import type { ConversationView } from '../../contracts/chat.js';
import './chat.events.js';
import { ConversationAccess } from './conversation-access.js';
import { ConversationService } from './conversation.service.js';
import { FOR_GOOD } from './conversation.js';
import { MarkerRepository } from './marker.repository.js';

@Injectable()
export class MuteService {
  constructor(
    private readonly access: ConversationAccess,
    private readonly markers: MarkerRepository,
    private readonly conversations: ConversationService,
    private readonly events: DomainEventBus,
    private readonly clock: Clock,
  ) {}

  /** `until` null: for good. Throws NotFound. */
  async mute(principal: AgentPrincipal, id: string, until: Date | null): Promise<ConversationView> {
    if (until !== null && until <= this.clock.now()) {
      throw new ValidationFailed([{ path: 'until', message: 'must be in the future' }]);
    }
    return this.set(principal, id, until ?? FOR_GOOD);
  }

  unmute(principal: AgentPrincipal, id: string): Promise<ConversationView> {
    return this.set(principal, id, null);
  }

  private async set(principal: AgentPrincipal, id: string, until: Date | null): Promise<ConversationView> {
    const conversation = await this.access.see(principal, id);
    const { organizationId } = conversation;
    const { type, id: agentId } = principal;
    await this.markers.mute({ organizationId, conversationId: id, type, principalId: agentId }, until);
    const view = await this.conversations.view(principal, id);
    this.events.publish('conversation.muted', { conversation, agentId, view });
    return view;
  }
}
