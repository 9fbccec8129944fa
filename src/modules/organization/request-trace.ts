import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';

/** The id of the request that is being served, as the log has it; null outside of requests. */
@Injectable()
export class RequestTrace {
  constructor(private readonly logger: PinoLogger) {}

  get requestId(): string | null {
    const { req } = this.logger.logger.bindings() as { req?: { id?: unknown } };
    return typeof req?.id === 'string' ? req.id.slice(0, 64) : null;
  }
}
