import { applyDecorators, Injectable, SetMetadata, UseGuards, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../../common/access/principal.js';
import { RateLimited } from '../../common/errors/common.errors.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { RateLimits, type LimitState } from './rate-limits.js';

const RATE = Symbol('rate');

interface Rate {
  kind: string;
  points: number;
  seconds: number;
}

/** Limits a route per caller (per address for those not known) and answers the `x-ratelimit-*` headers. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { kind, points, seconds } = this.reflector.get<Rate>(RATE, context.getHandler());
    const request = context.switchToHttp().getRequest<FastifyRequest & { user?: Principal }>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const key = request.user ? `${request.user.type}:${request.user.id}` : request.ip;
    try {
      setRateHeaders(reply, await this.limits.consume(kind, key, points, seconds));
    } catch (error) {
      if (error instanceof RateLimited) {
        setRateHeaders(reply, { limit: points, remaining: 0, resetMs: error.retry?.retryAfterMs ?? 0 });
      }
      throw error;
    }
    return true;
  }
}

export function setRateHeaders(reply: FastifyReply, state: LimitState): void {
  void reply.headers({
    'x-ratelimit-limit': state.limit,
    'x-ratelimit-remaining': state.remaining,
    'x-ratelimit-reset': Math.ceil(state.resetMs / 1000),
  });
}

export function RateLimit(kind: string, points: number, seconds = 60): MethodDecorator {
  return applyDecorators(
    SetMetadata(RATE, { kind, points, seconds }),
    UseGuards(RateLimitGuard),
    ApiErrors('common.rate_limited'),
  );
}
