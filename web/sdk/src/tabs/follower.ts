import { offlineError, timeoutError } from '../chat-error.js';
import type { LineHooks } from '../line.js';
import type { ConnectionState } from '../types.js';
import type { Hello } from '../wire.js';
import { isFromLeader, unpack, type FromLeader, type TabMessage, type ToLeader } from './messages.js';

/** Longer than the leader itself waits for the server. */
const ANSWER_TIMEOUT_MS = 12_000;
const CHECK_EVERY_MS = 20_000;
/** How long a leader that lives may keep one waiting for a word. */
const SILENCE_MS = 5_000;

export interface FollowerOptions {
  id: string;
  post(message: ToLeader): void;
  /** The leader does not answer: frozen, or stopped in a debugger. */
  onSilence(): void;
}

interface OpenCall {
  resolve: (data: unknown) => void;
  reject: (error: unknown) => void;
  timer: ReturnType<typeof setTimeout>;
}

/** Uses the socket of the tab that leads. */
export class TabFollower {
  term = 0;
  retryAt: number | null = null;
  /** The tab that leads knows it. */
  readonly error = null;
  private state: ConnectionState = 'connecting';
  private leaderId: string | null = null;
  private lastCall = 0;
  private readonly calls = new Map<number, OpenCall>();
  private readonly checkTimer: ReturnType<typeof setInterval>;
  private silenceTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly options: FollowerOptions,
    private readonly hooks: LineHooks,
  ) {
    this.checkTimer = setInterval(() => this.check(), CHECK_EVERY_MS);
    this.check();
  }

  receive(message: TabMessage): void {
    if (!isFromLeader(message) || message.term < this.term) return;
    if (message.kind !== 'resign') this.attend(message);
    switch (message.kind) {
      case 'line':
        return this.lineIs(message);
      case 'fact':
        if (this.state === 'online') this.hooks.onFact(message.event, message.fact);
        return;
      case 'answer':
        return this.answered(message);
      case 'resign':
        if (message.from === this.leaderId) this.lose();
        return;
      default:
        message satisfies never;
    }
  }

  call(event: string, request: unknown): Promise<unknown> {
    const { leaderId: to } = this;
    if (this.state !== 'online' || to === null) return Promise.reject(offlineError());
    const id = ++this.lastCall;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.wasNotAnswered(id), ANSWER_TIMEOUT_MS);
      this.calls.set(id, { resolve, reject, timer });
      // As the wire would take it: a channel refuses some of what JSON merely leaves out.
      const asSent: unknown = JSON.parse(JSON.stringify(request));
      this.options.post({ kind: 'call', from: this.options.id, to, id, event, request: asSent });
    });
  }

  wake(retryAt?: number): void {
    this.check();
    const { leaderId: to } = this;
    if (to !== null) this.options.post({ kind: 'wake', from: this.options.id, to, retryAt });
  }

  /** The tab that leads hears for itself that the network is gone. */
  drop(): void {}

  end(): void {
    clearInterval(this.checkTimer);
    clearTimeout(this.silenceTimer);
    clearTimeout(this.retryTimer);
    this.options.post({ kind: 'leave', from: this.options.id });
    this.failCalls();
  }

  private check(): void {
    this.options.post({ kind: 'join', from: this.options.id });
    this.silenceTimer ??= setTimeout(() => {
      this.silenceTimer = undefined;
      this.options.onSilence();
    }, SILENCE_MS);
  }

  private attend({ from, term }: FromLeader): void {
    clearTimeout(this.silenceTimer);
    this.silenceTimer = undefined;
    if (from === this.leaderId) return;
    const hadLeader = this.leaderId !== null;
    this.leaderId = from;
    this.term = term;
    if (hadLeader) this.lineIsGone();
    this.options.post({ kind: 'join', from: this.options.id });
  }

  private lose(): void {
    this.leaderId = null;
    this.lineIsGone();
    this.check();
  }

  /** What was asked for may have been done: who asked repeats it, and the server knows a repeat. */
  private lineIsGone(): void {
    if (this.state === 'online') this.changeState('reconnecting', null);
    this.failCalls();
  }

  private failCalls(): void {
    for (const { reject, timer } of this.calls.values()) {
      clearTimeout(timer);
      reject(offlineError());
    }
    this.calls.clear();
  }

  private lineIs({ to, state, retryAt, hello }: FromLeader & { kind: 'line' }): void {
    if (to !== undefined && to !== this.options.id) return;
    if (state !== 'online') return this.changeState(state, retryAt);
    if (this.state !== 'online' && hello) this.greeted(hello);
  }

  private greeted(hello: Hello): void {
    this.hooks.onHello(hello);
    this.changeState('online', null);
    this.hooks.onFact('hello', hello);
  }

  private changeState(state: ConnectionState, retryAt: number | null): void {
    if (state === this.state && retryAt === this.retryAt) return;
    this.state = state;
    this.retryAt = retryAt;
    this.remindAt(retryAt);
    this.hooks.onState(state);
  }

  /** A hidden tab's timers may be minutes late; the tab that is looked at then says when it is time. */
  private remindAt(retryAt: number | null): void {
    clearTimeout(this.retryTimer);
    if (retryAt === null) return;
    this.retryTimer = setTimeout(() => this.wake(retryAt), Math.max(0, retryAt - Date.now()));
  }

  private answered({ to, id, answer }: FromLeader & { kind: 'answer' }): void {
    const call = to === this.options.id ? this.take(id) : undefined;
    if (!call) return;
    try {
      call.resolve(unpack(answer));
    } catch (error) {
      call.reject(error);
    }
  }

  private wasNotAnswered(id: number): void {
    this.take(id)?.reject(timeoutError());
    this.check();
  }

  private take(id: number): OpenCall | undefined {
    const call = this.calls.get(id);
    clearTimeout(call?.timer);
    this.calls.delete(id);
    return call;
  }
}
