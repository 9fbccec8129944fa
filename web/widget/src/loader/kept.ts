import type { KnownVisitor } from '../protocol/messages.js';

/** Beside what the frame keeps itself when it is of the page's own origin. */
const KEPT = 'kept:';

/** A page may have no storage either: then a visitor lasts as long as it does. */
function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

export function keep(key: string, value: string | null): void {
  quietly(() =>
    value === null ? localStorage.removeItem(KEPT + key) : localStorage.setItem(KEPT + key, value),
  );
}

export function keptFor(pluginKey: string): [key: string, value: string][] {
  const prefix = KEPT + keyOf(pluginKey, '');
  const all = quietly(() => Object.entries<string>(localStorage)) ?? [];
  return all.filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(KEPT.length), value]);
}

export function forget(pluginKey: string): void {
  for (const [key] of keptFor(pluginKey)) keep(key, null);
}

/** Who has written before hears of an answer without opening the chat: for that there has to be a frame. */
export function hasTalked(pluginKey: string): boolean {
  return Boolean(read(pluginKey, 'talked'));
}

/** Who was here before without writing anything. */
export function visitorToken(pluginKey: string): string | undefined {
  return quietly(() => (JSON.parse(read(pluginKey, 'visitor')!) as KnownVisitor).token);
}

/** Null: a member, whom nobody after them is to be taken for. */
export function keepVisitor(pluginKey: string, visitor: Omit<KnownVisitor, 'settings'> | null): void {
  keep(keyOf(pluginKey, 'visitor'), visitor && JSON.stringify(visitor));
}

function read(pluginKey: string, name: string): string | null | undefined {
  return quietly(() => localStorage.getItem(KEPT + keyOf(pluginKey, name)));
}

/** As the frame calls them. */
function keyOf(pluginKey: string, name: string): string {
  return `fast-light-chat:${pluginKey}:${name}`;
}
