import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { toRefusal } from '../../common/errors/wire-error.js';
import { newId } from '../../common/ids.js';

/** Answers through the ack. Nest's own answer would be a separate event, and an ack that never comes. */
@Catch()
export class AckExceptionFilter implements ExceptionFilter {
  private readonly logger = new Logger(AckExceptionFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const requestId = newId();
    const { error, isUnexpected } = toRefusal(thrown, requestId);
    const event = String(host.getArgs().at(-1));
    if (isUnexpected) this.logger.error({ err: thrown, requestId, event }, 'a socket event failed');
    const ack = host.getArgs().find((argument) => typeof argument === 'function') as
      ((answer: unknown) => void) | undefined;
    ack?.({ ok: false, error });
  }
}
