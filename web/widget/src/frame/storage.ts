/** The frame's own storage. A browser may block it in third-party frames; then this page view has to do. */
export interface SafeStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Whether it is blocked shows only when it is used. */
export function isBlocked(open: () => Storage = () => localStorage): boolean {
  try {
    open().getItem('');
    return false;
  } catch {
    return true;
  }
}

/** Kept by the page around: what its loader has to know, and all where the browser blocks ours. */
export function createPageStorage(
  kept: readonly [key: string, value: string][],
  keep: (key: string, value: string | null) => void,
): SafeStorage {
  const items = new Map(kept);
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem(key, value) {
      if (items.get(key) === value) return;
      items.set(key, value);
      keep(key, value);
    },
    removeItem(key) {
      if (items.delete(key)) keep(key, null);
    },
  };
}

export function createSafeStorage(open: () => Storage = () => localStorage): SafeStorage {
  const fallback = new Map<string, string>();
  const attempt = <T>(act: (storage: Storage) => T, otherwise: () => T): T => {
    try {
      return act(open());
    } catch {
      return otherwise();
    }
  };
  return {
    getItem: (key) =>
      attempt(
        (storage) => storage.getItem(key),
        () => null,
      ) ??
      fallback.get(key) ??
      null,
    setItem: (key, value) =>
      attempt(
        (storage) => storage.setItem(key, value),
        () => void fallback.set(key, value),
      ),
    removeItem(key) {
      fallback.delete(key);
      attempt(
        (storage) => storage.removeItem(key),
        () => undefined,
      );
    },
  };
}
