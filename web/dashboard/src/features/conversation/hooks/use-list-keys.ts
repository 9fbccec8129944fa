import { useState, type KeyboardEvent } from 'react';
import { isComposing } from '../../../lib/keys';

interface List {
  count: number;
  choose: (index: number) => void;
  close: () => void;
}

/** The keys of a list that opens above the text: they are its own while it is open, but for those of an input method. */
export function useListKeys({ count, choose, close }: List) {
  const [active, setActive] = useState(0);
  const current = Math.min(active, count - 1);

  /** True when the key was for the list. */
  const onKey = (event: KeyboardEvent): boolean => {
    if (count === 0 || isComposing(event)) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isChoice = (event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab';
    if (step !== undefined) setActive((current + step + count) % count);
    else if (isChoice) choose(current);
    else if (event.key === 'Escape') close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  return { current, restart: () => setActive(0), onKey };
}
