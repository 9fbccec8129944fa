import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { showError, showNotice, showToast } from '../../../components/ui/toast';
import { conversationName } from '../../../lib/conversations/conversation-name';
import {
  applyConversationFacts,
  findAnywhere,
  withNewestVersion,
} from '../../../lib/conversations/conversation-queries';
import { COUNTS_KEY } from '../../../lib/conversations/count-queries';
import { errorText } from '../../../lib/error-text';
import { useSelf } from '../../../lib/self';
import { agentsQuery, teamsQuery } from '../../../lib/tenant-queries';
import type { AgentView, ConversationView } from '../../../lib/wire';
import { changed, sendChange, undoingOf, type Change, type Known, type Outcome } from '../api/bulk-change';

export interface Failure {
  id: string;
  name: string;
  reason: string;
}

/** What did not work, for those who want to know. */
export const useFailureStore = create<{ failures: Failure[] | null }>(() => ({ failures: null }));

/** Changes many at once: seen at once, taken back where it fails, and undone on demand. */
export function useBulkChange() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const self = useSelf();
  const selfId = self.id;
  const [running, setRunning] = useState(0);

  const show = (conversations: ConversationView[]) =>
    applyConversationFacts(
      queries,
      conversations.map((conversation) => ({ type: 'changed', conversation })),
      selfId,
    );

  const perform = async (before: ConversationView[], change: Change): Promise<Outcome[]> => {
    const known = knownIn(queries, self);
    show(before.map((one) => changed(one, change, known)));
    setRunning((count) => count + 1);
    const outcomes = await sendChange(
      before.map(({ id }) => id),
      change,
    );
    setRunning((count) => count - 1);
    const failed = new Set(outcomes.filter(({ error }) => error).map(({ id }) => id));
    show(before.filter(({ id }) => failed.has(id)));
    void queries.invalidateQueries({ queryKey: COUNTS_KEY });
    return outcomes;
  };

  const undo = async (before: ConversationView[], change: Change) => {
    const byId = new Map(before.map((one) => [one.id, one]));
    const outcomes: Outcome[] = [];
    for (const { ids, change: back } of undoingOf(before, change)) {
      const then = (id: string) => withNewestVersion(queries, byId.get(id)!);
      const now = ids.map(
        (id) => findAnywhere(queries, id) ?? changed(then(id), change, knownIn(queries, self)),
      );
      outcomes.push(...(await perform(now, back)));
    }
    if (!tellFailures(before, outcomes)) showToast(t('bulk.undone'));
  };

  /** True when there was something to tell. */
  const tellFailures = (conversations: ConversationView[], outcomes: Outcome[]): boolean => {
    const errors = new Map(outcomes.flatMap(({ id, error }) => (error ? [[id, error] as const] : [])));
    if (errors.size === 0) return false;
    if (conversations.length === 1) {
      showError([...errors.values()][0]);
      return true;
    }
    const failures = conversations
      .filter(({ id }) => errors.has(id))
      .map((one) => ({
        id: one.id,
        name: conversationName(one, selfId, t),
        reason: errorText(errors.get(one.id), t),
      }));
    showNotice(t('bulk.someFailed', { failed: failures.length, count: conversations.length }), {
      label: t('bulk.showFailed'),
      run: () => useFailureStore.setState({ failures }),
    });
    return true;
  };

  const change = async (conversations: ConversationView[], what: Change, told: string) => {
    const outcomes = await perform(conversations, what);
    if (tellFailures(conversations, outcomes)) return;
    showNotice(told, { label: t('bulk.undo'), run: () => void undo(conversations, what) });
  };
  return { change, isBusy: running > 0 };
}

function knownIn(queries: QueryClient, self: AgentView): Known {
  const agents = queries.getQueryData(agentsQuery.queryKey) ?? [self];
  return {
    agents: agents.map(({ id, name, avatarUrl }) => ({ type: 'agent', id, name, avatarUrl })),
    teams: queries.getQueryData(teamsQuery.queryKey) ?? [],
  };
}
