import type { ChatError } from './chat-error.js';
import type { Credentials } from './credentials.js';
import type { CallAnswer, CallRequest, ConnectionState } from './types.js';
import type { ClientToServerEvents, Hello } from './wire.js';

/** What the client hears of its line, in this order for a connection: `onHello`, `onState('online')`, facts. */
export interface LineHooks {
  onState(state: ConnectionState): void;
  onHello(hello: Hello): void;
  onFact(event: string, fact: unknown): void;
}

export interface LineOptions {
  url: string;
  credentials: Credentials;
  random: () => number;
  now: () => number;
}

/** The way to the server, whoever holds the socket: this tab or another one. */
export interface Line {
  readonly state: ConnectionState;
  readonly retryAt: number | null;
  /** Why it could not be opened. */
  readonly error: ChatError | null;
  connect(): void;
  /** Tries at once instead of waiting; when online, finds out whether the line is still alive. */
  wake(): void;
  /** Gives the line up without waiting for the heartbeat to fail. */
  drop(): void;
  destroy(): void;
  call<E extends keyof ClientToServerEvents>(event: E, request: CallRequest<E>): Promise<CallAnswer<E>>;
}

export type OpenLine = (options: LineOptions, hooks: LineHooks) => Line;
