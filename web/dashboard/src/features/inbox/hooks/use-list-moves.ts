import { useEffect, useRef, type RefObject } from 'react';
import { useCommands } from '../../../lib/commands';
import type { ConversationView } from '../../../lib/wire';
import { positionsIn } from './positions';

interface ListMoves {
  conversations: ConversationView[];
  selectedId: string | undefined;
  scroller: RefObject<HTMLElement | null>;
  reveal: (index: number) => void;
}

/** A row that was far away is drawn within so many frames. */
const FRAMES = 8;

/** Keys move the focus from row to row; Enter then opens, since the row is a link. */
export function useListMoves({ conversations, selectedId, scroller, reveal }: ListMoves): void {
  /** The row that had the focus last, and where it stood. */
  const last = useRef<Row | null>(null);
  const focusAt = (index: number) => {
    const at = Math.min(conversations.length - 1, Math.max(0, index));
    const id = conversations[at]?.id;
    if (id === undefined) return;
    last.current = { id, index: at };
    reveal(at);
    focusSoon(() => rowOf(scroller.current, id), FRAMES);
  };
  const move = (step: number) => {
    const current = focusedRow()?.index ?? positionsIn(conversations).get(selectedId ?? '');
    if (current !== undefined) focusAt(current + step);
    // What was there has left the list: the next one has taken its place.
    else focusAt(last.current ? last.current.index + Math.min(step, 0) : 0);
  };
  useCommands({ nextConversation: () => move(1), previousConversation: () => move(-1) });

  useEffect(() => {
    last.current = focusedRow() ?? last.current;
  });
  useEffect(() => {
    const held = last.current;
    if (!held || document.activeElement !== document.body || conversations.length === 0) return;
    if (conversations.some(({ id }) => id === held.id)) return;
    // Resolved by key, it is gone: one goes on with what stands there now.
    const index = Math.min(held.index, conversations.length - 1);
    const { id } = conversations[index]!;
    last.current = { id, index };
    focusSoon(() => rowOf(scroller.current, id), FRAMES);
  }, [conversations, scroller]);
}

interface Row {
  id: string;
  index: number;
}

/** The row that has the focus, or in which something has it. */
function focusedRow(): Row | null {
  const row = document.activeElement?.closest<HTMLElement>('[data-row-id]');
  return row ? { id: row.dataset.rowId!, index: Number(row.dataset.rowIndex) } : null;
}

export function focusedConversationId(): string | null {
  return focusedRow()?.id ?? null;
}

/** At once where it can be: the next key is meant for this row already. */
function focusSoon(find: () => HTMLElement | null, frames: number): void {
  const row = find();
  if (row) row.focus();
  else if (frames > 0) requestAnimationFrame(() => focusSoon(find, frames - 1));
}

function rowOf(root: HTMLElement | null, id: string): HTMLElement | null {
  return root?.querySelector<HTMLElement>(`[data-conversation-id="${CSS.escape(id)}"]`) ?? null;
}
