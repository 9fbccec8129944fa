import { Injectable } from '@nestjs/common';
import { Rounds } from '../../common/rounds.js';
import { TrackedEventService } from './tracked-event.service.js';

/** Runs in every process; whoever comes second finds nothing more to do. */
@Injectable()
export class TrackedEventSweep extends Rounds {
  protected readonly everyMs = 600_000;

  constructor(private readonly events: TrackedEventService) {
    super();
  }

  protected async goRound(): Promise<void> {
    await this.events.removeOld();
  }
}
