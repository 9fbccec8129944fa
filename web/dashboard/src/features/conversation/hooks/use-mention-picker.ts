import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../../lib/announcer';
import { isNameLike } from '../../../lib/name-match';
import { isSame, mentionQueryAt, withMention } from './mentions';
import type { Mention } from '../../../lib/drafts';
import { isComposing } from '../../../lib/keys';

/** As many as are taken in at one look; who is further down is found by another letter. */
const MOST_SHOWN = 8;

interface Writing {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  chosen: readonly Mention[];
  candidates: readonly Mention[];
  onChange: (text: string, chosen: Mention[]) => void;
}

/** The list that an `@` opens. The keys are its own while it is open, except for those of an input method. */
export function useMentionPicker({ field, text, chosen, candidates, onChange }: Writing) {
  const { t } = useTranslation();
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  /** Where the `@` stands whose list was closed with Escape, or by leaving. */
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const caretAfter = useRef<number | null>(null);
  const query = mentionQueryAt(text, caret);
  const matches = query ? candidates.filter(({ name }) => isNameLike(name, query.text)) : [];
  const shown = query && query.start !== closedAt ? matches.slice(0, MOST_SHOWN) : [];
  const isOpen = shown.length > 0;
  const current = Math.min(active, shown.length - 1);

  useLayoutEffect(() => {
    if (caretAfter.current === null) return;
    field.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    caretAfter.current = null;
  });
  useEffect(() => {
    if (isOpen) announce(t('mention.offered', { count: shown.length }));
  }, [isOpen, shown.length, t]);

  const moved = (next: number) => {
    setCaret(next);
    if (!query || mentionQueryAt(text, next)?.start !== query.start) setClosedAt(null);
  };
  const write = (next: string, at: number) => {
    setCaret(at);
    setActive(0);
    if (mentionQueryAt(next, at)?.start !== closedAt) setClosedAt(null);
    onChange(next, [...chosen]);
  };
  const choose = (mention: Mention) => {
    if (!query) return;
    const next = withMention(text, query, caret, mention);
    caretAfter.current = next.caret;
    setCaret(next.caret);
    setActive(0);
    field.current?.focus();
    onChange(next.text, [...chosen.filter((one) => !isSame(one, mention)), mention]);
  };
  const close = () => setClosedAt(query?.start ?? null);

  /** True when the key was for the list. */
  const onKey = (event: KeyboardEvent): boolean => {
    if (!isOpen || isComposing(event)) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isChoice = (event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab';
    if (step !== undefined) setActive((current + step + shown.length) % shown.length);
    else if (isChoice) choose(shown[current]!);
    else if (event.key === 'Escape') close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  return { shown, current, isOpen, moved, write, choose, close, onKey };
}
