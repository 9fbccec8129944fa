/** The one error shape, as HTTP body and inside a socket ack. `code` is `area.reason` and never changes once shipped. */
export interface WireError {
  code: string;
  /** Fit for people; clients decide by `code`. */
  message: string;
  details?: unknown;
  requestId: string;
  /** True when the same request may succeed later without being changed. */
  retryable?: boolean;
  retryAfterMs?: number;
}

/** `details` of `common.validation_failed`. */
export interface FieldFault {
  /** Dotted path into the body or the query, e.g. `profile.email`. */
  path: string;
  message: string;
}

export type Ack<T> = { ok: true; data: T } | { ok: false; error: WireError };

/** A page of a list. `nextCursor` is opaque and `null` at the end. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** ISO 8601 in UTC, with milliseconds. */
export type IsoTime = string;

export type PrincipalType = 'agent' | 'user' | 'partner';

/** Who is meant on the wire: in presence, read markers and participants. */
export interface PrincipalRef {
  type: 'agent' | 'user';
  id: string;
}

export type PresenceStatus = 'online' | 'away' | 'offline' | 'unknown';
