import type { ChatError } from './chat-error.js';
import type { MessageItem, PendingItem, Timeline } from './types.js';
import type { MessageView, PersonView, PrincipalRef, SyncedConversation } from './wire.js';

/** As `unreadAfterSeq`: everything was read when it was opened. */
export const NO_LINE = Number.MAX_SAFE_INTEGER;

/** What a conversation looks like to one client. Pure data; only `reduceTimeline` makes a new one. */
export interface TimelineState {
  readonly self: PrincipalRef | null;
  readonly status: Timeline['status'];
  readonly error?: ChatError;
  /** Shown, ascending by `seq`. */
  readonly messages: readonly MessageView[];
  /** Arrived too early: before the first page, or behind a gap. Not shown yet. */
  readonly ahead: readonly MessageView[];
  readonly pending: readonly PendingItem[];
  /** Every `clientMessageId` sent from here: its item keeps its key when the message replaces it. */
  readonly own: ReadonlySet<string>;
  /** Newest number that is shown or was found to be a hole. */
  readonly headSeq: number;
  /** Everything up to here is proven: shown, or a hole that the server confirmed. */
  readonly confirmedSeq: number;
  readonly headRev: number;
  /** Highest numbers heard of; above the confirmed ones there is a gap. */
  readonly knownSeq: number;
  readonly knownRev: number;
  readonly minSeq: number;
  /** Everything above it is loaded. */
  readonly floorSeq: number;
  readonly isLoadingOlder: boolean;
  readonly typing: readonly PersonView[];
  readonly readMarkers: Readonly<Record<string, number>>;
  readonly unreadAfterSeq: number;
}

export type TimelineFact =
  | { type: 'self'; self: PrincipalRef }
  | { type: 'loading' }
  /** The newest page: everything above `floorSeq`. Replaces what was there. */
  | { type: 'loaded'; sync: SyncedConversation; floorSeq: number }
  | { type: 'load-failed'; error: ChatError }
  /** The answer to "what came after my last number". */
  | { type: 'synced'; sync: SyncedConversation }
  | { type: 'gap-accepted' }
  /** Created, changed or acknowledged; in any order, any number of times. */
  | { type: 'message'; message: MessageView }
  | { type: 'head'; headSeq: number; headRev: number }
  | { type: 'older-asked' }
  | { type: 'older-loaded'; messages: readonly MessageView[]; minSeq: number; hasMore: boolean }
  | { type: 'older-failed' }
  | { type: 'queued'; pending: PendingItem }
  | { type: 'tried'; clientMessageId: string }
  | { type: 'postponed'; clientMessageId: string; error?: ChatError }
  | { type: 'refused'; clientMessageId: string; error: ChatError }
  | { type: 'discarded'; clientMessageId: string }
  | { type: 'typing'; sender: PersonView; typing: boolean }
  | { type: 'read'; reader: PrincipalRef; readSeq: number }
  | { type: 'unread-line'; afterSeq: number }
  | { type: 'lost' };

export function createTimelineState(self: PrincipalRef | null = null): TimelineState {
  return {
    self,
    status: 'loading',
    messages: [],
    ahead: [],
    pending: [],
    own: new Set(),
    headSeq: 0,
    confirmedSeq: 0,
    headRev: 0,
    knownSeq: 0,
    knownRev: 0,
    minSeq: 0,
    floorSeq: 0,
    isLoadingOlder: false,
    typing: [],
    readMarkers: {},
    unreadAfterSeq: NO_LINE,
  };
}

export function reduceTimeline(state: TimelineState, fact: TimelineFact): TimelineState {
  switch (fact.type) {
    case 'self':
      return { ...state, self: fact.self };
    case 'loading':
      return state.status === 'loading' ? state : { ...state, status: 'loading', error: undefined };
    case 'loaded':
      return loaded(state, fact.sync, fact.floorSeq);
    case 'load-failed':
      return { ...state, status: 'error', error: fact.error };
    case 'synced':
      return synced(state, fact.sync);
    case 'gap-accepted':
      return gapAccepted(state);
    case 'message':
      return messageArrived(state, fact.message);
    case 'head':
      return headHeard(state, fact.headSeq, fact.headRev);
    case 'older-asked':
      return { ...state, isLoadingOlder: true };
    case 'older-loaded':
      return olderLoaded(state, fact.messages, fact.minSeq, fact.hasMore);
    case 'older-failed':
      return { ...state, isLoadingOlder: false };
    case 'queued':
      return queued(state, fact.pending);
    case 'tried':
      return changePending(state, fact.clientMessageId, { state: 'sending', error: undefined });
    case 'postponed':
      return changePending(state, fact.clientMessageId, { state: 'waiting', error: fact.error });
    case 'refused':
      return changePending(state, fact.clientMessageId, { state: 'failed', error: fact.error });
    case 'discarded':
      return {
        ...state,
        pending: state.pending.filter((one) => one.clientMessageId !== fact.clientMessageId),
      };
    case 'typing':
      return typingChanged(state, fact.sender, fact.typing);
    case 'read':
      return readMoved(state, fact.reader, fact.readSeq);
    case 'unread-line':
      return state.unreadAfterSeq === fact.afterSeq ? state : { ...state, unreadAfterSeq: fact.afterSeq };
    case 'lost':
      return { ...createTimelineState(state.self), status: 'lost' };
    default:
      return fact satisfies never;
  }
}

