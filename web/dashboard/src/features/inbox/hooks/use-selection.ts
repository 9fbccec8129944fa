import { useMemo, useState } from 'react';
import type { ConversationView } from '../../../lib/wire';
import { positionsIn } from './positions';

/** Ten requests' worth: more are not changed by one press of a key. */
const MOST = 1_000;

interface Chosen {
  /** Of which list. */
  scope: string;
  ids: ReadonlySet<string>;
  /** Where a range begins. */
  anchor: string | null;
  /** Boxes are shown although nothing is chosen yet. */
  isBegun: boolean;
}

export interface Selection {
  /** In the order of the list; what has left the list meanwhile is not among them. */
  chosen: ConversationView[];
  isActive: boolean;
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  /** All between what was chosen last and this one. */
  extendTo: (id: string) => void;
  selectAll: () => void;
  begin: () => void;
  clear: () => void;
}

/** Another list is another selection. */
export function useSelection(conversations: ConversationView[], scope: string): Selection {
  const nothing: Chosen = { scope, ids: new Set(), anchor: null, isBegun: false };
  const [state, setState] = useState(nothing);
  const held = state.scope === scope ? state : nothing;
  const { ids } = held;
  const chosen = useMemo(() => presentIn(conversations, ids), [conversations, ids]);
  const set = (change: Partial<Chosen>) => setState({ ...held, ...change });
  const choose = (those: ConversationView[]) => {
    const all = those.filter(isSelectable).map(({ id }) => id);
    return new Set([...ids, ...all].slice(0, MOST));
  };
  return {
    chosen,
    isActive: held.isBegun || chosen.length > 0,
    has: (id) => ids.has(id),
    toggle: (id) => {
      const at = positionsIn(conversations).get(id);
      if (at === undefined || !isSelectable(conversations[at]!)) return;
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      set({ ids: next, anchor: id, isBegun: true });
    },
    extendTo: (id) => {
      const positions = positionsIn(conversations);
      const to = positions.get(id) ?? 0;
      const from = positions.get(held.anchor ?? id) ?? to;
      const range = conversations.slice(Math.min(from, to), Math.max(from, to) + 1);
      set({ ids: choose(range), anchor: id, isBegun: true });
    },
    selectAll: () => set({ ids: choose(conversations), isBegun: true }),
    begin: () => set({ isBegun: true }),
    clear: () => setState(nothing),
  };
}

/** Only what users ask is handed on and resolved. */
export function isSelectable({ kind }: ConversationView): boolean {
  return kind === 'support';
}

function presentIn(conversations: ConversationView[], ids: ReadonlySet<string>): ConversationView[] {
  if (ids.size === 0) return [];
  const positions = positionsIn(conversations);
  return [...ids]
    .flatMap((id) => positions.get(id) ?? [])
    .toSorted((a, b) => a - b)
    .map((index) => conversations[index]!);
}
