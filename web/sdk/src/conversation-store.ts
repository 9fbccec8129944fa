import { backoffMs, retryDelayMs } from './backoff.js';
import type { Change, ChangeQueue } from './change-queue.js';
import { isAccessLost, offlineError, olderAnswerError, toChatError, type ChatError } from './chat-error.js';
import { createClientId } from './client-id.js';
import { elapsedMs } from './elapsed.js';
import { ReadReporter } from './read-reporter.js';
import type { RestClient } from './rest-client.js';
import type { SendQueue } from './send-queue.js';
import {
  NO_LINE,
  createTimelineState,
  hasGap,
  markerKey,
  type AskedFrom,
  type HeardFact,
  type PageKind,
  type TimelineFact,
  type TimelineState,
} from './timeline-state.js';
import { toTimeline } from './timeline-view.js';
import { reduceTimeline } from './timeline.js';
import type {
  CallAnswer,
  CallRequest,
  ConversationHandle,
  Mentioned,
  MessageDraft,
  PendingItem,
  SelfRef,
  Timeline,
} from './types.js';
import type {
  ClientToServerEvents,
  ConversationView,
  MessageHistory,
  MessageView,
  PersonView,
  SyncedConversation,
  SyncPoint,
} from './wire.js';

const PAGE = 50;
const GAP_PATIENCE_MS = 1_000;
/** A user never sees the agents' notes: the number that a message skips is then mostly one of them, and will not come. */
const USER_GAP_PATIENCE_MS = 60;
/** Nothing that has arrived is kept from view longer than this; when the missing comes later it takes its place. */
const LONGEST_HOLD_MS = 1_750;
/** An answer below what was heard of was read from an older state of the store; this many of them are believed. */
const OLDER_ANSWERS = 3;
const TYPING_START_GAP_MS = 3_000;
const TYPING_LIFE_MS = 6_000;
/** A view that is swapped for another often comes back at once; leaving and joining again would cost two requests. */
const LINGER_MS = 2_000;

/** What a store needs of the client around it. */
export interface ConversationHost {
  self(): SelfRef | null;
  isOnline(): boolean;
  now(): number;
  random: () => number;
  call<E extends keyof ClientToServerEvents>(event: E, request: CallRequest<E>): Promise<CallAnswer<E>>;
  sync(point: SyncPoint): Promise<SyncedConversation>;
  readonly rest: RestClient;
  readonly queue: SendQueue;
  readonly changes: ChangeQueue;
  onOpened(store: ConversationStore): void;
  onReleased(store: ConversationStore): void;
}

