import type { WebhookEventType, WebhookPerformer } from '../../contracts/webhooks.js';
import type { EnvironmentScope } from '../access/principal.js';

/** Something that a company's own servers may want to know. */
export interface OutwardEvent {
  /** The same whenever it is told again. */
  id: string;
  type: WebhookEventType;
  organizationId: string;
  environmentId: string;
  at: Date;
  performedBy: WebhookPerformer;
  conversationId: string | null;
  /** Whose it is: what is kept of it goes when they are erased. */
  userId: string | null;
  /** Of a note between agents. */
  isNote: boolean;
  data: Record<string, unknown>;
}

/**
 * Where domains hand out what happened, to be told to servers outside. Whoever does keeps a mark in the write that
 * makes it happen until `record` has answered: from then on it is this one's to tell, until it arrives.
 */
export abstract class EventSink {
  /** Does anybody ask for it? Up to two seconds old; true when it cannot be known. */
  abstract isWanted(environmentId: string | null, type: WebhookEventType): Promise<boolean>;
  /** Durable when it answers. In the order in which they are to be told; each once, however often it is recorded. */
  abstract record(events: readonly OutwardEvent[]): Promise<void>;
  /** Forgets what is kept of a user. */
  abstract eraseOfUser(scope: EnvironmentScope, userId: string): Promise<void>;
}
