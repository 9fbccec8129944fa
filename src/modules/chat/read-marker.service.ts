import { Injectable } from '@nestjs/common';
import { scopeOf, type AgentPrincipal, type UserPrincipal } from '../../common/access/principal.js';
import { DomainEventBus } from '../../common/events/domain-events.js';
import type { ReadMarker } from '../../contracts/chat.js';
import './chat.events.js';
import { ConversationAccess } from './conversation-access.js';
import { MarkerRepository } from './marker.repository.js';
import { MessageRepository } from './message.repository.js';
import { UnreadCounts } from './unread-counts.js';

@Injectable()
export class ReadMarkerService {
  constructor(
    private readonly access: ConversationAccess,
    private readonly messages: MessageRepository,
    private readonly markers: MarkerRepository,
    private readonly unread: UnreadCounts,
    private readonly events: DomainEventBus,
  ) {}

  /** Forward only, and never past what is there. */
  async markRead(
    principal: AgentPrincipal | UserPrincipal,
    conversationId: string,
    seq: number,
  ): Promise<ReadMarker> {
    const conversation = await this.access.see(principal, conversationId);
    const heads = await this.messages.heads(scopeOf(principal), [conversationId]);
    const wanted = Math.min(seq, heads.get(conversationId)?.headSeq ?? 0);
    const { organizationId } = conversation;
    const { type, id } = principal;
    const readSeq = await this.markers.move({
      organizationId,
      conversationId,
      type,
      principalId: id,
      readSeq: wanted,
    });
    const reader =
      principal.type === 'agent'
        ? { type: principal.type, id, sessionId: principal.sessionId }
        : { type: principal.type, id };
    this.events.publish('conversation.read', { conversation, reader, readSeq });
    return { readSeq, unread: await this.unread.after(principal, conversationId, readSeq) };
  }
}
