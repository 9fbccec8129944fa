import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { toRefusal } from '../errors/wire-error.js';
import { newId } from '../ids.js';

/** What Fastify refuses before it finds a route, such as an address that cannot be decoded, in the one shape of errors. */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { status, error: body } = toRefusal(error, request.id);
  void reply.header('x-request-id', request.id).status(status).send(body);
}

const UNREADABLE_STATUS: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** The same for what is no request at all. Nothing that follows on the connection could be told from it. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.write(unreadable(UNREADABLE_STATUS[error.code ?? ''] ?? 400));
  socket.destroy(error);
}

function unreadable(status: number): string {
  const requestId = newId();
  const body = JSON.stringify(toRefusal({ statusCode: status }, requestId).error);
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    '',
    body,
  ].join('\r\n');
}
