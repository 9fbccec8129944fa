import {
  infiniteQueryOptions,
  partialMatchKey,
  queryOptions,
  replaceEqualDeep,
  type Query,
  type QueryClient,
  type QueryState,
  type SetDataOptions,
} from '@tanstack/react-query';
import { api } from '../api';
import { askAnew } from '../query-client';
import type { ConversationView, Page, PersonView } from '../wire';
import {
  allConversations,
  findConversation,
  isOlder,
  mergeConversation,
  reduceConversationPages,
  withOwnMute,
  withoutRepeats,
  withPerson,
  type ConversationFact,
  type ConversationFilter,
  type ConversationPages,
} from './conversation-list';
import { COUNTS_KEY } from './count-queries';
import { hear, latestHeard, replay, type Heard, type ToldFact } from './heard-facts';
import { newestVersion, noteVersion } from './newest-versions';

const ROOT = 'conversations';
export const CONVERSATIONS_KEY = [ROOT] as const;
const LISTS_KEY = [ROOT, 'list'] as const;
const ONES_KEY = [ROOT, 'one'] as const;
const PAGE_SIZE = 50;

export function conversationListQuery(filter: ConversationFilter) {
  return infiniteQueryOptions({
    queryKey: [...LISTS_KEY, filter] as const,
    queryFn: ({ client, pageParam, signal }) =>
      read(client, () =>
        api.request<Page<ConversationView>>('GET', '/v1/conversations', {
          query: { ...filter, limit: PAGE_SIZE, cursor: pageParam },
          signal,
        }),
      ),
    structuralSharing: (held, next) =>
      settleList(held as ConversationPages | undefined, next as ConversationPages, filter),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<ConversationView>) => page.nextCursor,
  });
}

/** Answers as they came from the server, each with what had been heard when it was asked for. */
const justRead = new WeakMap<object, Heard>();

async function read<Answer extends object>(
  queries: QueryClient,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const heard = latestHeard(queries);
  const answer = await ask();
  justRead.set(answer, heard);
  return answer;
}

/**
 * What was heard while a list was read is in none of its new pages, nor in the old ones as they were when it began.
 * What facts change shares all else by itself; to compare every row would cost more than the change.
 */
function settleList(
  held: ConversationPages | undefined,
  next: ConversationPages,
  filter: ConversationFilter,
): ConversationPages {
  const isJustRead = (page: Page<ConversationView>) => justRead.has(page);
  const first = next.pages.find(isJustRead);
  const since = first && justRead.get(first);
  if (!since) return next;
  const pages = next.pages.map((page, index) => (isJustRead(page) ? page : (held?.pages[index] ?? page)));
  const whole = withoutRepeats({ ...next, pages }, isJustRead);
  next.pages.forEach((page) => justRead.delete(page));
  return replaceEqualDeep(
    held,
    replay(since, whole, (list, told, selfId) => withTold(list, filter, told, selfId)),
  );
}

export function conversationQuery(id: string) {
  return queryOptions({
    queryKey: [...ONES_KEY, id] as const,
    queryFn: ({ client, signal }) =>
      read(client, () => api.request<ConversationView>('GET', `/v1/conversations/${id}`, { signal })),
    structuralSharing: (held, next) => replaceEqualDeep(held, settleOne(next as ConversationView)),
  });
}

function settleOne(next: ConversationView): ConversationView {
  const since = justRead.get(next);
  justRead.delete(next);
  if (!since) return next;
  return replay(since, next, (held, { fact }, selfId) => {
    if (fact.type === 'renamed') return withPerson(held, fact.person);
    const isOfIt = fact.type === 'changed' && fact.conversation.id === held.id;
    return isOfIt ? withIncoming(held, fact.conversation, selfId) : held;
  });
}

/** One's own doing, at once into every list and into the conversation itself. */
export function applyConversationFact(queries: QueryClient, fact: ConversationFact, selfId: string): void {
  if (isCounted(queries, fact)) void queries.invalidateQueries({ queryKey: COUNTS_KEY });
  applyConversationFacts(queries, [fact], selfId);
}

/** However many they are, each list changes once. */
export function applyConversationFacts(
  queries: QueryClient,
  facts: readonly ConversationFact[],
  selfId: string,
): void {
  const told = facts.map((fact) => withKnown(queries, fact, selfId));
  hear(queries, told, selfId);
  for (const { queryKey, state } of listsIn(queries)) {
    const filter = queryKey[2] as ConversationFilter;
    const held = state.data as ConversationPages | undefined;
    const next = held && told.reduce((pages, one) => withTold(pages, filter, one, selfId), held);
    if (next !== held) queries.setQueryData(queryKey, next, ageOf(state));
  }
  for (const fact of facts) {
    if (fact.type === 'changed') updateOne(queries, fact.conversation, selfId);
    if (fact.type === 'removed') queries.removeQueries({ queryKey: [...ONES_KEY, fact.conversationId] });
    if (fact.type === 'renamed') renameInOnes(queries, fact.person);
  }
}

/** A fact is no answer to what was to be asked anew: that stays old until it is asked. */
function ageOf({ isInvalidated, dataUpdatedAt }: QueryState<unknown>): SetDataOptions {
  return { updatedAt: isInvalidated || dataUpdatedAt === 0 ? 0 : Date.now() };
}

