import {
  createTimelineState,
  isOwn,
  markerKey,
  type AskedFrom,
  type Excerpt,
  type HeardFact,
  type PageKind,
  type TimelineFact,
  type TimelineState,
} from './timeline-state.js';
import type { PendingItem, ShownChange } from './types.js';
import type { MessageView, PersonView, PrincipalRef, SyncedConversation } from './wire.js';

/** Before the first page nothing says what of this will be needed: the newest may arrive later than that page was read. */
const MOST_BEFORE_LOADING = 200;

export function reduceTimeline(state: TimelineState, fact: TimelineFact): TimelineState {
  switch (fact.type) {
    case 'self':
      return { ...state, self: fact.self };
    case 'loading':
      return state.status === 'loading' ? state : { ...state, status: 'loading', error: undefined };
    case 'loaded':
      return loaded(state, fact.sync, fact.asked, [...arrivedEarly(state), ...(fact.heard ?? [])]);
    case 'load-failed':
      return { ...state, status: 'error', error: fact.error };
    case 'epoch-changed':
      return { ...state, ahead: state.ahead.filter((message) => isOwn(state, message)) };
    case 'synced':
      return synced(state, fact.sync, fact.asked, fact.heard);
    case 'gap-shown':
      return gapShown(state);
    case 'gap-forgotten':
      return { ...gapShown(state), knownSeq: state.confirmedSeq, knownRev: state.headRev };
    case 'message':
      return messageArrived(state, fact.message);
    case 'head':
      return headHeard(state, fact.headSeq, fact.headRev);
    case 'page-asked':
      return { ...state, pageAsk: { id: fact.ask, kind: fact.kind }, behind: [] };
    case 'page-loaded':
      return state.pageAsk?.id === fact.ask ? pageLoaded(state, state.pageAsk.kind, fact) : state;
    case 'page-failed':
      return state.pageAsk?.id === fact.ask ? withoutAsk(state) : state;
    case 'excerpt-left':
      return excerptLeft(state);
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
    case 'change-asked':
      return changesOf(state, fact.change.messageId, (changes) => [...changes, fact.change]);
    case 'change-settled':
      return changeSettled(state, fact.change, fact.message);
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

function loaded(
  state: TimelineState,
  sync: SyncedConversation,
  asked: AskedFrom,
  heard: readonly HeardFact[],
): TimelineState {
  if (sync.access === 'lost') return reduceTimeline(state, { type: 'lost' });
  const from = sync.reset ? startOf(sync) : asked;
  const fresh: TimelineState = {
    ...state,
    status: 'ready',
    error: undefined,
    messages: [],
    ahead: [],
    behind: [],
    headSeq: from.afterSeq,
    confirmedSeq: from.afterSeq,
    headRev: from.afterRev,
    knownSeq: from.afterSeq,
    knownRev: from.afterRev,
    floorSeq: from.afterSeq,
    excerpt: null,
    pageAsk: null,
  };
  const renewed = heard.reduce(reduceTimeline, confirm(fresh, sync, from));
  // What has been on the screen is not hidden again, even if something before it is missing now.
  return state.status === 'ready' ? gapShown(renewed) : renewed;
}

/** What a ready state holds is of a former life of the store, or else it would not be loaded again. */
function arrivedEarly(state: TimelineState): HeardFact[] {
  return state.status === 'ready' ? [] : state.ahead.map(asArrival);
}

/** Of this life of the store, and newer than the answer. */
function heldAbove(state: TimelineState, { headSeq, headRev }: SyncedConversation): HeardFact[] {
  const held = [...state.messages, ...state.ahead];
  const above = held.filter(({ seq, rev }) => seq > headSeq || rev > headRev);
  return [...above.map(asArrival), { type: 'head', headSeq: state.knownSeq, headRev: state.knownRev }];
}

/** After a reset there is nothing before the first message that was given, and every change is in it. */
function startOf(sync: SyncedConversation): AskedFrom {
  return { afterSeq: (sync.messages[0]?.seq ?? sync.headSeq + 1) - 1, afterRev: sync.headRev };
}

function asArrival(message: MessageView): HeardFact {
  return { type: 'message', message };
}

function synced(
  state: TimelineState,
  sync: SyncedConversation,
  asked: AskedFrom,
  heard: readonly HeardFact[] = [],
): TimelineState {
  if (sync.access === 'lost') return reduceTimeline(state, { type: 'lost' });
  if (!sync.reset) return confirm(state, sync, asked);
  return loaded(state, sync, asked, [...heldAbove(state, sync), ...heard]);
}

/**
 * What the server lists is all there is up to its head, or up to the end of this page; the heads were read before
 * the lists, so of what is newer than they are, a list may have one and miss another. And it proves only what
 * follows on what is proven: by now the state may have gone back to less than what was asked from.
 */
function confirm(state: TimelineState, sync: SyncedConversation, asked: AskedFrom): TimelineState {
  const untilSeq = asked.afterSeq <= state.confirmedSeq ? provenSeq(sync) : 0;
  const untilRev = asked.afterRev <= state.headRev ? provenRev(sync) : 0;
  const proven: TimelineState = {
    ...state,
    minSeq: sync.minSeq,
    headSeq: Math.max(state.headSeq, untilSeq),
    confirmedSeq: Math.max(state.confirmedSeq, untilSeq),
    headRev: Math.max(state.headRev, untilRev),
    knownSeq: Math.max(state.knownSeq, sync.headSeq),
    knownRev: Math.max(state.knownRev, sync.headRev),
  };
  return drain([...sync.messages, ...sync.changes].reduce(messageArrived, proven));
}

function provenSeq(sync: SyncedConversation): number {
  return sync.hasMore ? Math.min(sync.messages.at(-1)?.seq ?? 0, sync.headSeq) : sync.headSeq;
}

function provenRev(sync: SyncedConversation): number {
  return sync.hasMore ? Math.min(sync.changes.at(-1)?.rev ?? 0, sync.headRev) : sync.headRev;
}

function gapShown(state: TimelineState): TimelineState {
  if (state.status !== 'ready' || state.ahead.length === 0) return state;
  const headSeq = Math.max(state.headSeq, state.ahead.at(-1)!.seq);
  return { ...withMessages(state, state.ahead), ahead: [], headSeq };
}

function messageArrived(state: TimelineState, message: MessageView): TimelineState {
  if (state.status === 'lost') return state;
  if (state.status !== 'ready') return heldBeforeLoading(state, message);
  const counted = countRev(state, message.rev);
  if (message.seq <= state.floorSeq) return belowFloor(counted, message);
  if (message.seq > state.headSeq + 1) {
    const knownSeq = Math.max(state.knownSeq, message.seq);
    return { ...counted, knownSeq, ahead: insertNewer(state.ahead, message) };
  }
  return drain(advance(withMessages(counted, [message]), message.seq));
}

/** One's own are kept whatever their number: their pending copies wait for them. */
function heldBeforeLoading(state: TimelineState, message: MessageView): TimelineState {
  const ahead = insertNewer(state.ahead, message);
  if (ahead.length <= MOST_BEFORE_LOADING) return { ...state, ahead };
  const oldest = ahead.findIndex((one) => !isOwn(state, one));
  return { ...state, ahead: ahead.filter((_, index) => index !== oldest) };
}

/** Shown only within an excerpt; but a pending copy of it has come to its end, and a page under way may be older. */
function belowFloor(state: TimelineState, message: MessageView): TimelineState {
  const next = withoutPending(state, [message]);
  const excerpt = next.excerpt && withinExcerpt(next.excerpt, message);
  const behind = next.pageAsk ? insertNewer(next.behind, message) : next.behind;
  return excerpt === next.excerpt && behind === next.behind ? next : { ...next, excerpt, behind };
}

function withinExcerpt(excerpt: Excerpt, message: MessageView): Excerpt {
  if (message.seq <= excerpt.floorSeq || message.seq > excerpt.ceilSeq) return excerpt;
  return { ...excerpt, messages: insertNewer(excerpt.messages, message) };
}

function advance(state: TimelineState, seq: number): TimelineState {
  return {
    ...state,
    headSeq: Math.max(state.headSeq, seq),
    confirmedSeq: state.confirmedSeq + 1 === seq ? endOfRun(state.messages, seq) : state.confirmedSeq,
    knownSeq: Math.max(state.knownSeq, seq),
  };
}

/** How far the numbers follow each other from here: what was shown across a gap may stand behind it. */
function endOfRun(messages: readonly MessageView[], from: number): number {
  let index = messages.length;
  while (index > 0 && messages[index - 1]!.seq > from) index -= 1;
  let seq = from;
  while (messages[index]?.seq === seq + 1) {
    seq += 1;
    index += 1;
  }
  return seq;
}

/** Dense: the next number can only be this change, which is now held. */
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
  const typing = withoutSenders(state.typing, incoming);
  return withoutPending({ ...state, messages, typing }, incoming);
}

function withoutPending(state: TimelineState, incoming: readonly MessageView[]): TimelineState {
  const arrived = new Set(incoming.filter((one) => isOwn(state, one)).map((one) => one.clientMessageId));
  if (!arrived.size) return state;
  return { ...state, pending: state.pending.filter((one) => !arrived.has(one.clientMessageId)) };
}

function withoutSenders(
  typing: readonly PersonView[],
  incoming: readonly MessageView[],
): readonly PersonView[] {
  const isStill = (person: PersonView): boolean =>
    !incoming.some((one) => markerKey(one.sender) === markerKey(person));
  return typing.every(isStill) ? typing : typing.filter(isStill);
}

/**
 * Sorted by `seq`; of two copies the later `rev` wins, and an equal one changes nothing. Another message of the same
 * number means that the store lost the one held: then the later word is the true one.
 */
function insertNewer(list: readonly MessageView[], message: MessageView): readonly MessageView[] {
  let index = list.length;
  while (index > 0 && list[index - 1]!.seq > message.seq) index -= 1;
  const held = list[index - 1];
  if (held?.seq !== message.seq) return [...list.slice(0, index), message, ...list.slice(index)];
  if (held.id === message.id && held.rev >= message.rev) return list;
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

function withoutAsk(state: TimelineState): TimelineState {
  return { ...state, pageAsk: null, behind: [] };
}

function excerptLeft(state: TimelineState): TimelineState {
  if (!state.excerpt && state.pageAsk?.kind !== 'around') return state;
  return { ...withoutAsk(state), excerpt: null };
}

/** Grows what is shown by the page. What comes to touch the newest messages becomes one with them. */
function pageLoaded(
  state: TimelineState,
  kind: PageKind,
  page: TimelineFact & { type: 'page-loaded' },
): TimelineState {
  const { floorSeq: top } = state;
  const held = (kind !== 'around' && state.excerpt) || { messages: [], floorSeq: top, ceilSeq: top };
  const firstSeq = page.hasOlder ? page.messages[0]?.seq : 1;
  const lastSeq = page.hasNewer ? page.messages.at(-1)?.seq : top;
  const floorSeq = kind === 'newer' ? held.floorSeq : (firstSeq ?? 1) - 1;
  const ceilSeq = kind === 'older' ? held.ceilSeq : Math.min(lastSeq ?? top, top);
  const incoming = [...page.messages, ...state.behind].reduce(insertNewer, []);
  const before = incoming.filter(({ seq }) => seq > floorSeq && seq <= Math.min(held.floorSeq, ceilSeq));
  const after = incoming.filter(({ seq }) => seq > held.ceilSeq && seq <= ceilSeq);
  const messages = [...before, ...held.messages, ...after];
  const opened = { ...withoutAsk(state), minSeq: page.minSeq };
  const shown =
    ceilSeq < top
      ? { ...opened, excerpt: { messages, floorSeq, ceilSeq } }
      : { ...opened, excerpt: null, floorSeq, messages: [...messages, ...state.messages] };
  return withoutPending(shown, [...before, ...after]);
}

function changesOf(
  state: TimelineState,
  messageId: string,
  change: (changes: readonly ShownChange[]) => readonly ShownChange[],
): TimelineState {
  const { [messageId]: held = [], ...others } = state.changes;
  const changed = change(held);
  return { ...state, changes: changed.length > 0 ? { ...others, [messageId]: changed } : others };
}

function changeSettled(state: TimelineState, settled: ShownChange, message?: MessageView): TimelineState {
  const told = message ? messageArrived(state, message) : state;
  return changesOf(told, settled.messageId, (changes) => changes.filter((one) => one !== settled));
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
  if (state.self && markerKey(sender) === markerKey(state.self)) return state;
  const others = state.typing.filter((person) => markerKey(person) !== markerKey(sender));
  if (!typing && others.length === state.typing.length) return state;
  return { ...state, typing: typing ? [...others, sender] : others };
}

function readMoved(state: TimelineState, reader: PrincipalRef, readSeq: number): TimelineState {
  const key = markerKey(reader);
  if ((state.readMarkers[key] ?? -1) >= readSeq) return state;
  return { ...state, readMarkers: { ...state.readMarkers, [key]: readSeq } };
}
