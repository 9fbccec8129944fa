import { useDeferredValue } from 'react';
import { useSearchParams } from 'react-router';
import type { ConversationFilter } from '../../../lib/conversations/conversation-list';
import { useSelf } from '../../../lib/self';

export const INBOX_VIEWS = ['mine', 'unassigned', 'all', 'pending', 'snoozed', 'resolved'] as const;
export type InboxView = (typeof INBOX_VIEWS)[number];
const DEFAULT_VIEW: InboxView = 'all';

/** Which list is looked at stands in the address: it survives a reload and can be sent to a colleague. */
export function useInboxView() {
  const [params, setParams] = useSearchParams();
  const selfId = useSelf().id;
  const view = viewOf(params.get('view'));
  const query = params.get('q') ?? '';
  const deferredQuery = useDeferredValue(query.trim());
  const setQuery = (text: string) =>
    setParams(
      (held) => {
        const next = new URLSearchParams(held);
        if (text) next.set('q', text);
        else next.delete('q');
        return next;
      },
      { replace: true },
    );
  return { view, query, setQuery, filter: filterOf(view, selfId, deferredQuery), search: params.toString() };
}

function viewOf(name: string | null): InboxView {
  return INBOX_VIEWS.find((view) => view === name) ?? DEFAULT_VIEW;
}

export function filterOf(view: InboxView, selfId: string, query: string): ConversationFilter {
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