function withTold(
  held: ConversationPages,
  filter: ConversationFilter,
  { fact, seed, isPast }: ToldFact,
  selfId: string,
): ConversationPages {
  const isNew = fact.type === 'changed' && !findConversation(held, fact.conversation.id);
  if (isNew && isPast) return held;
  return reduceConversationPages(held, filter, isNew && seed ? seed : fact, selfId);
}

/** A list that gets a conversation from another one gets what was known of it there: nobody has to ask. */
function withKnown(queries: QueryClient, fact: ConversationFact, selfId: string): ToldFact {
  if (fact.type !== 'changed') return { fact, seed: null, isPast: false };
  const { conversation } = fact;
  const known = findAnywhere(queries, conversation.id);
  const newest = newestVersion(queries, conversation.id);
  const isPast = [known, newest].some((one) => one && isOlder(conversation, one));
  if (isPast) return { fact, seed: null, isPast };
  noteVersion(queries, conversation);
  const seed = known ? { ...fact, conversation: mergeConversation(known, conversation, selfId) } : null;
  return { fact, seed, isPast };
}

/** For what one shows by oneself: it is about what was heard last, and not overtaken by it. */
export function withNewestVersion(queries: QueryClient, conversation: ConversationView): ConversationView {
  return { ...conversation, ...newestVersion(queries, conversation.id) };
}

/** Does it stand elsewhere than before, as far as is known here? Only then is there something to count anew. */
export function isCounted(queries: QueryClient, fact: ConversationFact): boolean {
  if (fact.type !== 'changed') return fact.type === 'removed';
  if (fact.conversation.kind !== 'support') return false;
  const known = findAnywhere(queries, fact.conversation.id);
  return !known || standingOf(known) !== standingOf(fact.conversation);
}

function standingOf({ status, assignee, team, tags }: ConversationView): string {
  return JSON.stringify([status, assignee?.id, team?.id, tags.toSorted()]);
}

/** As one of the lists has it. */
export function findAnywhere(queries: QueryClient, id: string): ConversationView | undefined {
  for (const { state } of listsIn(queries)) {
    const pages = state.data as ConversationPages | undefined;
    const held = pages && findConversation(pages, id);
    if (held) return held;
  }
  return undefined;
}

function listsIn(queries: QueryClient) {
  return queries.getQueryCache().findAll({ queryKey: LISTS_KEY });
}

function updateOne(queries: QueryClient, incoming: ConversationView, selfId: string): void {
  const { queryKey } = conversationQuery(incoming.id);
  const state = queries.getQueryState(queryKey);
  if (!state?.data) return;
  queries.setQueryData(queryKey, withIncoming(state.data, incoming, selfId), ageOf(state));
}

function renameInOnes(queries: QueryClient, person: PersonView): void {
  for (const { queryKey, state } of queries.getQueryCache().findAll({ queryKey: ONES_KEY })) {
    const held = state.data as ConversationView | undefined;
    const next = held && withPerson(held, person);
    if (next !== held) queries.setQueryData(queryKey, next, ageOf(state));
  }
}

function withIncoming(held: ConversationView, incoming: ConversationView, selfId: string): ConversationView {
  return isOlder(incoming, held) ? withOwnMute(held, incoming) : mergeConversation(held, incoming, selfId);
}

/** Lists that got a conversation of which one's own unread count is not known. */
export function isUnreadUnknown(queries: QueryClient, conversationId: string): boolean {
  return listsIn(queries)
    .map((query) => query.state.data as ConversationPages | undefined)
    .some((pages) => pages && isHeldWithoutUnread(pages, conversationId));
}

/** Those of a list that it got from events alone, if it is one. */
export function unreadUnknownIn({ queryKey, state }: Query): string[] {
  if (!partialMatchKey(queryKey, LISTS_KEY)) return [];
  const conversations = allConversations(state.data as ConversationPages | undefined);
  return conversations.filter(({ unread }) => unread === undefined).map(({ id }) => id);
}

function isHeldWithoutUnread(pages: ConversationPages, conversationId: string): boolean {
  const held = findConversation(pages, conversationId);
  return held !== undefined && held.unread === undefined;
}

/** What is far down is read again when somebody goes there: else a list would be read by a thousand requests. */
const KEPT_PAGES = 10;

/** Asks anew for all that is in view. */
export function refreshConversations(queries: QueryClient): Promise<void> {
  for (const { queryKey } of listsIn(queries)) {
    queries.setQueryData<ConversationPages>(queryKey, (held) => held && withoutTail(held));
  }
  return askAnew(queries, { queryKey: CONVERSATIONS_KEY });
}

function withoutTail(held: ConversationPages): ConversationPages {
  if (held.pages.length <= KEPT_PAGES) return held;
  return { pages: held.pages.slice(0, KEPT_PAGES), pageParams: held.pageParams.slice(0, KEPT_PAGES) };
}

/** Who is mentioned stands in no conversation: the lists of them are asked for. */
export function refreshMentions(queries: QueryClient): Promise<void> {
  return askAnew(queries, {
    queryKey: LISTS_KEY,
    predicate: ({ queryKey }) => (queryKey[2] as ConversationFilter).mentioned === true,
  });
}
