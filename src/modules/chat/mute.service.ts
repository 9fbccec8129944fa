import { Injectable } from '@nestjs/common';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { ValidationFailed } from '../../common/errors/common.errors.js';
import type { ConversationView } from '../../contracts/chat.js';
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
    const { organizationId } = await this.access.see(principal, id);
    const { type, id: principalId } = principal;
    await this.markers.mute({ organizationId, conversationId: id, type, principalId }, until);
    return this.conversations.view(principal, id);
  }
}
