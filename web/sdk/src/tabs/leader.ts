import type { ChatError } from '../chat-error.js';
import type { Line, LineHooks } from '../line.js';
import type { ConnectionState, SelfRef } from '../types.js';
import type { Hello } from '../wire.js';
import { answerOf, isFromLeader, type FromLeader, type TabMessage, type ToLeader } from './messages.js';
import { SharedCalls } from './shared-calls.js';
import type { TabLocks } from './tabs.js';

/** What is said of this connection alone: each tab finds out with its own credentials. */
const NOT_PASSED_ON = new Set(['hello', 'session:ended']);

export type Untermed<Message> = Message extends unknown ? Omit<Message, 'from' | 'term'> : never;

export interface LeaderOptions {
  id: string;
  self: SelfRef;
  post(message: Untermed<FromLeader>): void;
  openOwn(hooks: LineHooks): Line;
  locks: TabLocks;
  /** The lock that a tab holds as long as it lives. */
  lifeOf(tab: string): string;
}

/** Holds the socket and serves the other tabs with it. */
export class TabLeader {
  private readonly line: Line;
  private readonly calls: SharedCalls;
  private readonly followers = new Map<string, AbortController>();
  private hello: Hello | null = null;
  private isOver = false;

  constructor(
    private readonly options: LeaderOptions,
    private readonly hooks: LineHooks,
  ) {
    this.line = options.openOwn({
      onState: (state) => this.stateChanged(state),
      onHello: (hello) => this.greeted(hello),
      onFact: (event, fact) => this.heard(event, fact),
    });
    this.calls = new SharedCalls(this.line, options.self.type !== 'user');
    this.line.connect();
  }

  get retryAt(): number | null {
    return this.line.retryAt;
  }

  get error(): ChatError | null {
    return this.line.error;
  }

  receive(message: TabMessage): void {
    if (isFromLeader(message)) return;
    if ('to' in message && message.to !== this.options.id) return;
    this.serve(message);
  }

  call(event: string, request: unknown): Promise<unknown> {
    return this.calls.call(this.options.id, event, request);
  }

  wake(): void {
    this.line.wake();
  }

  drop(): void {
    this.line.drop();
  }

  end(): void {
    this.isOver = true;
    this.options.post({ kind: 'resign' });
    for (const ending of this.followers.values()) ending.abort();
    this.line.destroy();
  }

  private serve(message: ToLeader): void {
    switch (message.kind) {
      case 'join':
        this.follow(message.from);
        return this.tell(message.from);
      case 'leave':
        return this.forget(message.from);
      case 'wake':
        if ((message.retryAt ?? this.line.retryAt) === this.line.retryAt) this.line.wake();
        return;
      case 'call':
        return void this.answer(message);
      default:
        message satisfies never;
    }
  }

  private async answer({ from, id, event, request }: ToLeader & { kind: 'call' }): Promise<void> {
    const answer = await answerOf(this.calls.call(from, event, request));
    if (!this.isOver) this.options.post({ kind: 'answer', to: from, id, answer });
  }

  /** A tab that crashes says nothing, but its lock comes free. */
  private follow(tab: string): void {
    if (this.followers.has(tab)) return;
    const ending = new AbortController();
    this.followers.set(tab, ending);
    const isGone = (): Promise<void> => Promise.resolve(this.forget(tab));
    this.options.locks
      .request(this.options.lifeOf(tab), { signal: ending.signal }, isGone)
      .catch(() => undefined);
  }

  private forget(tab: string): void {
    this.followers.get(tab)?.abort();
    this.followers.delete(tab);
    if (!this.isOver) this.calls.forget(tab);
  }

  private stateChanged(state: ConnectionState): void {
    if (this.isOver) return;
    // That this tab is refused does not mean that the others are.
    if (state !== 'ended') this.tell();
    this.hooks.onState(state);
  }

  private greeted(hello: Hello): void {
    this.hello = hello;
    this.calls.reset();
    this.hooks.onHello(hello);
  }

  private heard(event: string, fact: unknown): void {
    if (this.isOver) return;
    if (!NOT_PASSED_ON.has(event)) this.options.post({ kind: 'fact', event, fact });
    this.hooks.onFact(event, fact);
  }

  /** A tab that comes later reads where things stand by itself: what was true at the hello no longer is. */
  private tell(to?: string): void {
    const { state, retryAt } = this.line;
    const hello = to && this.hello ? { ...this.hello, heads: [] } : this.hello;
    this.options.post({ kind: 'line', to, state, retryAt, hello });
  }
}
