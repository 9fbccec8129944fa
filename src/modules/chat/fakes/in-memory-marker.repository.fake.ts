import { EVERY_TENANT, type EveryTenant, type Scope } from '../../../common/access/principal.js';
import type { Marker } from '../conversation.js';
import {
  MarkerRepository,
  type MailClaim,
  type MailPermit,
  type MarkerKey,
  type MarkerMove,
} from '../marker.repository.js';

interface Stored extends Marker {
  organizationId: string;
  mail?: { at: Date; seq: number; jobId: string | null };
}

export class InMemoryMarkerRepository extends MarkerRepository {
  private readonly stored = new Map<string, Stored>();

  async move(move: MarkerMove): Promise<number> {
    const marker = this.markerOf(move);
    marker.readSeq = Math.max(marker.readSeq, move.readSeq);
    return marker.readSeq;
  }

  async moveAll(moves: readonly MarkerMove[]): Promise<void> {
    for (const move of moves) {
      await this.move(move);
      this.markerOf(move).hasWritten = true;
    }
  }

  async mute(who: MarkerKey, until: Date | null): Promise<void> {
    this.markerOf(who).mutedUntil = until;
  }

  async ofConversations(scope: Scope | EveryTenant, conversationIds: readonly string[]): Promise<Marker[]> {
    return [...this.stored.values()]
      .filter((marker) => scope === EVERY_TENANT || marker.organizationId === scope.organizationId)
      .filter(({ conversationId }) => conversationIds.includes(conversationId))
      .map(({ organizationId: _, mail: __, ...marker }) => marker);
  }

  async ofPrincipal(
    scope: Scope,
    { type, id }: { type: 'agent' | 'user'; id: string },
    conversationIds: readonly string[],
  ): Promise<Map<string, number>> {
    const found = await this.ofConversations(scope, conversationIds);
    const own = found.filter((marker) => marker.type === type && marker.principalId === id);
    return new Map(own.map(({ conversationId, readSeq }) => [conversationId, readSeq]));
  }

  async ofOwners(
    scope: Scope,
    owned: readonly { id: string; userId: string }[],
  ): Promise<Map<string, number>> {
    const found = await this.ofConversations(
      scope,
      owned.map(({ id }) => id),
    );
    const own = found.filter(
      ({ type, conversationId, principalId }) =>
        type === 'user' && owned.some(({ id, userId }) => id === conversationId && userId === principalId),
    );
    return new Map(own.map(({ conversationId, readSeq }) => [conversationId, readSeq]));
  }

  async claimMail(who: MarkerKey, { upToSeq, jobId, now, cooldownMs }: MailClaim): Promise<MailPermit> {
    const marker = this.markerOf(who);
    const { mail } = marker;
    if (mail && mail.jobId !== jobId) {
      const until = new Date(mail.at.getTime() + cooldownMs);
      if (mail.seq >= upToSeq) return { kind: 'told-already' };
      if (until > now) return { kind: 'too-soon', until };
    }
    marker.mail = { at: now, seq: upToSeq, jobId };
    return { kind: 'granted' };
  }

  async confirmMail(who: MarkerKey, jobId: string): Promise<void> {
    const { mail } = this.markerOf(who);
    if (mail?.jobId === jobId) mail.jobId = null;
  }

  async eraseAll(scope: Scope, conversationIds: readonly string[]): Promise<void> {
    for (const [key, marker] of this.stored) {
      const isOwn = marker.organizationId === scope.organizationId;
      if (isOwn && conversationIds.includes(marker.conversationId)) this.stored.delete(key);
    }
  }

  private markerOf({ organizationId, conversationId, type, principalId }: MarkerKey): Stored {
    const key = `${organizationId}:${conversationId}:${type}:${principalId}`;
    const marker = this.stored.get(key) ?? {
      organizationId,
      conversationId,
      type,
      principalId,
      readSeq: 0,
      hasWritten: false,
      mutedUntil: null,
    };
    this.stored.set(key, marker);
    return marker;
  }
}
