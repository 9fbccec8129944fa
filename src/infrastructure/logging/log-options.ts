import { stdTimeFunctions } from 'pino';
import type { Options } from 'pino-http';
import { requestIdFrom } from '../../common/http/request-id.js';
import type { ServerConfig } from '../../config/server.config.js';

/** Never in a log, whatever carries it. */
const SECRETS = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-api-key"]',
  'req.headers["x-api-secret"]',
  'req.headers["x-plugin-key"]',
  'req.headers["x-user-token"]',
  '*.password',
  '*.refreshToken',
  '*.accessToken',
  '*.userToken',
  '*.apiSecret',
  '*.identitySecret',
];

/** What goes into the log, and what never does. */
export function logOptions({ logLevel, isLogPretty }: ServerConfig): Options {
  return {
    level: logLevel,
    redact: { paths: SECRETS, censor: '[secret]' },
    timestamp: stdTimeFunctions.isoTime,
    transport: isLogPretty ? { target: 'pino-pretty', options: { singleLine: true } } : undefined,
    // Fastify made the id already and answers it as x-request-id.
    genReqId: (request) => request.id ?? requestIdFrom(undefined),
    customLogLevel: (_request, reply, error) => levelFor(reply.statusCode, error),
    serializers: {
      req: briefRequest,
      res: (reply: { statusCode: number }) => ({ statusCode: reply.statusCode }),
      err: briefError,
    },
  };
}

function levelFor(status: number, error?: Error): 'error' | 'info' | 'debug' {
  if (error || status >= 500) return 'error';
  return status >= 400 ? 'info' : 'debug';
}

/** The path without its query, as a search text is somebody's words, and without mail addresses as member ids. */
function briefRequest(request: { id: string; method: string; url: string; remoteAddress?: string }): object {
  return {
    id: request.id,
    method: request.method,
    path: request.url.split('?')[0]?.replace(/(?<=\/)[^/]+/g, withoutAddress),
    address: request.remoteAddress,
  };
}

function withoutAddress(segment: string): string {
  return /@|%40/.test(segment) ? '[address]' : segment;
}

interface LoggedError {
  type: string;
  message: string;
  stack: string;
  code?: unknown;
}

/** Nothing else that hangs on it: errors of the stores carry the values of the query, up to whole messages. */
function briefError(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return error;
  const { type, message, stack, code } = error as LoggedError;
  return { type, message, stack, ...(code !== undefined && { code }) };
}
