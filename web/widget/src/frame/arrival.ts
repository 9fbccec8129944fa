import type { Arrival } from '../protocol/messages.js';
import type { SafeStorage } from './storage.js';

const KEPT = 'fast-light-chat:return';

/** For a reload of a page of our own; without the signed part and what was asked for once. */
export function keepArrival(
  storage: SafeStorage,
  { visitorToken: _token, wanted: _wanted, ...kept }: Arrival,
): void {
  storage.setItem(KEPT, JSON.stringify(kept));
}

export function keptArrival(storage: SafeStorage): Arrival | null {
  try {
    return JSON.parse(storage.getItem(KEPT) ?? 'null') as Arrival | null;
  } catch {
    return null;
  }
}
