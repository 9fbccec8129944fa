import { HttpException } from '@nestjs/common';
import type { WireError } from '../../contracts/common.js';
import { NotFound, PayloadTooLarge, Unavailable, ValidationFailed } from './common.errors.js';
import { DomainError, type ErrorKind } from './domain-error.js';

const STATUS: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported: 415,
  rate_limited: 429,
  unavailable: 503,
};

export interface Refusal {
  status: number;
  error: WireError;
  /** Not a refusal of ours: to be logged with its stack. */
  isUnexpected: boolean;
}

/** The one map from anything thrown to what a client sees, for HTTP bodies and acks alike. */
export function toRefusal(thrown: unknown, requestId: string): Refusal {
  const known = asDomainError(thrown);
  if (!known) {
    const error = { code: 'common.internal', message: 'Something went wrong here.', requestId };
    return { status: 500, error, isUnexpected: true };
  }
  const error: WireError = { code: known.code, message: known.message, requestId };
  if (known.details !== undefined) error.details = known.details;
  if (known.kind === 'rate_limited' || known.kind === 'unavailable') error.retryable = true;
  if (known.retry?.retryAfterMs !== undefined) error.retryAfterMs = Math.ceil(known.retry.retryAfterMs);
  return { status: STATUS[known.kind], error, isUnexpected: false };
}

function asDomainError(thrown: unknown): DomainError | undefined {
  if (thrown instanceof DomainError) return thrown;
  const status = statusOf(thrown);
  if (status === 404) return new NotFound('common');
  if (status === 413) return new PayloadTooLarge();
  if (status === 415) {
    return new DomainError(
      'unsupported',
      'common.unsupported_type',
      'This content type is not understood here.',
    );
  }
  if (status !== undefined && status >= 400 && status < 500) {
    return new ValidationFailed([{ path: '', message: 'The request could not be read.' }]);
  }
  return isStoreDown(thrown) ? new Unavailable() : undefined;
}

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const status = (thrown as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

const DOWN_NAMES = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoOperationTimeoutError',
  'MaxRetriesPerRequestError',
  'ConnectionTimeoutError',
]);
const DOWN_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
  '53300',
  // MongoDB: shutting down, not primary, host or network out of reach.
  '91',
  '6',
  '7',
  '89',
  '189',
  '9001',
  '10107',
  '11600',
  '11602',
  '13435',
  '13436',
]);
/** Libraries wrap what the network said, and keep only its words. */
const DOWN_TEXTS = new RegExp(
  [
    'ECONNRESET',
    'ECONNREFUSED',
    'EPIPE',
    'Connection terminated',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Connection is closed',
    'Command timed out',
    "Stream isn't writeable",
    'Client has encountered a connection error',
    'connection \\d+ to .* (closed|timed out)',
  ].join('|'),
);

/** A store that does not answer is a passing state, not a fault of the request: the client may try again. */
export function isStoreDown(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null) return false;
  const { name, code, message, cause, errorResponse } = thrown as Record<string, unknown>;
  const saysSo =
    DOWN_NAMES.has(String(name)) || DOWN_CODES.has(String(code)) || DOWN_TEXTS.test(String(message));
  // MongoDB's bulk writes go under a name of their own and carry what happened to them inside.
  return saysSo || isStoreDown(errorResponse) || isStoreDown(cause);
}
