import type { EnvironmentScope, Scope } from '../../common/access/principal.js';
import type { TrackedEvent } from './tracked-event.js';

export abstract class TrackedEventRepository {
  /** Of a user no more than the newest `most` stay. */
  abstract append(scope: EnvironmentScope, event: TrackedEvent, most: number): Promise<void>;
  /** Newest first, of those since that moment. */
  abstract list(
    scope: Scope,
    userId: string,
    page: { since: Date; afterId: string | null; limit: number },
  ): Promise<TrackedEvent[]>;
  abstract eraseOfUser(scope: EnvironmentScope, userId: string): Promise<void>;
  /** Of every tenant: what is older than that is kept no longer. */
  abstract removeBefore(before: Date): Promise<void>;
}
