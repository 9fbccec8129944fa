import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { backoffMs, retryDelayMs } from './backoff.js';
import { ChatError, isWireError, offlineError, timeoutError, toChatError } from './chat-error.js';
import { elapsedMs } from './elapsed.js';
import type { Line, LineHooks, LineOptions } from './line.js';
import type { CallAnswer, CallRequest, ConnectionState } from './types.js';
import type { Ack, ClientToServerEvents, Hello } from './wire.js';

const ANSWER_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 15_000;
const PROBE_TIMEOUT_MS = 5_000;
/** A server that takes us in and drops us at once is not well: only a line that held starts the backoff over. */
const STABLE_AFTER_MS = 10_000;
const RENEWABLE = new Set(['auth.token_expired', 'auth.unauthenticated']);
/** Refusals that say nothing about who is asking: worth another try. */
const PASSING = /^(common|client)\.|^auth\.token_expired$/;

export type OpenSocket = (url: string, options: Partial<ManagerOptions & SocketOptions>) => Socket;

export interface ConnectionOptions extends LineOptions {
  openSocket?: OpenSocket;
}

/** One socket and the will to keep it. Online begins with `hello`, so whoever hears of it knows who they are. */
export class Connection implements Line {
  state: ConnectionState = 'idle';
  retryAt: number | null = null;
  error: ChatError | null = null;
  private readonly socket: Socket;
  private failures = 0;
  private reason: 'connect' | 'expired' = 'connect';
  private hasRenewed = false;
  private announcedDelayMs: number | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private attemptTimer: ReturnType<typeof setTimeout> | undefined;
  private attemptId = 0;
  private isProbing = false;
  private onlineSince = 0;

  constructor(
    private readonly options: ConnectionOptions,
    private readonly hooks: LineHooks,
  ) {
    const openSocket = options.openSocket ?? io;
    this.socket = openSocket(options.url, {
      autoConnect: false,
      forceNew: true,
      reconnection: false,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      timeout: CONNECT_TIMEOUT_MS,
    });
    this.socket.on('disconnect', () => this.lostConnection());
    this.socket.on('connect_error', (error: Error & { data?: unknown }) => this.refused(error));
    this.socket.onAny((event: string, fact: unknown) => this.received(event, fact));
  }

  connect(): void {
    if (this.state === 'idle') void this.attempt();
    else this.wake();
  }

  wake(): void {
    if (this.state === 'reconnecting' && this.retryAt !== null) void this.attempt();
    else if (this.state === 'online') void this.probe();
  }

  drop(): void {
    if (this.state === 'online') this.socket.disconnect();
  }

  destroy(): void {
    this.end();
    this.socket.offAny();
    this.socket.off();
  }

  async call<E extends keyof ClientToServerEvents>(
    event: E,
    request: CallRequest<E>,
    timeoutMs = ANSWER_TIMEOUT_MS,
  ): Promise<CallAnswer<E>> {
    if (!this.socket.connected) throw offlineError();
    const ack = await this.answerOf<CallAnswer<E>>(event, request, timeoutMs).catch((error: ChatError) => {
      if (error.code === 'client.timeout') void this.probe();
      throw error;
    });
    if (ack.ok) return ack.data;
    throw this.refusal(toChatError(ack.error));
  }

  /** An expired session heals by itself: new credentials, new connection, and the caller may ask again. */
  private refusal(error: ChatError): ChatError {
    if (error.code !== 'auth.token_expired') return error;
    this.reason = 'expired';
    this.announcedDelayMs = 0;
    this.socket.disconnect();
    return new ChatError({ ...error, message: error.message, retryable: true });
  }

  private answerOf<T>(event: string, request: unknown, timeoutMs: number): Promise<Ack<T>> {
    return new Promise((resolve, reject) => {
      this.socket.timeout(timeoutMs).emit(event, request, (error: Error | null, ack: Ack<T>) => {
        if (!error) resolve(ack);
        else reject(this.socket.connected ? timeoutError() : offlineError());
      });
    });
  }

