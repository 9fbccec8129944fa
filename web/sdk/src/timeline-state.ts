import type { ChatError } from './chat-error.js';
import type { PendingItem, ShownChange, Timeline } from './types.js';
import type { MessageView, PersonView, PrincipalRef, SyncedConversation } from './wire.js';

/** As `unreadAfterSeq`: everything was read when it was opened. */
export const NO_LINE = Number.MAX_SAFE_INTEGER;

/** A stretch of history apart from the newest messages: between the two there is what is not loaded. */
export interface Excerpt {
  readonly messages: readonly MessageView[];
  /** All that is above this and up to `ceilSeq` is loaded. */
  readonly floorSeq: number;
  readonly ceilSeq: number;
}

export type PageKind = 'older' | 'newer' | 'around';

/** What a conversation looks like to one client. Pure data; only `reduceTimeline` makes a new one. */
export interface TimelineState {
  readonly self: PrincipalRef | null;
  readonly status: Timeline['status'];
  readonly error?: ChatError;
  /** Shown, ascending by `seq`; always as the server said it. */
  readonly messages: readonly MessageView[];
  /** Arrived too early: before the first page, or behind a gap. Not shown yet. */
  readonly ahead: readonly MessageView[];
  /** Changed while the page that they are on was being asked for: that page may be older than the change. */
  readonly behind: readonly MessageView[];
  readonly pending: readonly PendingItem[];
  /** Changes without a final answer yet, by message, in the order of asking. Laid over `messages` when shown. */
  readonly changes: Readonly<Record<string, readonly ShownChange[]>>;
  /** Every `clientMessageId` sent from here: its item keeps its key when the message replaces it. */
  readonly own: ReadonlySet<string>;
  /** Newest number that is shown or was found to be a hole. */
  readonly headSeq: number;
  /** Everything up to here is proven: shown, or a hole that the server confirmed. */
  readonly confirmedSeq: number;
  /** Every change up to here is in what is held. */
  readonly headRev: number;
  /** Highest numbers heard of; above the confirmed ones there is a gap. */
  readonly knownSeq: number;
  readonly knownRev: number;
  readonly minSeq: number;
  /** Everything above it is loaded. */
  readonly floorSeq: number;
  /** Shown instead of the newest, which are kept up to date meanwhile. */
  readonly excerpt: Excerpt | null;
  /** The question for a page that is under way; the answer to any other comes too late. */
  readonly pageAsk: { readonly id: number; readonly kind: PageKind } | null;
  readonly typing: readonly PersonView[];
  readonly readMarkers: Readonly<Record<string, number>>;
  readonly unreadAfterSeq: number;
}

/** From where the server was asked. Its answer proves nothing below. */
export interface AskedFrom {
  afterSeq: number;
  afterRev: number;
}

interface SyncFact {
  sync: SyncedConversation;
  asked: AskedFrom;
  /** What came in while the answer was on its way: the answer may be older, and must not undo it. */
  heard?: readonly HeardFact[];
}

export type HeardFact =
  /** Created, changed or acknowledged; in any order, any number of times. */
  { type: 'message'; message: MessageView } | { type: 'head'; headSeq: number; headRev: number };

export type TimelineFact =
  | HeardFact
  | { type: 'self'; self: PrincipalRef }
  | { type: 'loading' }
  /** The newest page: everything above `asked.afterSeq`. Replaces what was there. */
  | ({ type: 'loaded' } & SyncFact)
  | { type: 'load-failed'; error: ChatError }
  /** The store of the server may have lost its last moments: what came early is forgotten, unless it was promised. */
  | { type: 'epoch-changed' }
  /** The answer to "what came after my last number". */
  | ({ type: 'synced' } & SyncFact)
  /** The missing does not come soon: what arrived after it is shown, and the gap stays a gap. */
  | { type: 'gap-shown' }
  /** Several answers knew nothing of it: no more asking until it is heard of again. Proves nothing. */
  | { type: 'gap-forgotten' }
  | { type: 'page-asked'; ask: number; kind: PageKind }
  | {
      type: 'page-loaded';
      ask: number;
      messages: readonly MessageView[];
      minSeq: number;
      hasOlder?: boolean;
      hasNewer?: boolean;
    }
  | { type: 'page-failed'; ask: number }
  | { type: 'excerpt-left' }
  | { type: 'queued'; pending: PendingItem }
  | { type: 'tried'; clientMessageId: string }
  | { type: 'postponed'; clientMessageId: string; error?: ChatError }
  | { type: 'refused'; clientMessageId: string; error: ChatError }
  | { type: 'discarded'; clientMessageId: string }
  | { type: 'change-asked'; change: ShownChange }
  /** Final: with the message as it is now, or refused and therefore as it was. */
  | { type: 'change-settled'; change: ShownChange; message?: MessageView }
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
    behind: [],
    pending: [],
    changes: {},
    own: new Set(),
    headSeq: 0,
    confirmedSeq: 0,
    headRev: 0,
    knownSeq: 0,
    knownRev: 0,
    minSeq: 0,
    floorSeq: 0,
    excerpt: null,
    pageAsk: null,
    typing: [],
    readMarkers: {},
    unreadAfterSeq: NO_LINE,
  };
}

/** True while the server has said or shown more than we can prove to have. */
export function hasGap(state: TimelineState): boolean {
  return state.status === 'ready' && (state.knownSeq > state.confirmedSeq || state.knownRev > state.headRev);
}

export function markerKey(reader: { type: string; id: string }): string {
  return `${reader.type}:${reader.id}`;
}

/** The sender counts too: another participant may have chosen the same `clientMessageId`. */
export function isOwn(
  state: TimelineState,
  message: MessageView,
): message is MessageView & { clientMessageId: string } {
  if (message.clientMessageId === null || !state.own.has(message.clientMessageId)) return false;
  return !state.self || (message.sender.type === state.self.type && message.sender.id === state.self.id);
}
