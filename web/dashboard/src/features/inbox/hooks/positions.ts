import type { ConversationView } from '../../../lib/wire';

const known = new WeakMap<readonly ConversationView[], Map<string, number>>();

/** Where each stands in the list; made when first asked for, since it may be long. */
export function positionsIn(conversations: readonly ConversationView[]): Map<string, number> {
  const positions = known.get(conversations) ?? new Map(conversations.map(({ id }, index) => [id, index]));
  known.set(conversations, positions);
  return positions;
}
