import type { en } from '../../../lib/i18n/en';
import type { WebhookEventType } from '../../../lib/wire';

type EventKey = keyof typeof en.webhooks.event;

/** A dot would lead deeper into the texts. */
export const EVENT_KEYS = {
  'message.created': 'messageCreated',
  'message.updated': 'messageUpdated',
  'conversation.created': 'conversationCreated',
  'conversation.assigned': 'conversationAssigned',
  'conversation.status_changed': 'conversationStatusChanged',
  'conversation.rated': 'conversationRated',
  'user.created': 'userCreated',
  'user.updated': 'userUpdated',
  'user.erased': 'userErased',
  'agent.presence_changed': 'agentPresenceChanged',
  'webhook.test': 'webhookTest',
} as const satisfies Record<WebhookEventType, EventKey>;

export const EVENT_TYPES = Object.keys(EVENT_KEYS) as WebhookEventType[];

/** A test comes when it is asked for, whatever is subscribed to. */
export const SUBSCRIBABLE = EVENT_TYPES.filter((type) => type !== 'webhook.test');
