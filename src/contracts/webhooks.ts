import type { ConversationKind, ConversationPriority, ConversationStatus } from './chat.js';
import type { IsoTime, PresenceStatus } from './common.js';
import type { Availability } from './tenants.js';
import type { UserIdentity, UserProfile } from './users.js';

export type WebhookEventType =
  | 'message.created'
  | 'message.updated'
  | 'conversation.created'
  | 'conversation.assigned'
  | 'conversation.status_changed'
  | 'conversation.rated'
  | 'user.created'
  | 'user.updated'
  | 'user.erased'
  | 'agent.presence_changed'
  /** Asked for by hand, to see whether it arrives. */
  | 'webhook.test';

/** `gone`: it answered 410. `failing`: nothing arrived for three days. */
export type WebhookDisabledReason = 'manual' | 'gone' | 'failing';

export interface WebhookView {
  id: string;
  environmentId: string;
  /** Also the name under which a bot answers. */
  name: string;
  url: string;
  description: string | null;
  /** Empty: all of them. */
  events: WebhookEventType[];
  /** Is told what users say, and may answer. */
  isBot: boolean;
  /** Is told notes between agents too. */
  includesNotes: boolean;
  status: 'enabled' | 'disabled';
  disabledReason: WebhookDisabledReason | null;
  /** Since then nothing has arrived. */
  failingSince: IsoTime | null;
  /** Until then deliveries are signed with the secret before as well. */
  previousSecretUntil: IsoTime | null;
  createdAt: IsoTime;
}

/** Answered once, when it is made; the secret cannot be read again. */
export interface CreatedWebhookView extends WebhookView {
  secret: string;
}

/**
 * Who did it. A `bot` is a key of the company's own, or a webhook that answers as one; `system`: it came about by
 * itself.
 */
export interface WebhookPerformer {
  type: 'user' | 'agent' | 'bot' | 'system';
  id: string;
  name: string;
}

/** Where something happened. */
export interface WebhookConversation {
  id: string;
  kind: ConversationKind;
  status: ConversationStatus;
  subject: string | null;
  user: { id: string; name: string } | null;
  assigneeId: string | null;
  teamId: string | null;
  priority: ConversationPriority;
  tags: string[];
  metadata: Record<string, unknown>;
  traceId: string;
  createdAt: IsoTime;
}

/** As the company's own servers are told of a user. */
export interface WebhookUser {
  id: string;
  memberId: string | null;
  identity: UserIdentity;
  profile: UserProfile;
  tags: string[];
  language: string | null;
  blockedAt: IsoTime | null;
  consentedAt: IsoTime | null;
  createdAt: IsoTime;
}

/** As the company's own servers are told of an agent. */
export interface WebhookAgent {
  id: string;
  name: string;
  presence: PresenceStatus;
  availability: Availability;
  statusEmoji: string | null;
  statusText: string | null;
}

/** What is posted to a webhook. `data` depends on the type. */
export interface WebhookEvent {
  type: WebhookEventType;
  /** When it happened. */
  timestamp: IsoTime;
  environmentId: string;
  performedBy: WebhookPerformer;
  /** With `truncated: true` where it was too long to be sent whole. */
  data: Record<string, unknown>;
}

export type DeliveryState = 'pending' | 'delivered' | 'failed';

export interface DeliveryAttemptView {
  at: IsoTime;
  /** Of the answer; `null` when none came. */
  status: number | null;
  /** Why it did not arrive; `null` when it did. */
  error: string | null;
  durationMs: number;
  /** The beginning of the answer. */
  response: string | null;
}

export interface WebhookDeliveryView {
  /** The `webhook-id` under which it is sent. */
  id: string;
  type: WebhookEventType;
  state: DeliveryState;
  /** The newest 20, oldest first. */
  attempts: DeliveryAttemptView[];
  nextAttemptAt: IsoTime | null;
  createdAt: IsoTime;
}

export interface WebhookDeliveryDetailView extends WebhookDeliveryView {
  /** What was or will be sent, to the letter. */
  body: string;
}
