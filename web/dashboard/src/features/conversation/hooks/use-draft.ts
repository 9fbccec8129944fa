import { useCallback, useEffect, useRef, useState } from 'react';
import { EMPTY_DRAFT, loadDraft, saveDraft, watchDraft, type Draft } from '../../../lib/drafts';

/** Kept per conversation at every keystroke: a crash or a changed mind costs nothing. */
export function useDraft(conversationId: string) {
  const [draft, setDraft] = useState(() => loadDraft(conversationId));
  // Two changes of one moment both count, before either is drawn.
  const newest = useRef(draft);
  const set = useCallback(
    (next: Draft) => {
      newest.current = next;
      saveDraft(conversationId, next);
      setDraft(next);
    },
    [conversationId],
  );
  useEffect(
    () =>
      watchDraft(conversationId, () => {
        // What was sent from another tab must not stand here, to be said again. Files are each tab's own.
        newest.current = { ...loadDraft(conversationId), files: newest.current.files };
        setDraft(newest.current);
      }),
    [conversationId],
  );
  const update = useCallback((change: Partial<Draft>) => set({ ...newest.current, ...change }), [set]);
  /** Nothing of it is kept, but after a note one goes on with notes while one stays: the next line of it is not for the user. */
  const clear = useCallback(() => {
    newest.current = { ...EMPTY_DRAFT, mode: newest.current.mode };
    saveDraft(conversationId, EMPTY_DRAFT);
    setDraft(newest.current);
  }, [conversationId]);
  return { draft, update, clear };
}
