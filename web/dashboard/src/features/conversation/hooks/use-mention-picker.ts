import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../../lib/announcer';
import { isNameLike } from '../../../lib/name-match';
import { isSame, mentionQueryAt, withMention } from './mentions';
import type { Mention } from '../../../lib/drafts';
import { useListKeys } from './use-list-keys';

/** As many as are taken in at one look; who is further down is found by another letter. */
const MOST_SHOWN = 8;

interface Writing {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  chosen: readonly Mention[];
  candidates: readonly Mention[];
  onChange: (text: string, chosen: Mention[]) => void;
}

/** The list that an `@` opens. */
export function useMentionPicker({ field, text, chosen, candidates, onChange }: Writing) {
  const { t } = useTranslation();
  const [caret, setCaret] = useState(0);
  /** Where the `@` stands whose list was closed with Escape, or by leaving. */
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const caretAfter = useRef<number | null>(null);
  const query = mentionQueryAt(text, caret);
  const matches = query ? candidates.filter(({ name }) => isNameLike(name, query.text)) : [];
  const shown = query && query.start !== closedAt ? matches.slice(0, MOST_SHOWN) : [];
  const isOpen = shown.length > 0;

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
    keys.restart();
    if (mentionQueryAt(next, at)?.start !== closedAt) setClosedAt(null);
    onChange(next, [...chosen]);
  };
  const choose = (mention: Mention) => {
    if (!query) return;
    const next = withMention(text, query, caret, mention);
    caretAfter.current = next.caret;
    setCaret(next.caret);
    keys.restart();
    field.current?.focus();
    onChange(next.text, [...chosen.filter((one) => !isSame(one, mention)), mention]);
  };
  const close = () => setClosedAt(query?.start ?? null);

  const keys = useListKeys({ count: shown.length, choose: (index) => choose(shown[index]!), close });

  return { shown, current: keys.current, isOpen, moved, write, choose, close, onKey: keys.onKey };
}
