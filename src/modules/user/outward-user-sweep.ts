import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Rounds } from '../../common/rounds.js';
import { OutwardUsers } from './outward-users.js';

/** Who noted something tells it at once; older than this, they did not come to it. */
const GRACE_MS = 5_000;

/** Runs in every process, and finishes what one of them began and did not end. */
@Injectable()
export class OutwardUserSweep extends Rounds {
  protected readonly everyMs = 5_000;

  constructor(
    private readonly outward: OutwardUsers,
    private readonly clock: Clock,
  ) {
    super();
  }

  protected async goRound(): Promise<void> {
    await this.outward.tellUntold(new Date(this.clock.now().getTime() - GRACE_MS));
  }
}
