import type { Scope } from '../../common/access/principal.js';
import type { PushSubscription } from './push.js';

export abstract class PushSubscriptionRepository {
  /** An endpoint is one device: whoever subscribes with it last has it, under its first id where it was theirs. */
  abstract put(subscription: PushSubscription): Promise<PushSubscription>;
  /** Oldest first. */
  abstract listOf(scope: Scope, agentIds: readonly string[]): Promise<PushSubscription[]>;
  /** False when there was none by that id among the agent's own. */
  abstract remove(scope: Scope, agentId: string, id: string): Promise<boolean>;
  abstract removeMany(scope: Scope, ids: readonly string[]): Promise<void>;
  /** Over tenants: a session's own end. */
  abstract removeOfSession(sessionId: string): Promise<void>;
}
