import type { InfiniteData } from '@tanstack/react-query';
import type {
  ConversationKind,
  ConversationPriority,
  ConversationStatus,
  ConversationView,
  Page,
  ParticipantView,
  PersonView,
} from '../wire';
import type { ConversationVersion } from './newest-versions';

export interface ConversationFilter {
  kind?: ConversationKind;
  status?: ConversationStatus;
  assigneeId?: string;
  unassigned?: boolean;
  userId?: string;
  teamId?: string;
  tag?: string;
  priority?: ConversationPriority;
  environmentId?: string;
  /** Only those in which the reader is mentioned. */
  mentioned?: boolean;
  query?: string;
  /** Only those that are archived; without it, only those that are not. */
  archived?: boolean;
  /** Of the kinds between agents, those that one belongs to, or the others. */
  joined?: boolean;
}

export type ConversationPages = InfiniteData<Page<ConversationView>>;

/** What the socket tells of conversations, and what one's own actions are known to have done. */
export type ConversationFact =
  | { type: 'changed'; conversation: ConversationView }
  | { type: 'read'; conversationId: string; readSeq: number }
  | { type: 'removed'; conversationId: string }
  /** Somebody is called otherwise than before, or looks so. */
  | { type: 'renamed'; person: PersonView };

/** The list after the fact. The same object when nothing in it changed. */
export function reduceConversationPages(
  pages: ConversationPages,
  filter: ConversationFilter,
  fact: ConversationFact,
  selfId: string,
): ConversationPages {
  switch (fact.type) {
    case 'read':
      return mapConversation(pages, fact.conversationId, (held) =>
        withReadMarker(held, selfId, fact.readSeq),
      );
    case 'removed':
      return without(pages, fact.conversationId);
    case 'renamed':
      return withPersonInAll(pages, fact.person);
    case 'changed':
      return withChanged(pages, filter, fact.conversation, selfId);
  }
}

function withChanged(
  pages: ConversationPages,
  filter: ConversationFilter,
  incoming: ConversationView,
  selfId: string,
): ConversationPages {
  const held = findConversation(pages, incoming.id);
  if (held && isOlder(incoming, held))
    return mapConversation(pages, incoming.id, (one) => withOwnMute(one, incoming));
  const merged = mergeConversation(held, incoming, selfId);
  const isListed = belongs(filter, merged, held !== undefined, selfId);
  if (!isListed) return held ? without(pages, incoming.id) : pages;
  return held && activityOf(held) === activityOf(merged)
    ? mapConversation(pages, incoming.id, () => merged)
    : inserted(held ? without(pages, incoming.id) : pages, merged);
}

/** What many receive carries nothing personal: `mutedUntil` stays, and `unread` follows from what was known and what came since. */
export function mergeConversation(
  held: ConversationView | undefined,
  incoming: ConversationView,
  selfId: string,
): ConversationView {
  if (incoming.unread !== undefined) return incoming;
  const readSeq = Math.max(readSeqOf(held, selfId), readSeqOf(incoming, selfId));
  const merged = {
    ...incoming,
    mutedUntil: held?.mutedUntil,
    participants: withOwnReadSeq(incoming, selfId, readSeq),
  };
  return { ...merged, unread: unreadAfter(held, merged, selfId, readSeq) };
}

/** Whatever else came since: to mute is none of a conversation's own changes, and has no number among them. */
export function withOwnMute(held: ConversationView, { mutedUntil }: ConversationView): ConversationView {
  return mutedUntil === undefined || mutedUntil === held.mutedUntil ? held : { ...held, mutedUntil };
}

const UNREAD_CAP = 100;

function unreadAfter(
  held: ConversationView | undefined,
  incoming: ConversationView,
  selfId: string,
  readSeq: number,
): number | undefined {
  const last = incoming.lastMessage;
  if (last?.sender.type === 'agent' && last.sender.id === selfId) return 0;
  const left = Math.max(0, incoming.headSeq - readSeq);
  if (left === 0) return 0;
  if (held?.unread === undefined || wasPassed(held, incoming)) return undefined;
  // What was said last moves on with what counts; the head also with events and with replies in threads.
  const came = Math.max(0, (last?.seq ?? 0) - held.headSeq);
  return Math.min(UNREAD_CAP, left, held.unread + came);
}

