export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'unsupported'
  | 'rate_limited'
  | 'unavailable';

export interface RetryHint {
  retryAfterMs?: number;
}

/** A refusal in the words of the domain. Knows nothing of HTTP or sockets; `code` never changes once shipped. */
export class DomainError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    readonly details?: unknown,
    readonly retry?: RetryHint,
  ) {
    super(message);
    this.name = new.target.name;
  }
}
