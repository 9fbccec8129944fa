import type { OutwardEvent } from '../../common/events/event-sink.js';
import type { WebhookEvent } from '../../contracts/webhooks.js';

const MAX_BYTES = 20_000;
/** How long a text may be, and how many items a list may have, when all of it is too much. */
const LIMITS: readonly [characters: number, items: number][] = [
  [5_000, 200],
  [3_000, 100],
  [2_000, 50],
  [1_000, 40],
  [500, 40],
  [200, 40],
  [100, 30],
  [40, 30],
];

/** What is sent: everything, or as much of it as a receiver can be expected to take. */
export function bodyOf(event: OutwardEvent): string {
  const whole = write(event, event.data);
  if (fits(whole)) return whole;
  for (const [characters, items] of LIMITS) {
    const data = shorten(event.data, characters, items) as Record<string, unknown>;
    const body = write(event, { ...data, truncated: true });
    if (fits(body)) return body;
  }
  return write(event, { truncated: true });
}

function write(
  { type, at, environmentId, performedBy }: OutwardEvent,
  data: Record<string, unknown>,
): string {
  const event: WebhookEvent = { type, timestamp: at.toISOString(), environmentId, performedBy, data };
  return JSON.stringify(event);
}

function fits(body: string): boolean {
  return Buffer.byteLength(body) < MAX_BYTES;
}

function shorten(value: unknown, characters: number, items: number): unknown {
  if (typeof value === 'string') return cut(value, characters);
  if (Array.isArray(value)) return value.slice(0, items).map((item) => shorten(item, characters, items));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).slice(0, items);
  return Object.fromEntries(entries.map(([key, child]) => [key, shorten(child, characters, items)]));
}

/** Never in the middle of a character. */
function cut(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const start = text.slice(0, characters);
  return start.isWellFormed() ? start : start.slice(0, -1);
}
