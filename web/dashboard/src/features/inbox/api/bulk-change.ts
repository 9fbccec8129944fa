import { ChatError } from '@fast-light-chat/sdk';
import { api } from '../../../lib/api';
import { tagsAfter } from '../../../lib/tags';
import type { BulkChangeBody, BulkChangeResult, ConversationView, PersonView } from '../../../lib/wire';

export type Change = Omit<BulkChangeBody, 'ids'>;

/** What the route takes at once. */
const AT_ONCE = 100;

export interface Outcome {
  id: string;
  /** Null: it worked. */
  error: ChatError | null;
}

/** Answers for each; a request that fails as a whole fails for all that it was about. */
export async function sendChange(ids: readonly string[], change: Change): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE)
    outcomes.push(...(await sendSome(ids.slice(from, from + AT_ONCE), change)));
  return outcomes;
}

async function sendSome(ids: string[], change: Change): Promise<Outcome[]> {
  try {
    const body: BulkChangeBody = { ids, ...change };
    const { items } = await api.request<BulkChangeResult>('POST', '/v1/conversations/bulk', { body });
    return items.map(({ id, ok, error }) => ({
      id,
      error: ok ? null : new ChatError(error ?? { code: 'client.unexpected_answer' }),
    }));
  } catch (thrown) {
    const error = thrown instanceof ChatError ? thrown : new ChatError({ code: 'client.offline' });
    return ids.map((id) => ({ id, error }));
  }
}

/** Names for the ids of a change, for showing it before it is done. */
export interface Known {
  agents: readonly PersonView[];
  teams: readonly { id: string; name: string }[];
}

/** How it will look: shown at once, and taken back if it fails. */
export function changed(conversation: ConversationView, change: Change, known: Known): ConversationView {
  const { status, until, assigneeId, teamId, priority } = change;
  return {
    ...conversation,
    tags: tagsAfter(conversation.tags, change),
    ...(priority && { priority }),
    ...(teamId !== undefined && { team: known.teams.find(({ id }) => id === teamId) ?? null }),
    ...(assigneeId !== undefined && { assignee: known.agents.find(({ id }) => id === assigneeId) ?? null }),
    ...(status && { status, snoozedUntil: status === 'snoozed' ? (until ?? null) : null }),
  };
}

export interface Undoing {
  ids: string[];
  change: Change;
}

/** What makes them as they were before, those with the same past together. */
export function undoingOf(before: readonly ConversationView[], change: Change): Undoing[] {
  const groups = new Map<string, Undoing>();
  for (const conversation of before) {
    const undoing = pastOf(conversation, change);
    const key = JSON.stringify(undoing);
    const group = groups.get(key) ?? { ids: [], change: undoing };
    groups.set(key, { ...group, ids: [...group.ids, conversation.id] });
  }
  return [...groups.values()].filter((group) => Object.keys(group.change).length > 0);
}

function pastOf(conversation: ConversationView, change: Change): Change {
  const { status, snoozedUntil, assignee, team, tags, priority } = conversation;
  const added = (change.addTags ?? []).filter((tag) => !tags.includes(tag));
  const removed = (change.removeTags ?? []).filter((tag) => tags.includes(tag));
  return {
    ...(change.status && { status, ...(snoozedUntil && { until: snoozedUntil }) }),
    ...(change.assigneeId !== undefined && { assigneeId: assignee?.id ?? null }),
    ...(change.teamId !== undefined && { teamId: team?.id ?? null }),
    ...(change.priority && { priority }),
    ...(removed.length > 0 && { addTags: removed }),
    ...(added.length > 0 && { removeTags: added }),
  };
}
