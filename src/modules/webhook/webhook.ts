import type { WebhookDisabledReason, WebhookEventType } from '../../contracts/webhooks.js';

/** What can be subscribed to. `webhook.test` comes when somebody asks for it, whatever is subscribed to. */
export const SUBSCRIBABLE = [
  'message.created',
  'message.updated',
  'conversation.created',
  'conversation.assigned',
  'conversation.status_changed',
  'conversation.rated',
  'user.created',
  'user.updated',
  'user.erased',
  'agent.presence_changed',
] as const satisfies readonly WebhookEventType[];

export const EVENT_TYPES: readonly WebhookEventType[] = [...SUBSCRIBABLE, 'webhook.test'];

export const MAX_PER_ENVIRONMENT = 20;
/** How long deliveries are signed with the secrets before as well. */
export const ROTATION_MS = 24 * 3_600_000;
/** So many of them, should several be made within that time. */
export const MAX_PREVIOUS_SECRETS = 3;

export interface Webhook {
  id: string;
  organizationId: string;
  environmentId: string;
  name: string;
  url: string;
  description: string | null;
  /** Empty: all of them. */
  events: WebhookEventType[];
  includesNotes: boolean;
  isBot: boolean;
  /** Sealed. */
  secret: Buffer;
  /** Those before it that still sign, the newest first, sealed together. */
  previousSecrets: Buffer | null;
  previousSecretUntil: Date | null;
  status: 'enabled' | 'disabled';
  disabledReason: WebhookDisabledReason | null;
  failingSince: Date | null;
  /** It was disabled by itself, and those who manage it have not been told yet. */
  noticePending: boolean;
  createdAt: Date;
}

export type WebhookChanges = Partial<Omit<Webhook, 'id' | 'organizationId' | 'environmentId' | 'createdAt'>>;

/** A bot is told what users say, and nothing else. */
export function subscribes({ isBot, events }: Webhook, type: WebhookEventType): boolean {
  if (isBot) return type === 'message.created';
  return events.length === 0 || events.includes(type);
}
