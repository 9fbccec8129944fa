import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { withDeadline } from '../../infrastructure/mongo/deadline.js';

interface Sign {
  _id: 'lone-node';
  at: Date;
}

/**
 * A node that Redis does not carry cannot tell the others that they miss what it says, and they notice nothing when
 * it alone is cut off. So it leaves a sign in the message store, where all of them look.
 */
@Injectable()
export class LoneNodes {
  private seen: number | undefined;

  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** This node is alone now. */
  async declare(): Promise<void> {
    const sign = { $set: { at: '$$NOW' } };
    await withDeadline(this.signs.updateOne({ _id: 'lone-node' }, [sign], { upsert: true }));
  }

  /** Whether any node has been alone since the last question. The first question only remembers. */
  async haveSpoken(): Promise<boolean> {
    const sign = await withDeadline(this.signs.findOne({ _id: 'lone-node' }));
    const at = sign?.at.getTime() ?? 0;
    const isNews = this.seen !== undefined && at > this.seen;
    this.seen = at;
    return isNews;
  }

  private get signs(): mongo.Collection<Sign> {
    if (!this.connection.db) throw new Error('MongoDB is not connected');
    return this.connection.db.collection<Sign>('runtime');
  }
}
