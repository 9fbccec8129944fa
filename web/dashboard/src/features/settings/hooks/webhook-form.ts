import { ChatError } from '@fast-light-chat/sdk';
import type { WebhookEventType, WebhookView } from '../../../lib/wire';
import type { WebhookDraft } from '../api/webhook-api';

export interface WebhookForm {
  url: string;
  name: string;
  description: string;
  isEveryEvent: boolean;
  events: WebhookEventType[];
  isBot: boolean;
  includesNotes: boolean;
}

export type WebhookField = 'url' | 'name' | 'description' | 'events';

const FIELDS: readonly WebhookField[] = ['url', 'name', 'description', 'events'];

export function toForm(webhook: WebhookView | undefined): WebhookForm {
  return {
    url: webhook?.url ?? '',
    name: webhook?.name ?? '',
    description: webhook?.description ?? '',
    isEveryEvent: !webhook?.events.length,
    events: webhook?.events ?? [],
    isBot: webhook?.isBot ?? false,
    includesNotes: webhook?.includesNotes ?? false,
  };
}

/** A bot hears what users say, whatever else is ticked: so nothing else is kept. */
export function toDraft({ url, name, description, isEveryEvent, ...form }: WebhookForm): WebhookDraft {
  return {
    url: url.trim(),
    name: name.trim() || undefined,
    description: description.trim() || null,
    events: isEveryEvent || form.isBot ? [] : form.events,
    isBot: form.isBot,
    includesNotes: form.includesNotes && !form.isBot,
  };
}

/** The fields that the server did not take. */
export function refusedFields(error: unknown): WebhookField[] {
  if (!(error instanceof ChatError)) return [];
  if (error.code === 'webhook.url_refused') return ['url'];
  if (error.code !== 'common.validation_failed' || !Array.isArray(error.details)) return [];
  const paths = (error.details as { path?: unknown }[]).map(({ path }) => String(path).split('.')[0]);
  return FIELDS.filter((field) => paths.includes(field));
}
