import type { EnvironmentScope, Scope } from '../../../common/access/principal.js';
import type { TrackedEvent } from '../tracked-event.js';
import { TrackedEventRepository } from '../tracked-event.repository.js';

export class InMemoryTrackedEventRepository extends TrackedEventRepository {
  private events: TrackedEvent[] = [];

  async append(scope: EnvironmentScope, event: TrackedEvent, most: number): Promise<void> {
    this.events.push(structuredClone(event));
    const tooMany = this.of(scope, event.userId).slice(most);
    this.events = this.events.filter((one) => !tooMany.includes(one));
  }

  async list(
    scope: Scope,
    userId: string,
    { since, afterId, limit }: { since: Date; afterId: string | null; limit: number },
  ): Promise<TrackedEvent[]> {
    const found = this.of(scope, userId).filter(
      ({ id, at }) => at >= since && (afterId === null || id < afterId),
    );
    return structuredClone(found.slice(0, limit));
  }

  async eraseOfUser(scope: EnvironmentScope, userId: string): Promise<void> {
    const theirs = this.of(scope, userId);
    this.events = this.events.filter((one) => !theirs.includes(one));
  }

  async removeBefore(before: Date): Promise<void> {
    this.events = this.events.filter(({ at }) => at >= before);
  }

  private of({ organizationId, environmentId }: Scope, userId: string): TrackedEvent[] {
    return this.events
      .filter((one) => one.userId === userId && one.organizationId === organizationId)
      .filter((one) => environmentId === undefined || one.environmentId === environmentId)
      .sort((a, b) => (a.id < b.id ? 1 : -1));
  }
}
