import { applyDecorators, UseFilters, UseGuards, UseInterceptors, UsePipes } from '@nestjs/common';
import { WebSocketGateway } from '@nestjs/websockets';
import { AccessGuard } from '../../common/access/access.guard.js';
import { DtoPipe } from '../../common/http/validation.pipe.js';
import type { Ack } from '../../contracts/common.js';
import { AckExceptionFilter } from './ack-exception.filter.js';
import { SocketMetricsInterceptor } from './socket-metrics.interceptor.js';

/** The one class decorator of all gateways: guard, timing, validation, and errors through the ack. */
export function RealtimeGateway(): ClassDecorator {
  return applyDecorators(
    WebSocketGateway(),
    UseGuards(AccessGuard),
    UseInterceptors(SocketMetricsInterceptor),
    UsePipes(DtoPipe),
    UseFilters(AckExceptionFilter),
  );
}

export function ok<T>(data: T): Ack<T> {
  return { ok: true, data };
}
