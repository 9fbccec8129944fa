import { useRef, type KeyboardEvent } from 'react';

const STEP: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** The arrows go from the field into what was found and back; Enter in the field opens the first, Escape returns to it. */
export function useResultKeys(onLeave: () => void) {
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const results = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-result]') ?? [])];
  const focusField = () => {
    field.current?.focus();
    field.current?.select();
  };

  const onFieldKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onLeave();
    else if (event.key === 'Enter') results()[0]?.click();
    else if (event.key === 'ArrowDown') {
      event.preventDefault();
      results()[0]?.focus();
    }
  };
  const onListKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') focusField();
    const step = STEP[event.key];
    const all = results();
    const at = all.findIndex((result) => result === document.activeElement);
    if (!step || at === -1) return;
    event.preventDefault();
    if (at + step < 0) focusField();
    else all[at + step]?.focus();
  };
  return { field, list, focusField, onFieldKey, onListKey };
}
