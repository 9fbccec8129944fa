import type { PageInfo } from '../protocol/messages.js';

/** The title of a new page is often set a moment after its address. */
const SETTLES_MS = 300;

export interface PageWatch {
  /** Instead of its title; null: that again. */
  name: (page: string | null) => void;
  /** What it is now, of which there will be no other word. */
  tell: () => PageInfo;
  stop: () => void;
}

/** Where the visitor is, in pages that change their address without being loaded again too. */
export function watchPage(named: string | null, onChange: (page: PageInfo) => void): PageWatch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = '';

  /** Its title may change while it remains the same. */
  const current = (): string => location.href + (named ?? '');
  const tell = (): PageInfo => {
    told = current();
    return { url: location.href, title: named ?? document.title };
  };
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => current() !== told && onChange(tell()), SETTLES_MS);
  };
  const unpatch = (['pushState', 'replaceState'] as const).map((name) => patch(name, changed));
  addEventListener('popstate', changed);

  return {
    name: (page) => {
      named = page;
      changed();
    },
    tell,
    stop: () => {
      clearTimeout(timer);
      removeEventListener('popstate', changed);
      unpatch.forEach((undo) => undo());
    },
  };
}

/** No browser of every age has an event for it. What others have put on top of it since stays, and goes through. */
function patch(name: 'pushState' | 'replaceState', changed: () => void): () => void {
  const methods = history as unknown as { [name: string]: (...args: never[]) => void };
  const original = methods[name]!;
  let isOn = true;
  const patched = (...args: never[]): void => {
    original.apply(history, args);
    if (isOn) changed();
  };
  methods[name] = patched;
  return () => {
    isOn = false;
    if (methods[name] !== patched) return;
    delete methods[name];
    if (methods[name] !== original) methods[name] = original;
  };
}
