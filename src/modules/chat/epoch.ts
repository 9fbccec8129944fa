import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';

/** Two nodes that read the same start, each by its own clock, are at most this far apart. */
const SAME_START_MS = 5_000;

interface Life {
  _id: 'mongodb';
  startedAt: number;
}

/**
 * Names the life of the message store: it changes when MongoDB was started again, and is the same on every node.
 * A client that sees another epoch than before takes nothing for granted and fetches anew what is open.
 */
@Injectable()
export class Epoch implements OnApplicationBootstrap {
  private readonly logger = new Logger(Epoch.name);
  private value = '0';

  constructor(@InjectConnection() private readonly connection: Connection) {}

  get current(): string {
    return this.value;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.read();
    let wasLost = false;
    const client = this.connection.getClient();
    client.on('serverHeartbeatFailed', () => (wasLost = true));
    client.on('serverHeartbeatSucceeded', () => {
      if (wasLost) void this.read();
      wasLost = false;
    });
  }

  private async read(): Promise<void> {
    try {
      this.value = String(await this.agreeOn(await this.startOfStore()));
    } catch (error) {
      this.logger.warn({ err: (error as Error).message }, 'the epoch could not be read');
    }
  }

  private async startOfStore(): Promise<number> {
    const status = await this.db.admin().command({ serverStatus: 1 });
    return Math.round((status['localTime'] as Date).getTime() - Number(status['uptimeMillis']));
  }

  /** The first node to see a new start writes it down; the others take it from there. */
  private async agreeOn(startedAt: number): Promise<number> {
    const distance = { $abs: { $subtract: [startedAt, { $ifNull: ['$startedAt', 0] }] } };
    const agreed = { $cond: [{ $gt: [distance, SAME_START_MS] }, startedAt, '$startedAt'] };
    const life = await this.db
      .collection<Life>('runtime')
      .findOneAndUpdate({ _id: 'mongodb' }, [{ $set: { startedAt: agreed } }], {
        upsert: true,
        returnDocument: 'after',
      });
    return life?.startedAt ?? startedAt;
  }

  private get db(): mongo.Db {
    if (!this.connection.db) throw new Error('MongoDB is not connected');
    return this.connection.db;
  }
}
