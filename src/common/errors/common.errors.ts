import type { FieldFault } from '../../contracts/common.js';
import { DomainError } from './domain-error.js';

export class ValidationFailed extends DomainError {
  constructor(faults: FieldFault[]) {
    super('invalid', 'common.validation_failed', 'Some of what was sent is not valid.', faults);
  }
}

export class NotFound extends DomainError {
  /** @param area the noun's area, e.g. `chat`: the code becomes `chat.not_found` */
  constructor(area: string, message = 'There is nothing here by that name.') {
    super('not_found', `${area}.not_found`, message);
  }
}

export class Unauthenticated extends DomainError {
  constructor(code: `auth.${string}` = 'auth.unauthenticated', message = 'Sign in first.') {
    super('unauthenticated', code, message);
  }
}

export class Forbidden extends DomainError {
  constructor(message = 'This is not allowed for you.', code = 'auth.forbidden') {
    super('forbidden', code, message);
  }
}

export class Conflict extends DomainError {
  constructor(message: string, details?: unknown, code = 'common.conflict') {
    super('conflict', code, message, details);
  }
}

export class PayloadTooLarge extends DomainError {
  constructor(message = 'What was sent is too large.') {
    super('too_large', 'common.payload_too_large', message);
  }
}

export class RateLimited extends DomainError {
  /** @param limit how many were allowed, for the headers of a route */
  constructor(
    retryAfterMs: number,
    readonly limit?: number,
  ) {
    super('rate_limited', 'common.rate_limited', 'Too many requests. Wait a little.', undefined, {
      retryAfterMs,
    });
  }
}

export class Unavailable extends DomainError {
  constructor(message = 'This is not available at the moment. Try again.', retryAfterMs = 1_000) {
    super('unavailable', 'common.unavailable', message, undefined, { retryAfterMs });
  }
}
