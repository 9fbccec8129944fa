import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';

const LOOK_EVERY_MS = 1_000;
/** A heartbeat that has a time limit of its own, and is made every two seconds, is over long before. */
const DEAD_AFTER_MS = 8_000;

/** The part of the driver that looks after one server. */
interface Monitor {
  close(): void;
  connect(): void;
}

interface Driver {
  topology?: { s?: { servers?: Map<string, { monitor?: Monitor }> } };
  on(event: string, heard: (event: { connectionId: string }) => void): void;
  off(event: string, heard: (event: { connectionId: string }) => void): void;
}

/**
 * The driver learns by heartbeats that MongoDB is back. One that never ends is the last one, and the node would take
 * the store for lost for as long as it lives: so such a heart is started again.
 */
@Injectable()
export class HeartbeatWatch implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(HeartbeatWatch.name);
  /** When the heartbeat that is under way was begun, by the address of the server. */
  private readonly begun = new Map<string, number>();
  private readonly onStarted = ({ connectionId }: { connectionId: string }) =>
    void this.begun.set(connectionId, performance.now());
  private readonly onEnded = ({ connectionId }: { connectionId: string }) =>
    void this.begun.delete(connectionId);
  private timer: NodeJS.Timeout | undefined;

  constructor(@InjectConnection() private readonly connection: Connection) {}

  onModuleInit(): void {
    this.driver.on('serverHeartbeatStarted', this.onStarted);
    for (const event of ['serverHeartbeatSucceeded', 'serverHeartbeatFailed', 'serverClosed'])
      this.driver.on(event, this.onEnded);
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.driver.off('serverHeartbeatStarted', this.onStarted);
    for (const event of ['serverHeartbeatSucceeded', 'serverHeartbeatFailed', 'serverClosed'])
      this.driver.off(event, this.onEnded);
  }

  private look(): void {
    const now = performance.now();
    for (const [address, since] of this.begun) {
      if (now - since < DEAD_AFTER_MS) continue;
      this.begun.set(address, now);
      this.logger.warn({ address }, 'a heartbeat to MongoDB never ended; its heart is started again');
      const monitor = this.driver.topology?.s?.servers?.get(address)?.monitor;
      monitor?.close();
      monitor?.connect();
    }
  }

  private get driver(): Driver {
    return this.connection.getClient();
  }
}
