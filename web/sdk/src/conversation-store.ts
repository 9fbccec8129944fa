import { offlineError, toChatError, type ChatError } from './chat-error.js';
import { createClientId } from './client-id.js';
import { ReadReporter } from './read-reporter.js';
import type { RestClient } from './rest-client.js';
import type { SendQueue } from './send-queue.js';
import {
  NO_LINE,
  createTimelineState,
  hasGap,
  markerKey,
  reduceTimeline,
  toTimeline,
  type TimelineFact,
  type TimelineState,
} from './timeline.js';
import type {
  CallAnswer,
  CallRequest,
  ConversationHandle,
  MessageDraft,
  PendingItem,
  SelfRef,
  Timeline,
} from './types.js';
import type {
  ClientToServerEvents,
  ConversationView,
  MessageHistory,
  PersonView,
  SyncedConversation,
  SyncPoint,
} from './wire.js';

const PAGE = 50;
const GAP_PATIENCE_MS = 1_000;
/** A user never sees the agents' notes: the number that a message skips is then mostly one of them, and will not come. */
const USER_GAP_PATIENCE_MS = 60;
const RETRY_MS = 5_000;
const TYPING_START_GAP_MS = 3_000;
const TYPING_LIFE_MS = 6_000;
/** A view that is swapped for another often comes back at once; leaving and joining again would cost two requests. */
const LINGER_MS = 2_000;

/** What a store needs of the client around it. */
export interface ConversationHost {
  self(): SelfRef | null;
  isOnline(): boolean;
  now(): number;
  call<E extends keyof ClientToServerEvents>(event: E, request: CallRequest<E>): Promise<CallAnswer<E>>;
  sync(point: SyncPoint): Promise<SyncedConversation>;
  readonly rest: RestClient;
  readonly queue: SendQueue;
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
  private isMending = false;
  private hasMarkers = false;
  private gapDueAt = 0;
  private mendNotBefore = 0;
  private gapTimer: ReturnType<typeof setTimeout> | undefined;
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
    this.reads = new ReadReporter(
      (seq) => this.reportRead(seq),
      () => host.now(),
    );
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