/** True while the server has said or shown more than we can prove to have. */
export function hasGap(state: TimelineState): boolean {
  return state.status === 'ready' && (state.knownSeq > state.confirmedSeq || state.knownRev > state.headRev);
}

export function markerKey(reader: PrincipalRef): string {
  return `${reader.type}:${reader.id}`;
}

const itemsByMessage = new WeakMap<MessageView, MessageItem>();

export function toTimeline(state: TimelineState): Timeline {
  return {
    status: state.status,
    error: state.error,
    items: [...state.messages.map((message) => itemOf(state, message)), ...state.pending],
    headSeq: state.headSeq,
    headRev: state.headRev,
    minSeq: state.minSeq,
    hasOlder: state.status === 'ready' && state.floorSeq >= Math.max(state.minSeq, 1),
    isLoadingOlder: state.isLoadingOlder,
    typing: state.typing,
    readMarkers: state.readMarkers,
    unreadAfterSeq: state.unreadAfterSeq,
  };
}

/** One object per message, so that a view may skip what has not changed. */
function itemOf(state: TimelineState, message: MessageView): MessageItem {
  let item = itemsByMessage.get(message);
  if (!item) {
    item = { kind: 'message', key: isOwn(state, message) ? message.clientMessageId : message.id, message };
    itemsByMessage.set(message, item);
  }
  return item;
}

/** The sender counts too: another participant may have chosen the same `clientMessageId`. */
function isOwn(
  state: TimelineState,
  message: MessageView,
): message is MessageView & { clientMessageId: string } {
  if (message.clientMessageId === null || !state.own.has(message.clientMessageId)) return false;
  return !state.self || (message.sender.type === state.self.type && message.sender.id === state.self.id);
}

function loaded(state: TimelineState, sync: SyncedConversation, floorSeq: number): TimelineState {
  if (sync.access === 'lost') return reduceTimeline(state, { type: 'lost' });
  const fresh: TimelineState = {
    ...state,
    status: 'ready',
    error: undefined,
    messages: [],
    ahead: [],
    headSeq: floorSeq,
    confirmedSeq: floorSeq,
    headRev: 0,
    knownSeq: floorSeq,
    knownRev: 0,
    floorSeq,
    isLoadingOlder: false,
  };
  return applyArrivals(confirm(fresh, sync), state.ahead);
}

function synced(state: TimelineState, sync: SyncedConversation): TimelineState {
  if (sync.access === 'lost') return reduceTimeline(state, { type: 'lost' });
  if (sync.reset) return loaded(state, sync, (sync.messages[0]?.seq ?? sync.headSeq + 1) - 1);
  return confirm(state, sync);
}

/** What the server lists is all there is up to its head, or up to the end of this page. */
function confirm(state: TimelineState, sync: SyncedConversation): TimelineState {
  const untilSeq = sync.hasMore ? (sync.messages.at(-1)?.seq ?? state.confirmedSeq) : sync.headSeq;
  const untilRev = sync.hasMore ? (sync.changes.at(-1)?.rev ?? state.headRev) : sync.headRev;
  const merged = withMessages(state, [
    ...sync.messages,
    ...sync.changes.filter((one) => one.seq > state.floorSeq),
  ]);
  return drain({
    ...merged,
    minSeq: sync.minSeq,
    headSeq: Math.max(state.headSeq, untilSeq),
    confirmedSeq: Math.max(state.confirmedSeq, untilSeq),
    headRev: Math.max(state.headRev, untilRev),
    knownSeq: Math.max(state.knownSeq, sync.headSeq),
    knownRev: Math.max(state.knownRev, sync.headRev),
  });
}

/** The missing range was asked for once and did not come: show what there is. */
function gapAccepted(state: TimelineState): TimelineState {
  const shown = withMessages(state, state.ahead);
  const headSeq = Math.max(state.headSeq, state.ahead.at(-1)?.seq ?? 0);
  return { ...shown, ahead: [], headSeq, confirmedSeq: headSeq, knownSeq: headSeq, headRev: state.knownRev };
}

function applyArrivals(state: TimelineState, arrivals: readonly MessageView[]): TimelineState {
  return arrivals.reduce(messageArrived, state);
}

