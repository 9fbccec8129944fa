import type { InfiniteData } from '@tanstack/react-query';
import type { ConversationKind, ConversationStatus, ConversationView, Page, ParticipantView } from '../wire';

export interface ConversationFilter {
  kind?: ConversationKind;
  status?: ConversationStatus;
  assigneeId?: string;
  unassigned?: boolean;
  userId?: string;
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
  | { type: 'removed'; conversationId: string };

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

/** Coalesced events of several nodes may overtake each other. */
function isOlder(incoming: ConversationView, held: ConversationView): boolean {
  if (incoming.headSeq !== held.headSeq) return incoming.headSeq < held.headSeq;
  return incoming.updatedAt < held.updatedAt;
}

/** A text search is the server's to judge: what it found stays, what it did not find is not added. */
function belongs(
  filter: ConversationFilter,
  conversation: ConversationView,
  isHeld: boolean,
  selfId: string,
): boolean {
  if (filter.query && !isHeld) return false;
  return (
    (filter.kind === undefined || conversation.kind === filter.kind) &&
    (filter.archived ?? false) === (conversation.archivedAt !== null) &&
    (filter.joined === undefined || filter.joined === isJoined(conversation, selfId)) &&
    (filter.status === undefined || conversation.status === filter.status) &&
    (filter.userId === undefined || conversation.user?.id === filter.userId) &&
    (filter.assigneeId === undefined || conversation.assignee?.id === filter.assigneeId) &&
    (!filter.unassigned || conversation.assignee === null)
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
  const at = pages.pages.findIndex((page) => page.items.some(isBefore));
  const lastIndex = pages.pages.length - 1;
  if (at === -1 && pages.pages[lastIndex]?.nextCursor != null) return pages;
  return withItems(pages, at === -1 ? lastIndex : at, (items) => {
    const position = items.findIndex(isBefore);
    return position === -1 ? [...items, conversation] : items.toSpliced(position, 0, conversation);
  });
}

function without(pages: ConversationPages, id: string): ConversationPages {
  const at = pages.pages.findIndex((page) => page.items.some((item) => item.id === id));
  return at === -1 ? pages : withItems(pages, at, (items) => items.filter((item) => item.id !== id));
}

function mapConversation(
  pages: ConversationPages,
  id: string,
  change: (held: ConversationView) => ConversationView,
): ConversationPages {
  const held = findConversation(pages, id);
  if (!held || change(held) === held) return pages;
  const at = pages.pages.findIndex((page) => page.items.includes(held));
  return withItems(pages, at, (items) => items.map((item) => (item === held ? change(held) : item)));
}

function withItems(
  pages: ConversationPages,
  at: number,
  change: (items: ConversationView[]) => ConversationView[],
): ConversationPages {
  const changed = pages.pages.map((page, index) =>
    index === at ? { ...page, items: change(page.items) } : page,
  );
  return { ...pages, pages: changed };
}

export function findConversation(pages: ConversationPages, id: string): ConversationView | undefined {
  return pages.pages.flatMap((page) => page.items).find((item) => item.id === id);
}

/** Pages are read at different times: one that moved up in between is in both. */
export function allConversations(pages: ConversationPages | undefined): ConversationView[] {
  const byId = new Map<string, ConversationView>();
  for (const item of pages?.pages.flatMap((page) => page.items) ?? []) {
    if (!byId.has(item.id)) byId.set(item.id, item);
  }
  return [...byId.values()];
}
