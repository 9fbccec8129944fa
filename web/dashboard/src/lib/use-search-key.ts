import { useEffect, useEffectEvent } from 'react';

/** Ctrl+K or Cmd+K, from anywhere but a dialog: what is half done there would be lost. */
export function useSearchKey(onPress: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const isModified = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    // By position of the key too: with a Korean input method on, the same key says another letter.
    if (!isModified || (event.key.toLowerCase() !== 'k' && event.code !== 'KeyK')) return;
    event.preventDefault();
    if (!document.querySelector('[role="dialog"]')) onPress();
  });
  useEffect(() => {
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