/** Keeps one conversation true to the server: joins first, then reads, then mends every gap it hears of. */
export class ConversationStore implements ConversationHandle {
  private state: TimelineState;
  private snapshot: Timeline | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly reads: ReadReporter;
  private readonly typingTimers = new Map<string, ReturnType<typeof setTimeout>>();
  private typingStartedAt = Number.NEGATIVE_INFINITY;
  private openers = 0;
  private isLive = false;
  private turn = 0;
  private mending: Promise<void> | null = null;
  private mustMendAgain = false;
  /** Since a new epoch was seen, until all is loaded again: what came in meanwhile is of the new life. */
  private heardSinceEpoch: HeardFact[] | null = null;
  private mendFailures = 0;
  private olderAnswers = 0;
  private answersBehind = 0;
  private joinFailures = 0;
  private pageAsks = 0;
  /** For each question under way, what came in since it was asked. */
  private readonly hearings = new Set<HeardFact[]>();
  private hasMarkers = false;
  private gapDueAt = 0;
  private mendNotBefore = 0;
  private gapTimer: ReturnType<typeof setTimeout> | undefined;
  private holdTimer: ReturnType<typeof setTimeout> | undefined;
  private rejoinTimer: ReturnType<typeof setTimeout> | undefined;
  private lingerTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly id: string,
    private readonly host: ConversationHost,
  ) {
    const items: PendingItem[] = host.queue.items(id);
    this.state = items.reduce<TimelineState>(
      (state, pending) => reduceTimeline(state, { type: 'queued', pending }),
      createTimelineState(host.self()),
    );
    this.reads = new ReadReporter((seq) => this.reportRead(seq), host.random);
  }

  private get self(): SelfRef | null {
    return this.host.self();
  }

  get isHeld(): boolean {
    return this.isLive || this.listeners.size > 0;
  }

  open(): () => void {
    clearTimeout(this.lingerTimer);
    this.openers += 1;
    if (!this.isLive) this.goLive();
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.openers -= 1;
      if (this.openers === 0) this.lingerTimer = setTimeout(() => this.leave(), LINGER_MS);
    };
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  getSnapshot(): Timeline {
    this.snapshot ??= toTimeline(this.state);
    return this.snapshot;
  }

  send(draft: MessageDraft): string {
    const clientMessageId = createClientId();
    const createdAt = new Date(this.host.now()).toISOString();
    this.typingStartedAt = Number.NEGATIVE_INFINITY;
    this.host.queue.add({ conversationId: this.id, clientMessageId, draft, createdAt });
    return clientMessageId;
  }

  retry(clientMessageId: string): void {
    this.host.queue.retry(this.id, clientMessageId);
  }

  discard(clientMessageId: string): void {
    this.host.queue.discard(this.id, clientMessageId);
  }

  edit(messageId: string, content: string, mentioned: Mentioned = {}): Promise<MessageView> {
    return this.change({ conversationId: this.id, messageId, kind: 'edit', content, ...mentioned });
  }

  remove(messageId: string): Promise<MessageView> {
    return this.change({ conversationId: this.id, messageId, kind: 'delete' });
  }

  react(messageId: string, emoji: string, on: boolean): Promise<MessageView> {
    return this.change({ conversationId: this.id, messageId, kind: 'react', emoji, on });
  }

  private change(change: Change): Promise<MessageView> {
    return this.host.changes.add(change);
  }

  async loadOlder(): Promise<void> {
    const { pageAsk, excerpt, floorSeq } = this.state;
    if (pageAsk || !this.getSnapshot().hasOlder) return;
    await this.loadPage('older', { beforeSeq: (excerpt?.floorSeq ?? floorSeq) + 1 });
  }

  async loadNewer(): Promise<void> {
    const { pageAsk, excerpt, floorSeq } = this.state;
    if (pageAsk || !excerpt) return;
    await this.loadPage('newer', { afterSeq: excerpt.ceilSeq, beforeSeq: floorSeq + 1 });
  }

  async loadAround(seq: number): Promise<void> {
    const { status, excerpt, floorSeq, minSeq } = this.state;
    if (status !== 'ready') return;
    if (Math.max(seq, minSeq, 1) > floorSeq) this.jumpToNewest();
    else if (!excerpt || seq <= excerpt.floorSeq || seq > excerpt.ceilSeq)
      await this.loadPage('around', { aroundSeq: seq });
  }

  jumpToNewest(): void {
    this.apply({ type: 'excerpt-left' });
  }

  private async loadPage(kind: PageKind, bounds: Record<string, number>): Promise<void> {
    const ask = ++this.pageAsks;
    this.apply({ type: 'page-asked', ask, kind });
    try {
      const query = { ...bounds, limit: PAGE };
      const path = `/v1/conversations/${this.id}/messages`;
      const page = await this.host.rest.request<MessageHistory>('GET', path, { query });
      const { items: messages, minSeq, hasMore } = page;
      const more = kind === 'newer' ? { hasNewer: hasMore } : { hasOlder: hasMore, hasNewer: page.hasNewer };
      this.apply({ type: 'page-loaded', ask, messages, minSeq, ...more });
    } catch (error) {
      this.apply({ type: 'page-failed', ask });
      throw toChatError(error);
    }
  }

  markRead(seq: number): void {
    const until = Math.min(seq, this.state.headSeq);
    if (this.reads.want(until) && this.self) {
      this.apply({ type: 'read', reader: this.self, readSeq: until });
    }
  }

  setTyping(typing: boolean): void {
    if (!this.host.isOnline()) return;
    const now = elapsedMs();
    const hasStarted = now - this.typingStartedAt < TYPING_START_GAP_MS;
    if (typing ? hasStarted : this.typingStartedAt === Number.NEGATIVE_INFINITY) return;
    this.typingStartedAt = typing ? now : Number.NEGATIVE_INFINITY;
    this.host.call('typing:set', { conversationId: this.id, typing }).catch(() => undefined);
  }

  apply(fact: TimelineFact): void {
    const heard = heardIn(fact);
    for (const hearing of this.hearings) hearing.push(...heard);
    this.heardSinceEpoch?.push(...heard);
    const next = reduceTimeline(this.state, fact);
    if (next === this.state) return;
    this.state = next;
    this.snapshot = null;
    for (const listener of [...this.listeners]) tell(listener);
    this.watchForGap();
  }

  /** `hasNewEpoch`: the store behind the server may have lost its last moments; what we hold may no longer be true. */
  wentOnline(hasNewEpoch: boolean): void {
    if (this.self && !this.state.self) this.apply({ type: 'self', self: this.self });
    void this.reads.flush();
    if (hasNewEpoch) this.epochChanged();
    if (this.isLive) void this.join();
  }

  private epochChanged(): void {
    this.heardSinceEpoch = [];
    this.apply({ type: 'epoch-changed' });
  }

  heard(typing: { sender: PersonView; typing: boolean }): void {
    const key = `${typing.sender.type}:${typing.sender.id}`;
    clearTimeout(this.typingTimers.get(key));
    this.typingTimers.delete(key);
    this.apply({ type: 'typing', ...typing });
    if (!typing.typing) return;
    const stop = (): void => this.heard({ sender: typing.sender, typing: false });
    this.typingTimers.set(key, setTimeout(stop, TYPING_LIFE_MS));
  }

  learnMarkers(conversation: ConversationView): void {
    for (const { type, id, readSeq } of conversation.participants) this.wasRead({ type, id }, readSeq);
  }

  wasRead(reader: { type: 'user' | 'agent'; id: string }, readSeq: number): void {
    if (this.self && markerKey(reader) === markerKey(this.self)) this.reads.learn(readSeq);
    this.apply({ type: 'read', reader, readSeq });
  }

  accessEnded(): void {
    this.host.queue.forget(this.id);
    this.host.changes.forget(this.id);
    this.apply({ type: 'lost' });
  }

  flushReads(): void {
    void this.reads.flush();
  }

  destroy(): void {
    this.turn += 1;
    this.isLive = false;
    this.reads.stop();
    for (const timer of [this.gapTimer, this.holdTimer, this.rejoinTimer, this.lingerTimer]) {
      clearTimeout(timer);
    }
    for (const timer of this.typingTimers.values()) clearTimeout(timer);
    this.listeners.clear();
  }

  private goLive(): void {
    this.isLive = true;
    this.hasMarkers = false;
    this.apply({ type: 'unread-line', afterSeq: NO_LINE });
    this.host.onOpened(this);
    if (this.host.isOnline()) void this.join();
  }

  /** A user's own conversations stay open on the server whatever the view does. */
  private leave(): void {
    this.isLive = false;
    this.turn += 1;
    for (const timer of [this.gapTimer, this.holdTimer, this.rejoinTimer]) clearTimeout(timer);
    this.gapTimer = undefined;
    this.holdTimer = undefined;
    void this.reads.flush();
    if (this.host.isOnline() && this.self?.type !== 'user') {
      this.host.call('conversation:close', { conversationId: this.id }).catch(() => undefined);
    }
    this.host.onReleased(this);
  }

  private async join(): Promise<void> {
    const turn = ++this.turn;
    clearTimeout(this.rejoinTimer);
    if (this.state.status === 'error') this.apply({ type: 'loading' });
    try {
      const head = await this.host.call('conversation:open', { conversationId: this.id });
      if (turn !== this.turn) return;
      if (!this.hasMarkers) void this.loadMarkers(turn);
      if (this.state.status === 'ready' && !this.heardSinceEpoch) await this.catchUp();
      else await this.loadNewest(head, turn);
      if (turn === this.turn) this.joinFailures = 0;
    } catch (error) {
      if (turn === this.turn) this.joinFailed(toChatError(error));
    }
  }

  /** What is shown stays while it is only a matter of time; that there is nothing to see here is final. */
  private joinFailed(error: ChatError): void {
    const { status } = this.state;
    if (isAccessLost(error) && status !== 'loading') this.accessEnded();
    else if (error.retryable || (status === 'ready' && !isAccessLost(error))) this.rejoinLater(error);
    else this.apply({ type: 'load-failed', error });
  }

  private rejoinLater(error: ChatError): void {
    if (!this.host.isOnline()) return;
    const wait = retryDelayMs(error, this.joinFailures, this.host.random);
    this.joinFailures += 1;
    this.rejoinTimer = setTimeout(() => void this.join(), wait);
  }

  private async loadNewest(head: { headSeq: number; headRev: number }, turn: number): Promise<void> {
    const asked = { afterSeq: Math.max(0, head.headSeq - PAGE), afterRev: head.headRev };
    const isCurrent = (): boolean => turn === this.turn;
    const sync = await this.ask('loaded', asked, isCurrent);
    if (!isCurrent()) return;
    this.heardSinceEpoch = null;
    if (sync.hasMore) await this.catchUp();
  }

  /** Asks, and takes the answer together with what came in meanwhile. */
  private async ask(
    type: 'loaded' | 'synced',
    asked: AskedFrom,
    isWanted: () => boolean,
  ): Promise<SyncedConversation> {
    const heard: HeardFact[] = [];
    this.hearings.add(heard);
    try {
      const sync = await this.host.sync({ id: this.id, ...asked });
      this.hearings.delete(heard);
      if (isWanted()) this.answered(type, sync, asked, heard);
      return sync;
    } finally {
      this.hearings.delete(heard);
    }
  }

  private answered(
    type: 'loaded' | 'synced',
    sync: SyncedConversation,
    asked: AskedFrom,
    heard: HeardFact[],
  ): void {
    if (sync.access === 'lost') return this.accessEnded();
    const isBehind = sync.headSeq < asked.afterSeq || sync.headRev < asked.afterRev;
    this.answersBehind = isBehind ? this.answersBehind + 1 : 0;
    if (isBehind && this.answersBehind < OLDER_ANSWERS) throw olderAnswerError();
    // Behind for good: what was held is no more, though no epoch said so.
    this.apply({ type: isBehind ? 'loaded' : type, sync, asked, heard: this.heardSinceEpoch ?? heard });
  }

  /** One at a time. Who comes while it runs needs an answer to a question that is asked after now. */
  private async catchUp(): Promise<void> {
    if (!this.isLive) return;
    if (this.mending) {
      this.mustMendAgain = true;
      return this.mending;
    }
    this.mending = this.mend();
    try {
      await this.mending;
      this.mendFailures = 0;
    } catch (error) {
      const wait = retryDelayMs(toChatError(error), this.mendFailures, this.host.random);
      this.mendFailures += 1;
      this.mendNotBefore = elapsedMs() + wait;
      throw error;
    } finally {
      this.watchForGap();
    }
  }

  private async mend(): Promise<void> {
    let hasMore = true;
    try {
      while (hasMore && this.isLive) hasMore = await this.mendFurther();
    } finally {
      this.mending = null;
    }
  }

  private async mendFurther(): Promise<boolean> {
    this.mustMendAgain = false;
    const { confirmedSeq: afterSeq, headRev: afterRev } = this.state;
    const sync = await this.ask('synced', { afterSeq, afterRev }, () => this.state.status === 'ready');
    const hasAdvanced = this.state.confirmedSeq > afterSeq || this.state.headRev > afterRev;
    return this.mustMendAgain || (sync.hasMore && hasAdvanced);
  }

  /** A missing number mostly comes by itself within the second; then it is asked for. */
  private watchForGap(): void {
    const isMendable = this.isLive && this.host.isOnline() && hasGap(this.state);
    this.watchHeldBack(isMendable);
    if (!isMendable || this.mending) return;
    const now = elapsedMs();
    const dueAt = Math.max(now + this.gapPatienceMs(), this.mendNotBefore);
    if (this.gapTimer !== undefined && this.gapDueAt <= dueAt) return;
    clearTimeout(this.gapTimer);
    this.gapDueAt = dueAt;
    this.gapTimer = setTimeout(() => void this.mendGap(), dueAt - now);
  }

  /** Whatever becomes of the asking (refused, limited, lost), what is here gets seen. */
  private watchHeldBack(isMendable: boolean): void {
    const holdsBack = isMendable && this.state.ahead.length > 0;
    if (holdsBack) this.holdTimer ??= setTimeout(() => this.showHeldBack(), LONGEST_HOLD_MS);
    else {
      clearTimeout(this.holdTimer);
      this.holdTimer = undefined;
    }
  }

  private showHeldBack(): void {
    this.holdTimer = undefined;
    this.apply({ type: 'gap-shown' });
  }

  private gapPatienceMs(): number {
    const holdsBack = this.state.ahead.length > 0;
    return holdsBack && this.self?.type === 'user' ? USER_GAP_PATIENCE_MS : GAP_PATIENCE_MS;
  }

  private async mendGap(): Promise<void> {
    this.gapTimer = undefined;
    if (!hasGap(this.state) || !this.host.isOnline() || this.mending) return;
    const { knownSeq, knownRev } = this.state;
    const error = await this.catchUp().then(
      () => null,
      (thrown: unknown) => toChatError(thrown),
    );
    if (!hasGap(this.state)) this.olderAnswers = 0;
    const hasHeardMore = this.state.knownSeq > knownSeq || this.state.knownRev > knownRev;
    if (hasGap(this.state) && !hasHeardMore && !error?.retryable) this.answeredWithLess();
  }

  /** The answer leaves the gap open: it was read from an older state, or what was heard of is no more. */
  private answeredWithLess(): void {
    this.olderAnswers += 1;
    const isBelieved = this.olderAnswers >= OLDER_ANSWERS;
    this.mendNotBefore = elapsedMs() + backoffMs(this.olderAnswers, this.host.random);
    if (isBelieved) this.olderAnswers = 0;
    this.apply({ type: isBelieved ? 'gap-forgotten' : 'gap-shown' });
    this.watchForGap();
  }

  /** Read markers are an ornament of the timeline: without them it still works. */
  private async loadMarkers(turn: number): Promise<void> {
    this.hasMarkers = true;
    try {
      const path = `/v1/conversations/${this.id}`;
      const conversation = await this.host.rest.request<ConversationView>('GET', path);
      if (turn !== this.turn) return;
      this.learnMarkers(conversation);
      const { self } = this;
      const own = conversation.participants.find((one) => self && markerKey(one) === markerKey(self));
      if (own && own.readSeq < conversation.headSeq) {
        this.apply({ type: 'unread-line', afterSeq: own.readSeq });
      }
    } catch {
      this.hasMarkers = false;
    }
  }

  private async reportRead(seq: number): Promise<number> {
    if (!this.host.isOnline()) throw offlineError();
    return (await this.host.call('conversation:read', { conversationId: this.id, seq })).readSeq;
  }
}

/** A view that throws keeps neither the other views nor the store from going on. */
function tell(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    console.error(error);
  }
}

/** An answer is heard, too: another question may be under way, whose answer was read before. */
function heardIn(fact: TimelineFact): HeardFact[] {
  if (fact.type === 'message' || fact.type === 'head') return [fact];
  if (fact.type !== 'synced') return [];
  const { messages, changes, headSeq, headRev } = fact.sync;
  const listed = [...messages, ...changes].map((message) => ({ type: 'message', message }) as const);
  return [...listed, { type: 'head', headSeq, headRev }];
}
