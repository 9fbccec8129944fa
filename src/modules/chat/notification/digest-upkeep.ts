import { Injectable } from '@nestjs/common';
import { Rounds } from '../../../common/rounds.js';
import { DigestService } from './digest.service.js';

/** Younger ones are still on their usual way. */
const LATE_MS = 15_000;
const BATCH = 500;

/** In the worker: digests whose jobs Redis lost are enqueued anew from the rows. */
@Injectable()
export class DigestUpkeep extends Rounds {
  protected readonly everyMs = 15_000;

  constructor(private readonly digests: DigestService) {
    super();
  }

  /** Waits for as long as Redis is away. */
  protected async goRound(): Promise<void> {
    await this.digests.enqueueOverdue(LATE_MS, BATCH);
  }
}
