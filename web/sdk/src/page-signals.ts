export interface PageSignals {
  /** The network came back, or the page is looked at again. */
  onWake: () => void;
  /** The device says that there is no network: truer and sooner than any timeout. */
  onOffline: () => void;
  /** The page is hidden or left: the last chance to say something. */
  onHide: () => void;
}

/** Without a DOM it does nothing. Returns the undo. */
export function watchPage(signals: PageSignals): () => void {
  if (typeof document === 'undefined' || typeof window === 'undefined') return () => undefined;
  const onVisibility = (): void =>
    document.visibilityState === 'hidden' ? signals.onHide() : signals.onWake();
  window.addEventListener('online', signals.onWake);
  window.addEventListener('offline', signals.onOffline);
  window.addEventListener('pagehide', signals.onHide);
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    window.removeEventListener('online', signals.onWake);
    window.removeEventListener('offline', signals.onOffline);
    window.removeEventListener('pagehide', signals.onHide);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
