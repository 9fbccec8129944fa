import type { FastifyRequest } from 'fastify';
import { NotFound } from '../common/errors/common.errors.js';

/** The decoded path after the prefix, without the query. */
export function pathBelow(request: FastifyRequest, prefix: string): string {
  const [path = ''] = request.url.split('?');
  try {
    return decodeURIComponent(path).slice(prefix.length);
  } catch {
    throw new NotFound('common');
  }
}
