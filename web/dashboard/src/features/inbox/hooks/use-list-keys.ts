import { useEffect, useEffectEvent, type RefObject } from 'react';

interface ListKeys {
  ids: string[];
  selectedId: string | undefined;
  scroller: RefObject<HTMLElement | null>;
  reveal: (index: number) => void;
}

const STEP: Record<string, number> = { j: 1, k: -1 };

/** `j` and `k` move through the list from anywhere but a field; Enter then opens, since the row is a link. */
export function useListKeys({ ids, selectedId, scroller, reveal }: ListKeys): void {
  const move = useEffectEvent((event: KeyboardEvent) => {
    // By position of the key: with a Korean input method on, the same key says another letter.
    const step = STEP[event.key] ?? STEP[event.code.replace('Key', '').toLowerCase()];
    if (!step || event.isComposing || event.metaKey || event.ctrlKey || event.altKey) return;
    if (isTyping(event.target)) return;
    event.preventDefault();
    const next = Math.min(ids.length - 1, Math.max(0, currentIndex(ids, selectedId) + step));
    reveal(next);
    requestAnimationFrame(() => rowOf(scroller.current, ids[next])?.focus());
  });
  useEffect(() => {
    window.addEventListener('keydown', move);
    return () => window.removeEventListener('keydown', move);
  }, []);
}

/** The focused row, else the open conversation, else before the first. */
function currentIndex(ids: string[], selectedId: string | undefined): number {
  const focused = document.activeElement?.getAttribute('data-conversation-id');
  return ids.indexOf(focused ?? selectedId ?? '');
}

function rowOf(root: HTMLElement | null, id: string | undefined): HTMLElement | null {
  return id && root ? root.querySelector<HTMLElement>(`[data-conversation-id="${CSS.escape(id)}"]`) : null;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]') !== null
  );
}
