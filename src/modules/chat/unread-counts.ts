import { Injectable } from '@nestjs/common';
import { may } from '../../common/access/permissions.js';
import { scopeOf, type Principal, type Scope } from '../../common/access/principal.js';
import { UnreadCounter } from '../user/ports.js';
import { ConversationRepository } from './conversation.repository.js';
import { senderKeyOf } from './conversation.js';
import { MarkerRepository } from './marker.repository.js';
import { MessageRepository } from './message.repository.js';

/** Exact to 99; this stands for more. */
export const UNREAD_CAP = 100;

/** Derived each time from messages and markers: a stored counter would be wrong sooner or later. */
@Injectable()
export class UnreadCounts extends UnreadCounter {
  constructor(
    private readonly messages: MessageRepository,
    private readonly markers: MarkerRepository,
    private readonly conversations: ConversationRepository,
  ) {
    super();
  }

  /** Two round trips for any number of conversations. A partner has no markers and nothing unread. */
  async ofConversations(
    principal: Principal,
    conversationIds: readonly string[],
  ): Promise<Map<string, number>> {
    if (principal.type === 'partner' || conversationIds.length === 0) return new Map();
    const scope = scopeOf(principal);
    const markers = await this.markers.ofPrincipal(scope, principal, conversationIds);
    const positions = conversationIds.map((id) => positionOf(principal, id, markers.get(id) ?? 0));
    return this.messages.countUnread(scope, positions, optionsFor(principal));
  }

  async after(principal: ReadingPrincipal, conversationId: string, readSeq: number): Promise<number> {
    const position = positionOf(principal, conversationId, readSeq);
    const counts = await this.messages.countUnread(scopeOf(principal), [position], optionsFor(principal));
    return counts.get(conversationId) ?? 0;
  }

  /** Three round trips for any number of users. */
  async countFor(scope: Scope, userIds: readonly string[]): Promise<Map<string, number>> {
    const owned = await this.conversations.listOfUsers(scope, userIds);
    if (owned.length === 0) return new Map();
    const readSeqs = await this.markers.ofOwners(scope, owned);
    const positions = owned.map(({ id, userId }) => ({
      conversationId: id,
      afterSeq: readSeqs.get(id) ?? 0,
      senderKey: `user:${userId}`,
    }));
    const counts = await this.messages.countUnread(scope, positions, { cap: UNREAD_CAP, seesPrivate: false });
    const totals = new Map<string, number>();
    for (const { id, userId } of owned) {
      totals.set(userId, Math.min((totals.get(userId) ?? 0) + (counts.get(id) ?? 0), UNREAD_CAP));
    }
    return totals;
  }
}

type ReadingPrincipal = Exclude<Principal, { type: 'partner' }>;

function positionOf(principal: ReadingPrincipal, conversationId: string, afterSeq: number) {
  return { conversationId, afterSeq, senderKey: senderKeyOf(principal) };
}

function optionsFor(principal: Principal) {
  return { cap: UNREAD_CAP, seesPrivate: may(principal, 'message.read-private') };
}
