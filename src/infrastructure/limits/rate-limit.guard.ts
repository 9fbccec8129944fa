import {
  applyDecorators,
  Injectable,
  SetMetadata,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { setRateHeaders } from '../../common/http/rate-headers.js';
import { RateLimits } from './rate-limits.js';

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
    setRateHeaders(reply, await this.limits.consume(kind, key, points, seconds));
    return true;
  }
}

export function RateLimit(kind: string, points: number, seconds = 60): MethodDecorator {
  return applyDecorators(
    SetMetadata(RATE, { kind, points, seconds }),
    UseGuards(RateLimitGuard),
    ApiErrors('common.rate_limited'),
  );
}
