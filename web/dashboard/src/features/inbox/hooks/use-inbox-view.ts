import { useCallback, useDeferredValue } from 'react';
import { useParams, useSearchParams } from 'react-router';
import type { ConversationFilter } from '../../../lib/conversations/conversation-list';
import { useSelf } from '../../../lib/self';

export const INBOX_VIEWS = ['mine', 'unassigned', 'all', 'pending', 'snoozed', 'resolved'] as const;
/** Of conversations. */
export type InboxView = (typeof INBOX_VIEWS)[number];
/** Or of messages that wait to be checked, of whatever conversation. */
export type InboxList = InboxView | 'held';
const DEFAULT_VIEW: InboxView = 'all';

/** Which list is looked at stands in the address: it survives a reload and can be sent to a colleague. */
export function useInboxView() {
  const { view: name } = useParams();
  const [params, setParams] = useSearchParams();
  const selfId = useSelf().id;
  const view = viewOf(name);
  const query = params.get('q') ?? '';
  const deferredQuery = useDeferredValue(query.trim());
  const setQuery = useCallback((q: string) => setParams(q ? { q } : {}, { replace: true }), [setParams]);
  const addressOf = (conversationId?: string) => ({
    pathname: conversationId ? `/inbox/${view}/${conversationId}` : `/inbox/${view}`,
    search: params.toString(),
  });
  const filter = view === 'held' ? null : filterOf(view, selfId, deferredQuery);
  return { view, query, setQuery, filter, addressOf };
}

function viewOf(name: string | undefined): InboxList {
  if (name === 'held') return name;
  return INBOX_VIEWS.find((view) => view === name) ?? DEFAULT_VIEW;
}

function filterOf(view: InboxView, selfId: string, query: string): ConversationFilter {
  const common = { kind: 'support' as const, ...(query && { query }) };
  switch (view) {
    case 'mine':
      return { ...common, status: 'open', assigneeId: selfId };
    case 'unassigned':
      return { ...common, status: 'open', unassigned: true };
    case 'all':
      return { ...common, status: 'open' };
    default:
      return { ...common, status: view };
  }
}
