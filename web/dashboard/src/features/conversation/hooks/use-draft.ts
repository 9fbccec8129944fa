import { useCallback, useState } from 'react';
import { EMPTY_DRAFT, loadDraft, saveDraft, type Draft } from '../../../lib/drafts';

/** Kept per conversation at every keystroke: a crash or a changed mind costs nothing. */
export function useDraft(conversationId: string) {
  const [draft, setDraft] = useState(() => loadDraft(conversationId));
  const update = useCallback(
    (change: Partial<Draft>) =>
      setDraft((held) => {
        const next = { ...held, ...change };
        saveDraft(conversationId, next);
        return next;
      }),
    [conversationId],
  );
  const clear = useCallback(() => {
    saveDraft(conversationId, EMPTY_DRAFT);
    setDraft(EMPTY_DRAFT);
  }, [conversationId]);
  return { draft, update, clear };
}
