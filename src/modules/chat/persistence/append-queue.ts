import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { mongo } from 'mongoose';
import { reached } from '../../../common/steps.js';
import { withDeadline } from '../../../infrastructure/mongo/deadline.js';
import { isDuplicateKey } from '../../../infrastructure/mongo/upsert.js';
import { ConversationBusy, IdempotencyConflict } from '../chat.errors.js';
import type { MessageDraft } from '../message.js';
import { senderKeyOf } from '../conversation.js';
import type { Appended } from '../message.repository.js';
import { Lanes } from './lanes.js';
import { toDocument, toMessage, type MessageDocument } from './message.schema.js';

interface Waiting {
  draft: MessageDraft;
  resolve(appended: Appended): void;
  reject(error: unknown): void;
}

type Outcome = { inserted: number; broken: 'seq' | 'client-message-id' | null };

const BATCH = 50;
const TRIES = 12;

/**
 * Gives out `seq` by inserting at highest + 1 under a unique index. The head that a node remembers saves the
 * read; the index, not the memory, decides. Those who send at once into one conversation share one write.
 */
export class AppendQueue {
  private readonly heads = new LRUCache<string, number>({ max: 20_000 });
  private readonly lanes = new Lanes<Waiting>(BATCH, (lane, batch) => this.store(lane, batch));

  constructor(private readonly messages: mongo.Collection<MessageDocument>) {}

  append(draft: MessageDraft): Promise<Appended> {
    return new Promise((resolve, reject) => this.lanes.add(draft.conversationId, { draft, resolve, reject }));
  }

  private async store(conversationId: string, batch: Waiting[]): Promise<void> {
    let left = batch;
    try {
      for (let tries = 0; left.length > 0;) {
        const outcome = await this.insert(conversationId, left);
        left = left.slice(outcome.inserted);
        if (outcome.broken === 'client-message-id') left = await this.answerRepeat(left);
        if (outcome.broken === 'seq') await this.backOff(conversationId, ++tries);
      }
    } catch (error) {
      this.heads.delete(conversationId);
      for (const waiting of left) waiting.reject(error);
      throw error;
    }
  }

  private async insert(conversationId: string, batch: Waiting[]): Promise<Outcome> {
    const head = this.heads.get(conversationId) ?? (await this.readHead(conversationId));
    const documents = batch.map(({ draft }, index) => toDocument(draft, head + 1 + index));
    const outcome = await this.tryInsert(documents);
    this.heads.set(conversationId, head + outcome.inserted);
    if (outcome.inserted > 0) reached('send.2-stored');
    for (const [index, waiting] of batch.slice(0, outcome.inserted).entries()) {
      waiting.resolve({ message: toMessage(documents[index]!), repeated: false });
    }
    return outcome;
  }

  /** Acknowledged only after the journal; on a replica set, after a majority. */
  private async tryInsert(documents: MessageDocument[]): Promise<Outcome> {
    try {
      await withDeadline(
        this.messages.insertMany(documents, { ordered: true, writeConcern: { w: 'majority', j: true } }),
      );
      return { inserted: documents.length, broken: null };
    } catch (error) {
      const broken = brokenRule(error);
      if (!broken) throw error;
      return { inserted: (error as mongo.MongoBulkWriteError).insertedCount, broken };
    }
  }

  /** The first of those left repeats a message that is there: it gets that one, unless it says something else. */
  private async answerRepeat(left: Waiting[]): Promise<Waiting[]> {
    const [waiting, ...rest] = left;
    if (!waiting) return left;
    const { conversationId, sender, clientMessageId, bodyHash } = waiting.draft;
    const first = await withDeadline(
      this.messages.findOne({
        conversationId,
        senderKey: senderKeyOf(sender),
        clientMessageId: clientMessageId ?? '',
      }),
    );
    if (!first) return left;
    if (first.bodyHash === bodyHash) waiting.resolve({ message: toMessage(first), repeated: true });
    else waiting.reject(new IdempotencyConflict());
    return rest;
  }

  /** Another node was faster. A little jitter keeps two of them from meeting again and again. */
  private async backOff(conversationId: string, tries: number): Promise<void> {
    this.heads.delete(conversationId);
    if (tries >= TRIES) throw new ConversationBusy();
    await sleep(Math.random() * 4 * tries);
  }

  private async readHead(conversationId: string): Promise<number> {
    const newest = await withDeadline(
      this.messages.findOne({ conversationId }, { sort: { seq: -1 }, projection: { _id: 0, seq: 1 } }),
    );
    return newest?.seq ?? 0;
  }
}

function brokenRule(error: unknown): Outcome['broken'] {
  if (!isDuplicateKey(error)) return null;
  return (error as Error).message.includes('message_client_message_id') ? 'client-message-id' : 'seq';
}
