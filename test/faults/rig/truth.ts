import mongoose, { type mongo } from 'mongoose';
import type { PrincipalRef } from '../../../src/contracts/common.js';
import type { StoredMessage } from './history.js';

interface Mark {
  task: string;
  due: Date;
  rev: number;
  tries: number;
}

export interface MessageDocument {
  _id: string;
  conversationId: string;
  seq: number;
  rev: number;
  revs?: number[];
  clientMessageId?: string;
  senderKey: string;
  type: string;
  content: string;
  private: boolean;
  deletedAt: Date | null;
  reactions?: { emoji: string; by: PrincipalRef[] }[];
  outbox?: Mark[];
}

interface MarkerDocument {
  _id: string;
  readSeq: number;
}

/** Reads what is stored past the product, by a way of its own that no fault of the rig touches. */
export class Truth {
  private constructor(private readonly client: mongo.MongoClient) {}

  static async at(url: string): Promise<Truth> {
    const client = new mongoose.mongo.MongoClient(url, { serverSelectionTimeoutMS: 5_000 });
    return new Truth(await client.connect());
  }

  async messages(conversationIds: readonly string[]): Promise<StoredMessage[]> {
    const filter = { conversationId: { $in: [...conversationIds] } };
    return (await this.collection.find(filter).sort({ conversationId: 1, seq: 1 }).toArray()).map(toStored);
  }

  /** By `conversationId:type:principalId`. */
  async readSeqs(conversationIds: readonly string[]): Promise<Map<string, number>> {
    const markers = this.client.db().collection<MarkerDocument & { conversationId: string }>('participants');
    const found = await markers.find({ conversationId: { $in: [...conversationIds] } }).toArray();
    return new Map(found.map(({ _id, readSeq }) => [_id, readSeq]));
  }

  /** What is still to be done in these conversations. */
  async marks(conversationIds: readonly string[], task: string): Promise<Mark[]> {
    const filter = { conversationId: { $in: [...conversationIds] }, 'outbox.task': task };
    const found = await this.collection.find(filter).toArray();
    return found.flatMap(({ outbox = [] }) => outbox.filter((mark) => mark.task === task));
  }

  /** As if the pause of each open task were over. */
  async makeDue(conversationId: string): Promise<void> {
    const filter = { conversationId, outbox: { $exists: true } };
    await this.collection.updateMany(filter, { $set: { 'outbox.$[].due': new Date() } });
  }

  get collection(): mongo.Collection<MessageDocument> {
    return this.client.db().collection<MessageDocument>('messages');
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

function toStored(document: MessageDocument): StoredMessage {
  return {
    id: document._id,
    conversationId: document.conversationId,
    seq: document.seq,
    rev: document.rev,
    revs: document.revs ?? [],
    clientMessageId: document.clientMessageId ?? null,
    senderKey: document.senderKey,
    type: document.type,
    content: document.content,
    isPrivate: document.private,
    isDeleted: document.deletedAt !== null,
    reactions: (document.reactions ?? []).filter(({ by }) => by.length > 0),
  };
}
