import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { mongo } from 'mongoose';
import { DomainError } from '../../../common/errors/domain-error.js';
import { reached } from '../../../common/steps.js';
import { withDeadline } from '../../../infrastructure/mongo/deadline.js';
import { isDuplicateKey } from '../../../infrastructure/mongo/upsert.js';
import { ConversationBusy, TooManyChanges } from '../chat.errors.js';
import { KEPT_VERSIONS, type MessageChange } from '../message-change.js';
import type { OutboxIntent } from '../message.js';
import type { Changed, ChangeRule } from '../message.repository.js';
import { Lanes } from './lanes.js';
import { toMessage, type MessageDocument, type OutboxMark } from './message.schema.js';

export interface ChangeRequest {
  conversationId: string;
  /** Finds the one message that is meant, within its tenant. */
  filter: mongo.Filter<MessageDocument>;
  rule: ChangeRule;
  outbox: readonly OutboxIntent[];
}

interface Waiting extends ChangeRequest {
  resolve(changed: Changed | null): void;
  reject(error: unknown): void;
}

const TRIES = 12;
const CHANGES_PER_MESSAGE = 1_000;
/** Those come from many people, and must leave room for what is done to the message itself. */
const RECOUNTS_PER_MESSAGE = 10_000;

/**
 * Gives out `rev` as AppendQueue gives out `seq`: highest + 1, decided by a unique index. A message keeps all the
 * numbers that it ever got (`revs`), not only its newest: else a number that was overtaken on the same message
 * would be free again, and a node that is behind could give it to a change that nobody would then hear of.
 */
export class ChangeQueue {
  private readonly heads = new LRUCache<string, number>({ max: 20_000 });
  private readonly lanes = new Lanes<Waiting>(1, (_, [waiting]) => this.answer(waiting!));

  constructor(private readonly messages: mongo.Collection<MessageDocument>) {}

  change(request: ChangeRequest): Promise<Changed | null> {
    return new Promise((resolve, reject) =>
      this.lanes.add(request.conversationId, { ...request, resolve, reject }),
    );
  }

  private async answer(waiting: Waiting): Promise<void> {
    try {
      waiting.resolve(await this.tryUntilStored(waiting));
    } catch (error) {
      waiting.reject(error);
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
    }
  }

  private async tryUntilStored({
    conversationId,
    filter,
    rule,
    outbox,
  }: ChangeRequest): Promise<Changed | null> {
    for (let tries = 1; tries <= TRIES; tries++) {
      const found = await withDeadline(this.messages.findOne(filter));
      if (!found) return null;
      reached('change.1-read');
      const change = rule(toMessage(found), found.toldIds ?? []);
      if (!change) return { message: toMessage(found), changed: false, tasks: [] };
      const intents = [...outbox, ...(change.outbox ?? [])];
      const stored = await this.store(found, change, intents);
      const tasks = intents.map(({ task }) => task);
      if (stored) return { message: toMessage(stored), changed: true, tasks };
      await this.backOff(conversationId, tries);
    }
    throw new ConversationBusy();
  }

  /** Null when the message, or the number, was taken by a faster one. */
  private async store(
    found: MessageDocument,
    change: MessageChange,
    outbox: readonly OutboxIntent[],
  ): Promise<MessageDocument | null> {
    const { _id, conversationId, rev: before } = found;
    assertRoom(found, change);
    const head = this.heads.get(conversationId) ?? (await this.readHead(conversationId));
    const rev = Math.max(head, before) + 1;
    const marks: OutboxMark[] = outbox.map((intent) => ({ ...intent, rev, tries: 0 }));
    try {
      const stored = await withDeadline(
        this.messages.findOneAndUpdate({ _id, rev: before }, updateOf(change, rev, marks), {
          returnDocument: 'after',
          writeConcern: { w: 'majority', j: true },
        }),
      );
      if (stored) {
        this.heads.set(conversationId, rev);
        reached('change.2-stored');
      }
      return stored;
    } catch (error) {
      this.heads.delete(conversationId);
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  }

  private async backOff(conversationId: string, tries: number): Promise<void> {
    this.heads.delete(conversationId);
    await sleep(Math.random() * 4 * tries);
  }

  private async readHead(conversationId: string): Promise<number> {
    const newest = await withDeadline(
      this.messages.findOne(
        { conversationId, rev: { $gt: 0 } },
        { sort: { rev: -1 }, projection: { _id: 0, rev: 1 } },
      ),
    );
    return newest?.rev ?? 0;
  }
}

function updateOf(
  { earlier, outbox: _, ...set }: MessageChange,
  rev: number,
  marks: OutboxMark[],
): mongo.UpdateFilter<MessageDocument> {
  const versions = { $each: earlier ? [earlier] : [], $slice: -KEPT_VERSIONS };
  return {
    $set: { ...set, rev, ...(earlier === null && { versions: [] }) },
    $push: { revs: rev, outbox: { $each: marks }, ...(earlier && { versions }) },
    ...(set.thread !== undefined && { $inc: { recounts: 1 } }),
  };
}

function assertRoom({ revs = [], recounts = 0 }: MessageDocument, change: MessageChange): void {
  const isFull =
    change.thread === undefined
      ? revs.length - recounts >= CHANGES_PER_MESSAGE
      : recounts >= RECOUNTS_PER_MESSAGE;
  if (isFull) throw new TooManyChanges();
}
