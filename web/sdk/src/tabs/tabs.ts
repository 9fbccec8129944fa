import type { TabMessage } from './messages.js';

/** What the tabs of a browser have in common. */
export interface Tabs {
  readonly locks: TabLocks;
  openChannel(name: string, onMessage: (message: TabMessage) => void): TabChannel;
  /** `onLeave`: the page is closed, frozen or put aside; `onReturn`: it lives again. Returns the undo. */
  watchLife(signals: { onLeave: () => void; onReturn: () => void }): () => void;
}

export interface TabLocks {
  /** Held until the promise of `hold` ends, or the tab is gone; rejects when aborted or when it was stolen. */
  request(
    name: string,
    options: { signal?: AbortSignal; steal?: boolean },
    hold: () => Promise<void>,
  ): Promise<void>;
}

export interface TabChannel {
  post(message: TabMessage): void;
  close(): void;
}

/** Null where tabs cannot find each other: plain http has no Web Locks. */
export function browserTabs(): Tabs | null {
  if (typeof BroadcastChannel === 'undefined' || !globalThis.navigator?.locks) return null;
  return {
    locks: { request: (name, options, hold) => navigator.locks.request(name, options, hold) },
    openChannel,
    watchLife,
  };
}

function openChannel(name: string, onMessage: (message: TabMessage) => void): TabChannel {
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => onMessage(data as TabMessage);
  return { post: (message) => channel.postMessage(message), close: () => channel.close() };
}

const watchLife: Tabs['watchLife'] = ({ onLeave, onReturn }) => {
  if (typeof document === 'undefined') return () => undefined;
  window.addEventListener('pagehide', onLeave);
  window.addEventListener('pageshow', onReturn);
  document.addEventListener('freeze', onLeave);
  document.addEventListener('resume', onReturn);
  return () => {
    window.removeEventListener('pagehide', onLeave);
    window.removeEventListener('pageshow', onReturn);
    document.removeEventListener('freeze', onLeave);
    document.removeEventListener('resume', onReturn);
  };
};
