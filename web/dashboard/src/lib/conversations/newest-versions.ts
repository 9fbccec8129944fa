import type { QueryClient } from '@tanstack/react-query';
import type { ConversationView } from '../wire';

export type ConversationVersion = Pick<ConversationView, 'headSeq' | 'updatedAt'>;

/** What was heard of longer ago is not overtaken any more. */
const REMEMBERED = 2_000;

const newest = new WeakMap<QueryClient, Map<string, ConversationVersion>>();

/** As far as was heard, also of what no list holds any longer. */
export function newestVersion(queries: QueryClient, id: string): ConversationVersion | undefined {
  return newest.get(queries)?.get(id);
}

export function noteVersion(queries: QueryClient, { id, headSeq, updatedAt }: ConversationView): void {
  const versions = newest.get(queries) ?? new Map<string, ConversationVersion>();
  newest.set(queries, versions);
  versions.delete(id);
  versions.set(id, { headSeq, updatedAt });
  for (const oldest of versions.keys()) {
    if (versions.size <= REMEMBERED) return;
    versions.delete(oldest);
  }
}
