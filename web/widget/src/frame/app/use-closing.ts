import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Of something that opens from a button: Escape closes it alone, not the chat; so does a press elsewhere. */
export function useClosing<T extends HTMLElement>(
  isOpen: boolean,
  close: () => void,
  button: RefObject<HTMLElement | null>,
): RefObject<T | null> {
  const place = useRef<T>(null);
  useEffect(() => {
    if (!isOpen) return;
    const elsewhere = (event: Event): void => {
      if (!place.current?.contains(event.target as Node)) close();
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      close();
      button.current?.focus();
    };
    const here = place.current;
    document.addEventListener('pointerdown', elsewhere);
    here?.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', elsewhere);
      here?.removeEventListener('keydown', escape);
    };
  }, [isOpen]);
  return place;
}