/** The head had passed it before it was shown, as it does with what is held: nobody counted it. */
function wasPassed(held: ConversationView, { lastMessage }: ConversationView): boolean {
  return lastMessage !== null && lastMessage.id !== held.lastMessage?.id && lastMessage.seq <= held.headSeq;
}

function readSeqOf(conversation: ConversationView | undefined, selfId: string): number {
  const own = conversation?.participants.find((one) => one.type === 'agent' && one.id === selfId);
  return own?.readSeq ?? 0;
}

/** Reading is often known here before the event that counts the read message as unread arrives. */
function withOwnReadSeq(conversation: ConversationView, selfId: string, readSeq: number): ParticipantView[] {
  const { participants } = conversation;
  const isOwn = (one: ParticipantView) => one.type === 'agent' && one.id === selfId;
  if (readSeqOf(conversation, selfId) >= readSeq) return participants;
  if (participants.some(isOwn)) return participants.map((one) => (isOwn(one) ? { ...one, readSeq } : one));
  // Who only looks at a public channel does not belong to it by reading.
  if (conversation.kind !== 'support') return participants;
  return [...participants, { type: 'agent', id: selfId, name: '', avatarUrl: null, readSeq }];
}

function withReadMarker(held: ConversationView, selfId: string, readSeq: number): ConversationView {
  if (readSeqOf(held, selfId) >= readSeq) return held;
  const left = Math.max(0, held.headSeq - readSeq);
  const unread = held.unread === undefined ? undefined : Math.min(held.unread, left);
  return { ...held, unread, participants: withOwnReadSeq(held, selfId, readSeq) };
}

/** Of one person there may be many conversations. */
function withPersonInAll(pages: ConversationPages, person: PersonView): ConversationPages {
  let isSame = true;
  const renamed = pages.pages.map((page) => {
    const items = page.items.map((held) => withPerson(held, person));
    if (items.every((item, index) => item === page.items[index])) return page;
    isSame = false;
    return { ...page, items };
  });
  return isSame ? pages : { ...pages, pages: renamed };
}

/** Wherever they stand in it: whose it is, who has it, who takes part. */
export function withPerson(held: ConversationView, person: PersonView): ConversationView {
  const { type, id, name, avatarUrl } = person;
  const isOutdated = (one?: PersonView | ParticipantView | null) =>
    one?.type === type && one.id === id && (one.name !== name || one.avatarUrl !== avatarUrl);
  const { user, assignee, participants } = held;
  if (!isOutdated(user) && !isOutdated(assignee) && !participants.some(isOutdated)) return held;
  return {
    ...held,
    user: isOutdated(user) ? person : user,
    assignee: isOutdated(assignee) ? person : assignee,
    participants: participants.map((one) => (isOutdated(one) ? { ...one, name, avatarUrl } : one)),
  };
}

/** Coalesced events of several nodes may overtake each other. */
export function isOlder(incoming: ConversationVersion, held: ConversationVersion): boolean {
  if (incoming.headSeq !== held.headSeq) return incoming.headSeq < held.headSeq;
  return incoming.updatedAt < held.updatedAt;
}

/** What was searched and who was mentioned is the server's to judge: what it found stays, nothing else is added. */
function belongs(
  filter: ConversationFilter,
  conversation: ConversationView,
  isHeld: boolean,
  selfId: string,
): boolean {
  if ((filter.query || filter.mentioned) && !isHeld) return false;
  return (
    (filter.kind === undefined || conversation.kind === filter.kind) &&
    (filter.archived ?? false) === (conversation.archivedAt !== null) &&
    (filter.joined === undefined || filter.joined === isJoined(conversation, selfId)) &&
    (filter.status === undefined || conversation.status === filter.status) &&
    (filter.userId === undefined || conversation.user?.id === filter.userId) &&
    (filter.assigneeId === undefined || conversation.assignee?.id === filter.assigneeId) &&
    (!filter.unassigned || conversation.assignee === null) &&
    (filter.teamId === undefined || conversation.team?.id === filter.teamId) &&
    (filter.tag === undefined || conversation.tags.includes(filter.tag)) &&
    (filter.priority === undefined || conversation.priority === filter.priority) &&
    (filter.environmentId === undefined || conversation.environmentId === filter.environmentId)
  );
}

