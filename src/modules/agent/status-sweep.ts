import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Realtime } from '../../infrastructure/realtime/realtime.js';
import { AgentService } from './agent.service.js';

/** How late it may be told that a status has ended. Nobody is shown it any longer all the same. */
const INTERVAL_MS = 2_000;
const BATCH = 100;

/** On every node with sockets: tells of the statuses that have ended. The row is the mark, and one node gets it. */
@Injectable()
export class StatusSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(StatusSweep.name);
  private timer: NodeJS.Timeout | undefined;
  private isRunning = false;

  constructor(
    private readonly agents: AgentService,
    private readonly realtime: Realtime,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async run(): Promise<void> {
    if (this.isRunning || !this.realtime.isServing) return;
    this.isRunning = true;
    try {
      while ((await this.agents.endStatuses(BATCH)) === BATCH);
    } catch (error) {
      this.logger.warn({ err: error }, 'the ends of statuses could not be told and will be tried again');
    } finally {
      this.isRunning = false;
    }
  }
}
