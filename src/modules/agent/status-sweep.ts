import { Injectable } from '@nestjs/common';
import { Rounds } from '../../common/rounds.js';
import { Realtime } from '../../infrastructure/realtime/realtime.js';
import { AgentService } from './agent.service.js';

const BATCH = 100;

/** On every node with sockets: tells of the statuses that have ended. The row is the mark, and one node gets it. */
@Injectable()
export class StatusSweep extends Rounds {
  /** How late it may be told that a status has ended. Nobody is shown it any longer all the same. */
  protected readonly everyMs = 2_000;

  constructor(
    private readonly agents: AgentService,
    private readonly realtime: Realtime,
  ) {
    super();
  }

  protected async goRound(): Promise<void> {
    if (!this.realtime.isServing) return;
    while ((await this.agents.endStatuses(BATCH)) === BATCH);
  }
}
