import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.js';

/** By pattern, never by path: ids in labels would make a series each. */
export function registerHttpMetrics(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    metrics.httpAnswered(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
}
