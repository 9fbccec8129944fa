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

/** Undefined on most pages: most browsers let the frame keep things itself. */
export function keptFor(pluginKey: string): [key: string, value: string][] | undefined {
  const prefix = `${KEPT}fast-light-chat:${pluginKey}:`;
  const kept = quietly(() => Object.entries<string>(localStorage))?.filter(([key]) => key.startsWith(prefix));
  return kept?.length ? kept.map(([key, value]) => [key.slice(KEPT.length), value]) : undefined;
}

export function forget(pluginKey: string): void {
  for (const [key] of keptFor(pluginKey) ?? []) keep(key, null);
}
