import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { tap, type Observable } from 'rxjs';
import { Metrics } from '../metrics/metrics.js';

/** Times each socket event from its arrival at the handler to its ack. */
@Injectable()
export class SocketMetricsInterceptor implements NestInterceptor {
  constructor(private readonly metrics: Metrics) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const event = context.switchToWs().getPattern();
    const startedAt = performance.now();
    const record = (result: 'ok' | 'error') => () =>
      this.metrics.socketEventHandled(event, result, (performance.now() - startedAt) / 1000);
    return next.handle().pipe(tap({ next: record('ok'), error: record('error') }));
  }
}
