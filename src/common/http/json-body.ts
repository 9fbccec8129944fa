import type { FastifyAdapter } from '@nestjs/platform-fastify';

const TYPE = 'application/json';

/**
 * Many clients name the type of a body on every request, also on those that have none. A route that wants a body
 * still says that it is missing; one that wants none does not mind.
 */
export function acceptNoBody(adapter: FastifyAdapter, bodyLimit: number): void {
  const readJson = adapter.getInstance().getDefaultJsonParser('error', 'error');
  adapter.useBodyParser(TYPE, false, { bodyLimit }, (request, body, done) => {
    const text = body?.toString() ?? '';
    if (text === '') done(null, undefined);
    else void readJson(request, text, done);
  });
}
