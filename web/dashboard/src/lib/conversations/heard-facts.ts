import type { QueryClient } from '@tanstack/react-query';
import type { ConversationFact } from './conversation-list';

type Changed = Extract<ConversationFact, { type: 'changed' }>;

/** A fact, and what a list takes instead that does not hold its conversation yet. */
export interface ToldFact {
  fact: ConversationFact;
  seed: Changed | null;
  /** Something newer had been heard: it brings its conversation nowhere. */
  isPast: boolean;
}

/** What was told together knows what was told next: whoever keeps one finds all that came since, and what nobody keeps goes. */
export interface Heard {
  facts: readonly ToldFact[];
  selfId: string;
  next: Heard | null;
}

const latest = new WeakMap<QueryClient, Heard>();

export function latestHeard(queries: QueryClient): Heard {
  const known = latest.get(queries) ?? { facts: [], selfId: '', next: null };
  latest.set(queries, known);
  return known;
}

export function hear(queries: QueryClient, facts: readonly ToldFact[], selfId: string): void {
  const heard: Heard = { facts, selfId, next: null };
  latestHeard(queries).next = heard;
  latest.set(queries, heard);
}

/** Applies what was heard since, in its order. */
export function replay<Held>(
  since: Heard,
  held: Held,
  apply: (held: Held, told: ToldFact, selfId: string) => Held,
): Held {
  let result = held;
  for (let heard = since.next; heard; heard = heard.next) {
    const { facts, selfId } = heard;
    result = facts.reduce((current, told) => apply(current, told, selfId), result);
  }
  return result;
}
