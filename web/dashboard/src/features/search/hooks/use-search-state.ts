import { useCallback } from 'react';
import { useLocation, useSearchParams } from 'react-router';

export const SEARCH_TABS = ['messages', 'users', 'conversations'] as const;
export type SearchTab = (typeof SEARCH_TABS)[number];

/** Names in the address. */
const PARAMS = {
  query: 'q',
  tab: 'in',
  senderId: 'sender',
  conversationId: 'conversation',
  from: 'from',
  to: 'to',
} as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export interface SearchState {
  query: string;
  tab: SearchTab;
  senderId: string;
  conversationId: string;
  /** Days as a date field has them, in local time; both are searched too. */
  from: string;
  to: string;
}

/** What is searched stands in the address: it survives a reload and can be sent to a colleague. */
export function useSearchState() {
  const [params, setParams] = useSearchParams();
  const { state: origin } = useLocation() as { state: unknown };
  const state: SearchState = {
    query: params.get(PARAMS.query) ?? '',
    tab: SEARCH_TABS.find((tab) => tab === params.get(PARAMS.tab)) ?? 'messages',
    senderId: params.get(PARAMS.senderId) ?? '',
    conversationId: params.get(PARAMS.conversationId) ?? '',
    from: dayIn(params.get(PARAMS.from)),
    to: dayIn(params.get(PARAMS.to)),
  };
  const change = useCallback(
    (fields: Partial<SearchState>) =>
      setParams((held) => paramsWith(held, fields), { replace: true, state: origin }),
    [setParams, origin],
  );
  return { state, change };
}

function paramsWith(held: URLSearchParams, fields: Partial<SearchState>): URLSearchParams {
  const params = new URLSearchParams(held);
  for (const [field, value] of Object.entries(fields)) {
    const name = PARAMS[field as keyof SearchState];
    if (value) params.set(name, value);
    else params.delete(name);
  }
  return params;
}

function dayIn(text: string | null): string {
  return text && DAY.test(text) && !Number.isNaN(startOf(text).getTime()) ? text : '';
}

function startOf(day: string): Date {
  return new Date(`${day}T00:00`);
}

/** The moments between which the days lie; the last one counts as a whole. */
export function momentsOf({ from, to }: Pick<SearchState, 'from' | 'to'>): { from?: string; to?: string } {
  const end = to ? startOf(to) : null;
  end?.setDate(end.getDate() + 1);
  return {
    ...(from && { from: startOf(from).toISOString() }),
    ...(end && { to: end.toISOString() }),
  };
}