  private async attempt(): Promise<void> {
    const id = this.beginAttempt();
    try {
      const auth = await this.options.credentials.get(this.reason);
      if (id !== this.attemptId) return;
      this.socket.auth = auth;
      this.socket.connect();
    } catch (error) {
      if (id === this.attemptId) this.failed(toChatError(error));
    }
  }

  private beginAttempt(): number {
    this.clearTimers();
    this.setState(this.state === 'idle' ? 'connecting' : this.state);
    this.attemptTimer = setTimeout(() => this.giveUpAttempt(), CONNECT_TIMEOUT_MS);
    this.attemptId += 1;
    return this.attemptId;
  }

  /** A connected socket without its hello counts as a failure too; its `disconnect` event then starts the retry. */
  private giveUpAttempt(): void {
    this.options.credentials.abandon();
    const wasConnected = this.socket.connected;
    this.socket.disconnect();
    if (!wasConnected) this.retryLater();
  }

  private received(event: string, fact: unknown): void {
    if (event === 'hello') this.wentOnline(fact as Hello);
    if (event === 'server:closing' || event === 'slow_consumer') {
      this.announcedDelayMs = (fact as { reconnectAfterMs?: number } | undefined)?.reconnectAfterMs;
    }
    this.hooks.onFact(event, fact);
    if (event === 'session:ended') this.end();
  }

  private wentOnline(hello: Hello): void {
    this.clearTimers();
    this.onlineSince = elapsedMs();
    this.reason = 'connect';
    this.hasRenewed = false;
    this.announcedDelayMs = undefined;
    this.error = null;
    this.hooks.onHello(hello);
    this.setState('online');
  }

  private lostConnection(): void {
    if (this.state === 'ended') return;
    const hasHeld = this.state === 'online' && elapsedMs() - this.onlineSince >= STABLE_AFTER_MS;
    if (hasHeld) this.failures = 0;
    this.retryLater(this.announcedDelayMs);
  }

  private refused(error: Error & { data?: unknown }): void {
    if (this.state === 'ended') return;
    this.failed(isWireError(error.data) ? toChatError(error.data) : offlineError());
  }

  /** Credentials get one renewal per connection; refused again, they are refused for good. */
  private failed(error: ChatError): void {
    this.error = error;
    if (RENEWABLE.has(error.code) && !this.hasRenewed) {
      this.hasRenewed = true;
      this.reason = 'expired';
      void this.attempt();
    } else if (error.retryable || PASSING.test(error.code)) {
      this.retryLater(retryDelayMs(error, this.failures, this.options.random));
    } else {
      this.end();
    }
  }

  private retryLater(delayMs?: number): void {
    this.clearTimers();
    this.attemptId += 1;
    const wait = delayMs ?? backoffMs(this.failures, this.options.random);
    this.failures += 1;
    this.retryAt = this.options.now() + wait;
    this.retryTimer = setTimeout(() => void this.attempt(), wait);
    this.setState('reconnecting');
  }

  /** After sleep, or before a server that hangs, a dead line looks alive for as long as the heartbeat takes. */
  private async probe(): Promise<void> {
    if (this.isProbing) return;
    this.isProbing = true;
    await this.call('ping', {}, PROBE_TIMEOUT_MS).catch((error: ChatError) => {
      if (error.code === 'client.timeout') this.drop();
    });
    this.isProbing = false;
  }

  private end(): void {
    this.clearTimers();
    this.attemptId += 1;
    this.setState('ended');
    this.socket.disconnect();
  }

  private setState(state: ConnectionState): void {
    if (state !== 'reconnecting') this.retryAt = null;
    this.state = state;
    this.hooks.onState(state);
  }

  private clearTimers(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.attemptTimer);
    this.retryAt = null;
  }
}