function messageArrived(state: TimelineState, message: MessageView): TimelineState {
  if (state.status === 'lost') return state;
  if (state.status !== 'ready') return { ...state, ahead: insertNewer(state.ahead, message) };
  const counted = countRev(state, message.rev);
  if (message.seq <= state.floorSeq) return counted;
  if (message.seq > state.headSeq + 1) {
    const knownSeq = Math.max(state.knownSeq, message.seq);
    return { ...counted, knownSeq, ahead: insertNewer(state.ahead, message) };
  }
  return drain(advance(withMessages(counted, [message]), message.seq));
}

function advance(state: TimelineState, seq: number): TimelineState {
  return {
    ...state,
    headSeq: Math.max(state.headSeq, seq),
    confirmedSeq: state.confirmedSeq + 1 === seq ? seq : state.confirmedSeq,
    knownSeq: Math.max(state.knownSeq, seq),
  };
}

function countRev(state: TimelineState, rev: number): TimelineState {
  if (rev <= state.headRev) return state;
  const headRev = rev === state.headRev + 1 ? rev : state.headRev;
  return { ...state, headRev, knownRev: Math.max(state.knownRev, rev) };
}

/** Moves what waited into view as far as it now connects. */
function drain(state: TimelineState): TimelineState {
  let next = state;
  while (next.ahead[0] && next.ahead[0].seq <= next.headSeq + 1) {
    const [first, ...rest] = next.ahead;
    next = advance(withMessages({ ...next, ahead: rest }, [first]), first.seq);
  }
  return next;
}

/** Inserts or replaces, and drops the pending copies and the typing signs that these messages end. */
function withMessages(state: TimelineState, incoming: readonly MessageView[]): TimelineState {
  const messages = incoming.reduce(insertNewer, state.messages);
  const arrived = new Set(incoming.filter((one) => isOwn(state, one)).map((one) => one.clientMessageId));
  const pending = arrived.size
    ? state.pending.filter((one) => !arrived.has(one.clientMessageId))
    : state.pending;
  return { ...state, messages, pending, typing: withoutSenders(state.typing, incoming) };
}

function withoutSenders(
  typing: readonly PersonView[],
  incoming: readonly MessageView[],
): readonly PersonView[] {
  const isStill = (person: PersonView): boolean =>
    !incoming.some((one) => markerOf(one.sender) === markerOf(person));
  return typing.every(isStill) ? typing : typing.filter(isStill);
}

/** Sorted by `seq`; of two copies the later `rev` wins, and an equal one changes nothing. */
function insertNewer(list: readonly MessageView[], message: MessageView): readonly MessageView[] {
  let index = list.length;
  while (index > 0 && list[index - 1]!.seq > message.seq) index -= 1;
  const held = list[index - 1];
  if (held?.seq !== message.seq) return [...list.slice(0, index), message, ...list.slice(index)];
  if (held.rev >= message.rev) return list;
  return [...list.slice(0, index - 1), message, ...list.slice(index)];
}

function headHeard(state: TimelineState, headSeq: number, headRev: number): TimelineState {
  if (headSeq <= state.knownSeq && headRev <= state.knownRev) return state;
  return {
    ...state,
    knownSeq: Math.max(state.knownSeq, headSeq),
    knownRev: Math.max(state.knownRev, headRev),
  };
}

function olderLoaded(
  state: TimelineState,
  older: readonly MessageView[],
  minSeq: number,
  hasMore: boolean,
): TimelineState {
  const floorSeq = hasMore && older[0] ? older[0].seq - 1 : 0;
  const held = new Set(state.messages.map((message) => message.seq));
  const messages = [...older.filter((message) => !held.has(message.seq)), ...state.messages];
  return { ...state, isLoadingOlder: false, floorSeq, minSeq, messages };
}

function queued(state: TimelineState, pending: PendingItem): TimelineState {
  const own = new Set(state.own).add(pending.clientMessageId);
  return { ...state, own, pending: [...state.pending, pending] };
}

function changePending(
  state: TimelineState,
  clientMessageId: string,
  change: Partial<PendingItem>,
): TimelineState {
  const pending = state.pending.map((one) =>
    one.clientMessageId === clientMessageId ? { ...one, ...change } : one,
  );
  return { ...state, pending };
}

function typingChanged(state: TimelineState, sender: PersonView, typing: boolean): TimelineState {
  if (state.self && markerOf(sender) === markerOf(state.self)) return state;
  const others = state.typing.filter((person) => markerOf(person) !== markerOf(sender));
  if (!typing && others.length === state.typing.length) return state;
  return { ...state, typing: typing ? [...others, sender] : others };
}

function readMoved(state: TimelineState, reader: PrincipalRef, readSeq: number): TimelineState {
  const key = markerKey(reader);
  if ((state.readMarkers[key] ?? -1) >= readSeq) return state;
  return { ...state, readMarkers: { ...state.readMarkers, [key]: readSeq } };
}

function markerOf(person: { type: string; id: string }): string {
  return `${person.type}:${person.id}`;
}
