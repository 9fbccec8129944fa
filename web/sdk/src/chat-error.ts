import type { WireError } from './wire.js';

export interface ChatErrorFields {
  code: string;
  message?: string;
  details?: unknown;
  requestId?: string;
  retryable?: boolean;
  retryAfterMs?: number;
  status?: number;
}

/** Every failure of the SDK. `code` is the server's, or one of the client's own, which begin with `client.`. */
export class ChatError extends Error {
  readonly code: string;
  /** By code; of `common.validation_failed` a list of `{ path, message }`. */
  readonly details?: unknown;
  /** By which the server's operators find it in their logs. */
  readonly requestId?: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** Not sooner than this. */
  readonly retryAfterMs?: number;
  /** Of HTTP, when it came over REST. */
  readonly status?: number;

  constructor(fields: ChatErrorFields) {
    super(fields.message ?? fields.code);
    this.name = 'ChatError';
    this.code = fields.code;
    this.details = fields.details;
    this.requestId = fields.requestId;
    this.retryable = fields.retryable ?? false;
    this.retryAfterMs = fields.retryAfterMs;
    this.status = fields.status;
  }
}

export function isWireError(value: unknown): value is WireError {
  return typeof value === 'object' && value !== null && typeof (value as WireError).code === 'string';
}

/** Whatever was thrown, as a ChatError; what is not ours counts as a lost connection, hence retryable. */
export function toChatError(value: unknown, status?: number): ChatError {
  if (value instanceof ChatError) return value;
  if (isWireError(value)) return new ChatError({ ...value, status });
  const message = value instanceof Error ? value.message : String(value);
  return new ChatError({ code: 'client.offline', message, retryable: true, status });
}

export function offlineError(): ChatError {
  return new ChatError({ code: 'client.offline', message: 'Not connected.', retryable: true });
}

export function timeoutError(): ChatError {
  return new ChatError({
    code: 'client.timeout',
    message: 'The server did not answer in time.',
    retryable: true,
  });
}

/** The server answered from a view that does not have what it said before: for a moment, somewhere else may know. */
export function olderAnswerError(): ChatError {
  return new ChatError({ code: 'client.older_answer', retryable: true });
}

/** The page ended before the file had arrived, and took it along. */
export function uploadLostError(): ChatError {
  return new ChatError({ code: 'client.upload_lost', message: 'The file did not arrive. Attach it again.' });
}

/** For what can no longer be answered: the client was destroyed, or its session ended. */
export function endedError(): ChatError {
  return new ChatError({ code: 'client.ended', message: 'This client has ended.' });
}

export function accessLostError(): ChatError {
  return new ChatError({
    code: 'client.access_lost',
    message: 'This conversation is no longer yours to see.',
  });
}

/** The server says that there is nothing here for this principal; any other refusal says nothing about access. */
export function isAccessLost(error: ChatError): boolean {
  return /\.not_found$|^auth\.forbidden$|^chat\.not_participant$/.test(error.code);
}