  async loadOlder(): Promise<void> {
    if (this.state.isLoadingOlder || !this.getSnapshot().hasOlder) return;
    this.apply({ type: 'older-asked' });
    try {
      const query = { beforeSeq: this.state.floorSeq + 1, limit: PAGE };
      const path = `/v1/conversations/${this.id}/messages`;
      const page = await this.host.rest.request<MessageHistory>('GET', path, { query });
      this.apply({ type: 'older-loaded', messages: page.items, minSeq: page.minSeq, hasMore: page.hasMore });
    } catch (error) {
      this.apply({ type: 'older-failed' });
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
    const now = this.host.now();
    const hasStarted = now - this.typingStartedAt < TYPING_START_GAP_MS;
    if (typing ? hasStarted : this.typingStartedAt === Number.NEGATIVE_INFINITY) return;
    this.typingStartedAt = typing ? now : Number.NEGATIVE_INFINITY;
    this.host.call('typing:set', { conversationId: this.id, typing }).catch(() => undefined);
  }

  apply(fact: TimelineFact): void {
    const next = reduceTimeline(this.state, fact);
    if (next === this.state) return;
    this.state = next;
    this.snapshot = null;
    for (const listener of [...this.listeners]) listener();
    this.watchForGap();
  }

  /** `hasNewEpoch`: the store behind the server may have lost its last moments; what we hold may no longer be true. */
  wentOnline(hasNewEpoch: boolean): void {
    if (this.self && !this.state.self) this.apply({ type: 'self', self: this.self });
    void this.reads.flush();
    if (this.isLive) void this.join(hasNewEpoch);
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
    this.apply({ type: 'lost' });
  }

  flushReads(): void {
    void this.reads.flush();
  }

  destroy(): void {
    this.turn += 1;
    this.isLive = false;
    for (const timer of [this.gapTimer, this.rejoinTimer, this.lingerTimer]) clearTimeout(timer);
    for (const timer of this.typingTimers.values()) clearTimeout(timer);
    this.listeners.clear();
  }

  private goLive(): void {
    this.isLive = true;
    this.hasMarkers = false;
    this.apply({ type: 'unread-line', afterSeq: NO_LINE });
    this.host.onOpened(this);
    if (this.host.isOnline()) void this.join(false);
  }

  /** A user's own conversations stay open on the server whatever the view does. */
  private leave(): void {
    this.isLive = false;
    this.turn += 1;
    clearTimeout(this.gapTimer);
    clearTimeout(this.rejoinTimer);
    this.gapTimer = undefined;
    void this.reads.flush();
    if (this.host.isOnline() && this.self?.type !== 'user') {
      this.host.call('conversation:close', { conversationId: this.id }).catch(() => undefined);
    }
    this.host.onReleased(this);
  }

  private async join(reload: boolean): Promise<void> {
    const turn = ++this.turn;
    clearTimeout(this.rejoinTimer);
    if (this.state.status === 'error') this.apply({ type: 'loading' });
    try {
      const head = await this.host.call('conversation:open', { conversationId: this.id });
      if (turn !== this.turn) return;
      if (!this.hasMarkers) void this.loadMarkers(turn);
      if (this.state.status === 'ready' && !reload) await this.catchUp();
      else await this.loadNewest(head, turn);
    } catch (error) {
      if (turn === this.turn) this.joinFailed(toChatError(error), reload);
    }
  }

  private joinFailed(error: ChatError, reload: boolean): void {
    if (error.retryable) {
      if (!this.host.isOnline()) return;
      this.rejoinTimer = setTimeout(() => void this.join(reload), error.retryAfterMs ?? RETRY_MS);
    } else if (this.state.status === 'ready') this.accessEnded();
    else this.apply({ type: 'load-failed', error });
  }

  private async loadNewest(head: { headSeq: number; headRev: number }, turn: number): Promise<void> {
    const floorSeq = Math.max(0, head.headSeq - PAGE);
    const sync = await this.host.sync({ id: this.id, afterSeq: floorSeq, afterRev: head.headRev });
    if (turn !== this.turn) return;
    const firstSeq = sync.messages[0]?.seq;
    const provenFloor = sync.reset && firstSeq !== undefined ? Math.min(floorSeq, firstSeq - 1) : floorSeq;
    this.answered({ type: 'loaded', sync, floorSeq: provenFloor });
    if (sync.hasMore) await this.catchUp();
  }

  private answered(fact: TimelineFact & { type: 'loaded' | 'synced' }): void {
    if (fact.sync.access === 'lost') this.accessEnded();
    else this.apply(fact);
  }

  private async catchUp(): Promise<void> {
    if (this.isMending) return;
    this.isMending = true;
    try {
      let hasMore = true;
      while (hasMore && this.isLive) {
        const { confirmedSeq: afterSeq, headRev: afterRev } = this.state;
        const sync = await this.host.sync({ id: this.id, afterSeq, afterRev });
        this.answered({ type: 'synced', sync });
        hasMore = sync.hasMore && (this.state.confirmedSeq > afterSeq || this.state.headRev > afterRev);
      }
    } catch (error) {
      this.mendNotBefore = this.host.now() + (toChatError(error).retryAfterMs ?? RETRY_MS);
      throw error;
    } finally {
      this.isMending = false;
      this.watchForGap();
    }
  }

  /** A missing number mostly comes by itself within the second; then it is asked for, once. */
  private watchForGap(): void {
    const isMendable = this.isLive && this.host.isOnline() && hasGap(this.state);
    if (!isMendable || this.isMending) return;
    const now = this.host.now();
    const dueAt = Math.max(now + this.gapPatienceMs(), this.mendNotBefore);
    if (this.gapTimer !== undefined && this.gapDueAt <= dueAt) return;
    clearTimeout(this.gapTimer);
    this.gapDueAt = dueAt;
    this.gapTimer = setTimeout(() => void this.mendGap(), dueAt - now);
  }

  private gapPatienceMs(): number {
    const holdsBack = this.state.ahead.length > 0;
    return holdsBack && this.self?.type === 'user' ? USER_GAP_PATIENCE_MS : GAP_PATIENCE_MS;
  }

  private async mendGap(): Promise<void> {
    this.gapTimer = undefined;
    if (!hasGap(this.state) || !this.host.isOnline() || this.isMending) return;
    const { knownSeq, knownRev } = this.state;
    const isAnswered = await this.catchUp().then(
      () => true,
      (error: unknown) => !toChatError(error).retryable,
    );
    const hasHeardMore = this.state.knownSeq > knownSeq || this.state.knownRev > knownRev;
    if (isAnswered && !hasHeardMore) this.acceptGap();
  }

  private acceptGap(): void {
    if (hasGap(this.state)) this.apply({ type: 'gap-accepted' });
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
