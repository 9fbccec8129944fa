import type { ConversationFilter } from '../../../lib/conversations/conversation-list';
import type { ConversationPriority, SavedViewFilter } from '../../../lib/wire';

export const INBOX_VIEWS = [
  'mine',
  'unassigned',
  'all',
  'mentions',
  'pending',
  'snoozed',
  'resolved',
] as const;
/** Of conversations. */
export type InboxView = (typeof INBOX_VIEWS)[number];
/** Or of messages that wait to be checked, of whatever conversation. */
export type InboxList = InboxView | 'held';
const DEFAULT_VIEW: InboxView = 'all';

export const PRIORITIES: readonly ConversationPriority[] = ['urgent', 'high', 'normal', 'low'];

/** What a view is narrowed to; empty: not by this. */
export interface Narrowing {
  query: string;
  teamId: string;
  tag: string;
  priority: string;
  /** `me`: whoever looks. */
  assigneeId: string;
  environmentId: string;
}

/** Names in the address. */
const PARAMS: Record<keyof Narrowing, string> = {
  query: 'q',
  teamId: 'team',
  tag: 'tag',
  priority: 'priority',
  assigneeId: 'assignee',
  environmentId: 'environment',
};
const SAVED_PARAM = 'saved';
const FIELDS = Object.keys(PARAMS) as (keyof Narrowing)[];
/** Those that are shown as chips; the text stands in its field. */
export const CHIP_FIELDS = FIELDS.filter((field) => field !== 'query');
export const NOT_NARROWED: Narrowing = {
  query: '',
  teamId: '',
  tag: '',
  priority: '',
  assigneeId: '',
  environmentId: '',
};

export function viewOf(name: string | undefined): InboxList {
  if (name === 'held') return name;
  return INBOX_VIEWS.find((view) => view === name) ?? DEFAULT_VIEW;
}

/** Who is mentioned is asked for as a whole, and messages are no conversations. */
export function canNarrow(view: InboxList): view is Exclude<InboxView, 'mentions'> {
  return view !== 'held' && view !== 'mentions';
}

export function narrowingIn(params: URLSearchParams): Narrowing {
  const entries = FIELDS.map((field) => [field, params.get(PARAMS[field]) ?? ''] as const);
  const narrowing = Object.fromEntries(entries) as unknown as Narrowing;
  const isKnown = PRIORITIES.some((priority) => priority === narrowing.priority);
  return { ...narrowing, priority: isKnown ? narrowing.priority : '' };
}

export function savedIdIn(params: URLSearchParams): string | null {
  return params.get(SAVED_PARAM);
}

export function searchOf(narrowing: Partial<Narrowing>, savedId?: string | null): string {
  const params = new URLSearchParams();
  for (const field of FIELDS) if (narrowing[field]) params.set(PARAMS[field], narrowing[field]);
  if (savedId) params.set(SAVED_PARAM, savedId);
  return params.toString();
}

export function filterOf(view: InboxView, narrowing: Narrowing, selfId: string): ConversationFilter {
  const { query, assigneeId, ...others } = narrowing;
  const text = query.trim() && { query: query.trim() };
  if (view === 'mentions') return { mentioned: true, ...text };
  const narrowed = { ...withoutEmpty(others), ...text };
  const common = { kind: 'support', ...narrowed } as ConversationFilter;
  switch (view) {
    case 'mine':
      return { ...common, status: 'open', assigneeId: selfId };
    case 'unassigned':
      return { ...common, status: 'open', unassigned: true };
    case 'all':
      return { ...common, status: 'open', ...ofAssignee(assigneeId, selfId) };
    default:
      return { ...common, status: view, ...ofAssignee(assigneeId, selfId) };
  }
}

function ofAssignee(assigneeId: string, selfId: string): ConversationFilter {
  return assigneeId ? { assigneeId: assigneeId === 'me' ? selfId : assigneeId } : {};
}

function withoutEmpty(fields: Partial<Narrowing>): Partial<Narrowing> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

/** As the server keeps it. */
export function savedFilterOf(view: InboxView, narrowing: Narrowing): SavedViewFilter {
  const { assigneeId, query, ...others } = narrowing;
  const narrowed = withoutEmpty({ ...others, query: query.trim() }) as SavedViewFilter;
  switch (view) {
    case 'mine':
      return { status: 'open', assigneeId: 'me', ...narrowed };
    case 'unassigned':
      return { status: 'open', unassigned: true, ...narrowed };
    case 'all':
    case 'mentions':
      return { status: 'open', ...narrowed, ...(assigneeId && { assigneeId }) };
    default:
      return { status: view, ...narrowed, ...(assigneeId && { assigneeId }) };
  }
}

/** Where a saved filter leads: the view it belongs to, and what that is narrowed to. */
export function placeOfSaved(filter: SavedViewFilter): { view: InboxView; narrowing: Narrowing } {
  const { status = 'open', unassigned, assigneeId = '', ...others } = filter;
  const narrowing = { ...NOT_NARROWED, ...others, assigneeId };
  if (status !== 'open') return { view: status, narrowing };
  if (unassigned) return { view: 'unassigned', narrowing };
  if (assigneeId === 'me') return { view: 'mine', narrowing: { ...narrowing, assigneeId: '' } };
  return { view: 'all', narrowing };
}

export function isSameSearch(a: SavedViewFilter, b: SavedViewFilter): boolean {
  const told = (filter: SavedViewFilter) => {
    const { view, narrowing } = placeOfSaved(filter);
    return `${view}?${searchOf(narrowing)}`;
  };
  return told(a) === told(b);
}
