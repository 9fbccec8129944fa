import type { Scope } from '../../../common/access/principal.js';
import { DigestRepository, type Digest, type DigestClaim } from '../notification/digest.repository.js';

interface Stored {
  organizationId: string;
  agentId: string;
  dueAt: Date | null;
  requests: number;
  round: number;
  sentAt: Date | null;
  claim: string | null;
  claimedUntil: Date | null;
}

export class InMemoryDigestRepository extends DigestRepository {
  private readonly stored = new Map<string, Stored>();

  async request(digests: readonly Digest[]): Promise<void> {
    for (const { organizationId, agentId, dueAt } of digests) {
      const known = this.stored.get(agentId) ?? blank(organizationId, agentId);
      known.dueAt = known.dueAt && known.dueAt < dueAt ? known.dueAt : dueAt;
      known.requests++;
      this.stored.set(agentId, known);
    }
  }

  async claim(
    scope: Scope,
    agentId: string,
    claim: string,
    { now, ms }: { now: Date; ms: number },
  ): Promise<DigestClaim> {
    const known = this.own(scope, agentId);
    if (!known?.dueAt || known.dueAt > now) return 'not-due';
    if (known.claimedUntil && known.claimedUntil > now) return 'busy';
    Object.assign(known, { claim, claimedUntil: new Date(now.getTime() + ms) });
    const { round, sentAt, requests } = known;
    return { round, sentAt, requests };
  }

  async postpone(scope: Scope, agentId: string, claim: string, until: Date): Promise<void> {
    const known = this.own(scope, agentId);
    if (known?.claim === claim) Object.assign(known, { dueAt: until, claim: null, claimedUntil: null });
  }

  async finish(
    scope: Scope,
    agentId: string,
    claim: string,
    { requests, sentAt, nextAt }: { requests: number; sentAt: Date | null; nextAt: Date },
  ): Promise<boolean> {
    const known = this.own(scope, agentId);
    if (known?.claim !== claim) return false;
    const dueAt = known.requests > requests ? nextAt : null;
    Object.assign(known, { dueAt, claim: null, claimedUntil: null });
    if (sentAt) Object.assign(known, { sentAt, round: known.round + 1 });
    return dueAt !== null;
  }

  async listOverdue(before: Date, limit: number): Promise<Digest[]> {
    return [...this.stored.values()]
      .flatMap(({ dueAt, organizationId, agentId }) => (dueAt ? [{ dueAt, organizationId, agentId }] : []))
      .filter(({ dueAt }) => dueAt <= before)
      .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
      .slice(0, limit);
  }

  async remove(scope: Scope, agentId: string): Promise<void> {
    if (this.own(scope, agentId)) this.stored.delete(agentId);
  }

  private own({ organizationId }: Scope, agentId: string): Stored | undefined {
    const known = this.stored.get(agentId);
    return known?.organizationId === organizationId ? known : undefined;
  }
}

function blank(organizationId: string, agentId: string): Stored {
  const unclaimed = { claim: null, claimedUntil: null };
  return { organizationId, agentId, dueAt: null, requests: 0, round: 0, sentAt: null, ...unclaimed };
}
