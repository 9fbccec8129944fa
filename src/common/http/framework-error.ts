import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { toRefusal } from '../errors/wire-error.js';

/** What Fastify refuses before it finds a route, such as an address that cannot be decoded, in the one shape of errors. */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { status, error: body } = toRefusal(error, request.id);
  void reply.header('x-request-id', request.id).status(status).send(body);
}
