import type { Scope } from '../../../common/access/principal.js';
import type { DurationFigures } from '../../../contracts/overview.js';
import { OverviewRepository, type OverviewFigures } from '../overview/overview.repository.js';
import type { InMemoryConversationRepository } from './in-memory-conversation.repository.fake.js';

export class InMemoryOverviewRepository extends OverviewRepository {
  constructor(private readonly conversations: InMemoryConversationRepository) {
    super();
  }

  async figures(scope: Scope, from: Date): Promise<OverviewFigures> {
    const support = this.conversations.storedIn(scope).filter(({ kind }) => kind === 'support');
    const tookUntil = (field: 'answeredAt' | 'resolvedAt') =>
      support.flatMap(({ createdAt, [field]: until }) =>
        until && until >= from ? [until.getTime() - createdAt.getTime()] : [],
      );
    const waits = support.flatMap(({ status, lastPublicMessage: last }) =>
      (status === 'open' || status === 'pending') && last?.sender.type === 'user' ? [last.createdAt] : [],
    );
    const scores = support.flatMap(({ rating }) => (rating && rating.ratedAt >= from ? [rating.score] : []));
    return {
      created: support.filter(({ createdAt }) => createdAt >= from).length,
      resolved: tookUntil('resolvedAt').length,
      waiting: waits.length,
      waitingSince: waits.sort((a, b) => a.getTime() - b.getTime())[0] ?? null,
      firstResponseMs: figuresOf(tookUntil('answeredAt')),
      resolutionMs: figuresOf(tookUntil('resolvedAt')),
      rating: { average: averageOf(scores), count: scores.length },
    };
  }
}

function figuresOf(times: number[]): DurationFigures {
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? null;
  return { median: at(0.5), p90: at(0.9) };
}

function averageOf(scores: readonly number[]): number | null {
  return scores.length > 0 ? scores.reduce((sum, score) => sum + score, 0) / scores.length : null;
}
