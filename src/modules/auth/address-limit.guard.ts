import {
  applyDecorators,
  Injectable,
  mixin,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
  type Type,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiErrors } from '../../common/http/api-errors.js';
import { setRateHeaders } from '../../common/http/rate-headers.js';
import { AppConfig } from '../../config/app-config.js';
import { RateLimits } from '../../infrastructure/limits/rate-limits.js';

type PointsOf = (config: AppConfig) => number;

function addressLimitGuard(kind: string, pointsOf: PointsOf): Type<CanActivate> {
  @Injectable()
  class AddressLimitGuard implements CanActivate {
    constructor(
      private readonly limits: RateLimits,
      private readonly config: AppConfig,
    ) {}

    async canActivate(context: ExecutionContext): Promise<boolean> {
      const request = context.switchToHttp().getRequest<FastifyRequest>();
      const reply = context.switchToHttp().getResponse<FastifyReply>();
      setRateHeaders(reply, await this.limits.consume(kind, request.ip, pointsOf(this.config)));
      return true;
    }
  }
  return mixin(AddressLimitGuard);
}

const SignInGuard = addressLimitGuard('sign-in', ({ auth }) => auth.signInsPerMinute);
const BootGuard = addressLimitGuard('boot', ({ auth }) => auth.bootsPerMinute);

/** For routes that nobody has to be known for, with limits that an operator may set. */
export function SignInLimit(): MethodDecorator {
  return applyDecorators(UseGuards(SignInGuard), ApiErrors('common.rate_limited'));
}

export function BootLimit(): MethodDecorator {
  return applyDecorators(UseGuards(BootGuard), ApiErrors('common.rate_limited'));
}
