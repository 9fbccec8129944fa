import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimited } from '../errors/common.errors.js';
import { toRefusal } from '../errors/wire-error.js';
import { setRateHeaders } from './rate-headers.js';

/** Every refusal of a route, in the one shape of errors. */
@Catch()
export class DomainExceptionFilter implements ExceptionFilter {
  private readonly logger = new Logger(DomainExceptionFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, error, isUnexpected } = toRefusal(thrown, request.id);
    if (isUnexpected) this.logger.error({ err: thrown, requestId: request.id }, 'a request failed');
    if (reply.sent || reply.raw.headersSent) return;
    if (thrown instanceof RateLimited && thrown.limit !== undefined) {
      setRateHeaders(reply, { limit: thrown.limit, remaining: 0, resetMs: thrown.retry?.retryAfterMs ?? 0 });
    }
    if (error.retryAfterMs !== undefined)
      void reply.header('retry-after', Math.ceil(error.retryAfterMs / 1000));
    void reply.status(status).send(error);
  }
}
