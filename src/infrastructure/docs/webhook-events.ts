import type { WebhookEventType } from '../../contracts/webhooks.js';

/** What each event that a webhook is told has in its `data`. */
export const WEBHOOK_EVENTS: Record<WebhookEventType, string> = {
  'message.created': '`message` (as in `GET …/messages`), `conversation`',
  'message.updated': '`message` as it is then, `conversation`',
  'conversation.created': '`conversation`',
  'conversation.assigned': '`conversation`, `assignee`: `{ id, name }` or null',
  'conversation.status_changed': '`conversation`, `status`, `previousStatus`, `until`',
  'conversation.rated': '`conversation`, `rating`: `{ score, comment }`',
  'user.created': '`user`',
  'user.updated': '`user`',
  'user.erased': '`user`: `{ id }`, `receiptId`',
  'agent.presence_changed':
    '`agent`: `{ id, name, presence, availability, statusEmoji, statusText }`; best effort',
  'webhook.test': '`webhook`: `{ id, name }`',
};
