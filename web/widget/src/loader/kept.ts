/** Apart from what the frame keeps itself when it is of the page's own origin. */
const KEPT = 'kept:';
const OURS = 'fast-light-chat:';

/** A page may have no storage either: then a visitor lasts as long as it does. */
export function quietly<T>(act: () => T): T | undefined {
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

/** Without a plugin key: for all of them. */
export function keptFor(pluginKey = ''): [key: string, value: string][] {
  const prefix = KEPT + keyOf(pluginKey, '');
  const all = quietly(() => Object.entries<string>(localStorage)) ?? [];
  return all.filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(KEPT.length), value]);
}

export function forget(): void {
  for (const [key] of keptFor()) keep(key, null);
}

/** As the frame calls it. */
export function keyOf(pluginKey: string, name: string): string {
  return OURS + (pluginKey && `${pluginKey}:${name}`);
}
