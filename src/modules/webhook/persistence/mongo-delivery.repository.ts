import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import type { EnvironmentScope } from '../../../common/access/principal.js';
import { newId } from '../../../common/ids.js';
import type { DeliveryState } from '../../../contracts/webhooks.js';
import { withDeadline } from '../../../infrastructure/mongo/deadline.js';
import { isDuplicateKey } from '../../../infrastructure/mongo/upsert.js';
import { KEPT_ATTEMPTS, type Delivery } from '../delivery.js';
import {
  DeliveryRepository,
  type ClaimedDelivery,
  type DeliveryCursor,
  type DeliveryFilter,
  type ListedDelivery,
  type Outcome,
} from '../delivery.repository.js';
import { EVENT_TYPES } from '../webhook.js';
import { DELIVERIES, toDelivery, toDocument, toListed, type DeliveryDocument } from './delivery.schema.js';

type Filter = mongo.Filter<DeliveryDocument>;

const DURABLE = { w: 'majority', j: true } as const;
const STATES: DeliveryState[] = ['pending', 'delivered', 'failed'];
const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const;
const FIRST_DUE = { due: 1, order: 1 } as const;
const WITHOUT_BODY = { body: 0 } as const;

@Injectable()
export class MongoDeliveryRepository extends DeliveryRepository {
  constructor(@InjectModel(DELIVERIES) private readonly model: Model<DeliveryDocument>) {
    super();
  }

  async record(deliveries: readonly Delivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    const written = this.deliveries.insertMany(deliveries.map(toDocument), {
      ordered: false,
      writeConcern: DURABLE,
    });
    await withDeadline(written).catch((error: unknown) => {
      if (!isRepeated(error)) throw error;
    });
  }

  async page(
    scope: EnvironmentScope,
    webhookId: string,
    { state, type }: DeliveryFilter,
    { limit, after }: { limit: number; after?: DeliveryCursor },
  ): Promise<ListedDelivery[]> {
    const filter: Filter = {
      webhookId,
      // Named one by one, all of them are read from the same index in the order of the list.
      state: state ?? { $in: STATES },
      type: type ?? { $in: [...EVENT_TYPES] },
      ...tenant(scope),
      ...(after && isAfter(after)),
    };
    const found = this.deliveries
      .find(filter, { projection: WITHOUT_BODY })
      .sort(NEWEST_FIRST)
      .limit(limit)
      .toArray();
    return (await withDeadline(found)).map(toListed);
  }

  async find(scope: EnvironmentScope, webhookId: string, id: string): Promise<Delivery | null> {
    const found = await withDeadline(this.deliveries.findOne({ _id: id, webhookId, ...tenant(scope) }));
    return found && toDelivery(found);
  }

  async replay(
    scope: EnvironmentScope,
    webhookId: string,
    id: string,
    now: Date,
  ): Promise<ListedDelivery | null> {
    const replayed = this.deliveries.findOneAndUpdate(
      { _id: id, webhookId, ...tenant(scope) },
      { $set: { state: 'pending', due: now, tries: 0 }, $unset: { claim: true } },
      { returnDocument: 'after', projection: WITHOUT_BODY, writeConcern: DURABLE },
    );
    const document = await withDeadline(replayed);
    return document && toListed(document);
  }

  /** Leased where it is still due: of two workers that found the same, one gets each. */
  async claimDue(webhookId: string, now: Date, leaseMs: number, limit: number): Promise<ClaimedDelivery[]> {
    const due = await withDeadline(
      this.deliveries.find(isDue(webhookId, now)).sort(FIRST_DUE).limit(limit).toArray(),
    );
    if (due.length === 0) return [];
    const claim = newId();
    const _id = { $in: due.map((document) => document._id) };
    const lease = { $set: { due: new Date(now.getTime() + leaseMs), claim } };
    const { modifiedCount } = await withDeadline(
      this.deliveries.updateMany({ _id, ...isDue(webhookId, now) }, lease),
    );
    const mine = modifiedCount === due.length ? null : await this.idsOf(claim, _id);
    return due
      .filter((document) => mine === null || mine.has(document._id))
      .map((document) => ({ ...toDelivery(document), claim }));
  }

  async hasDue(webhookId: string, now: Date): Promise<boolean> {
    const found = this.deliveries.findOne(isDue(webhookId, now), { sort: FIRST_DUE, projection: { _id: 1 } });
    return (await withDeadline(found)) !== null;
  }

  async finish(outcomes: readonly Outcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    const updates = outcomes.map(({ id, claim, attempt, state, due }) => ({
      updateOne: {
        filter: { _id: id, claim, ...(state !== 'delivered' && { state: 'pending' as const }) },
        update: {
          $set: { state, due },
          $inc: { tries: 1 },
          $push: { attempts: { $each: [attempt], $slice: -KEPT_ATTEMPTS } },
        },
      },
    }));
    await withDeadline(this.deliveries.bulkWrite(updates, { ordered: false }));
  }

  async release(claimed: readonly ClaimedDelivery[]): Promise<void> {
    if (claimed.length === 0) return;
    const updates = claimed.map(({ id, claim, due }) => ({
      updateOne: { filter: { _id: id, claim, state: 'pending' as const }, update: { $set: { due } } },
    }));
    await withDeadline(this.deliveries.bulkWrite(updates, { ordered: false }));
  }

  async failPending(webhookId: string): Promise<void> {
    await this.deliveries.updateMany(
      { webhookId, state: 'pending' },
      { $set: { state: 'failed', due: null } },
    );
  }

  /** From one webhook to the next along the index, whatever waits at each of them. */
  async listDueWebhooks(now: Date, afterId: string | null, limit: number): Promise<string[]> {
    const found: string[] = [];
    for (let last = afterId ?? ''; found.length < limit; last = found.at(-1)!) {
      const next = await withDeadline(
        this.deliveries.findOne(
          { state: 'pending', webhookId: { $gt: last }, due: { $lte: now } },
          { sort: { webhookId: 1, due: 1 }, projection: { _id: 0, webhookId: 1 } },
        ),
      );
      if (!next) break;
      found.push(next.webhookId);
    }
    return found;
  }

  async eraseOfUser(scope: EnvironmentScope, userId: string): Promise<void> {
    await this.deliveries.deleteMany({ userId, ...tenant(scope) });
  }

  private async idsOf(claim: string, _id: Filter['_id']): Promise<Set<string>> {
    const found = this.deliveries.find({ _id, claim }, { projection: { _id: 1 } }).toArray();
    return new Set((await withDeadline(found)).map((document) => document._id));
  }

  private get deliveries(): mongo.Collection<DeliveryDocument> {
    return this.model.collection as unknown as mongo.Collection<DeliveryDocument>;
  }
}

function tenant({ organizationId, environmentId }: EnvironmentScope): Filter {
  return { organizationId, environmentId };
}

function isDue(webhookId: string, now: Date): Filter {
  return { state: 'pending', webhookId, due: { $lte: now } };
}

function isAfter({ createdAt, id }: DeliveryCursor): Filter {
  return { createdAt: { $lte: createdAt }, $nor: [{ createdAt, _id: { $gte: id } }] };
}

/** Nothing else went wrong but that some were there already. */
function isRepeated(error: unknown): boolean {
  const { writeErrors = [] } = error as { writeErrors?: readonly unknown[] };
  return isDuplicateKey(error) && writeErrors.every(isDuplicateKey);
}