function isJoined({ participants }: ConversationView, selfId: string): boolean {
  return participants.some(({ id }) => id === selfId);
}

export function activityOf(conversation: ConversationView): string {
  return conversation.lastMessage?.createdAt ?? conversation.createdAt;
}

/** Newest activity first. Beyond the last loaded page it will be found by paging. */
function inserted(pages: ConversationPages, conversation: ConversationView): ConversationPages {
  const isBefore = (other: ConversationView) => activityOf(conversation) >= activityOf(other);
  // The last of a page is its oldest: no need to look at the others.
  const at = pages.pages.findIndex(({ items }) => items.length > 0 && isBefore(items.at(-1)!));
  const lastIndex = pages.pages.length - 1;
  if (at === -1 && pages.pages[lastIndex]?.nextCursor != null) return pages;
  return withItems(pages, at === -1 ? lastIndex : at, (items) => {
    const position = items.findIndex(isBefore);
    return position === -1 ? [...items, conversation] : items.toSpliced(position, 0, conversation);
  });
}

function without(pages: ConversationPages, id: string): ConversationPages {
  const place = findPlace(pages, id);
  return place ? withItems(pages, place.page, (items) => items.toSpliced(place.index, 1)) : pages;
}

function mapConversation(
  pages: ConversationPages,
  id: string,
  change: (held: ConversationView) => ConversationView,
): ConversationPages {
  const place = findPlace(pages, id);
  const held = place && pages.pages[place.page]!.items[place.index]!;
  const changed = held && change(held);
  if (!place || changed === held) return pages;
  return withItems(pages, place.page, (items) => items.with(place.index, changed!));
}

function withItems(
  pages: ConversationPages,
  at: number,
  change: (items: ConversationView[]) => ConversationView[],
): ConversationPages {
  const page = pages.pages[at]!;
  return { ...pages, pages: pages.pages.with(at, { ...page, items: change(page.items) }) };
}

interface Place {
  page: number;
  index: number;
}

/** Of each page, where in it a conversation stands. Pages do not change: a changed one is another. */
const indexes = new WeakMap<ConversationView[], Map<string, number>>();

function indexOf(items: ConversationView[]): Map<string, number> {
  const known = indexes.get(items) ?? new Map(items.map(({ id }, index) => [id, index]));
  indexes.set(items, known);
  return known;
}

/** By a look into each page instead of at each conversation: lists may hold tens of thousands. */
function findPlace({ pages }: ConversationPages, id: string): Place | null {
  for (const [page, { items }] of pages.entries()) {
    const index = indexOf(items).get(id);
    if (index !== undefined) return { page, index };
  }
  return null;
}

export function findConversation(pages: ConversationPages, id: string): ConversationView | undefined {
  const place = findPlace(pages, id);
  return place ? pages.pages[place.page]!.items[place.index] : undefined;
}

const NONE: ConversationView[] = [];
const lists = new WeakMap<ConversationPages, ConversationView[]>();

/** The same list for the same pages. */
export function allConversations(pages: ConversationPages | undefined): ConversationView[] {
  if (!pages) return NONE;
  const known = lists.get(pages) ?? pages.pages.flatMap(({ items }) => items);
  lists.set(pages, known);
  return known;
}

/** Pages are read at different times: one that moved up in between is in both. A read page loses what stands above it. */
export function withoutRepeats(
  pages: ConversationPages,
  isJustRead: (page: Page<ConversationView>) => boolean,
): ConversationPages {
  const above: Page<ConversationView>[] = [];
  for (const page of pages.pages) {
    const isAbove = ({ id }: ConversationView) => above.some(({ items }) => indexOf(items).has(id));
    const hasRepeats = isJustRead(page) && page.items.some(isAbove);
    above.push(hasRepeats ? { ...page, items: page.items.filter((item) => !isAbove(item)) } : page);
  }
  return { ...pages, pages: above };
}
