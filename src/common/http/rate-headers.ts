import type { FastifyReply } from 'fastify';

export interface LimitState {
  limit: number;
  remaining: number;
  resetMs: number;
}

export function setRateHeaders(reply: FastifyReply, state: LimitState): void {
  void reply.headers({
    'x-ratelimit-limit': state.limit,
    'x-ratelimit-remaining': state.remaining,
    'x-ratelimit-reset': Math.ceil(state.resetMs / 1000),
  });
}
