import { randomUUID } from 'node:crypto';
import type mongoose from 'mongoose';
import type { mongo } from 'mongoose';
import type { ConversationView } from '../src/contracts/chat.js';
import type { RegistrationView } from '../src/contracts/tenants.js';
import type { MessageDocument } from '../src/modules/chat/persistence/message.schema.js';
import { post } from './post.js';
import { aVocabulary, sentenceOf } from './vocabulary.js';

const BATCH = 2_000;

export interface LongConversation {
  token: string;
  email: string;
  password: string;
  conversation: ConversationView;
}

/** A channel with one message, which came through the front door: the others are made in its image. */
export async function beginLong(url: string): Promise<LongConversation> {
  const email = `${randomUUID()}@bench.example`;
  const password = 'correct horse battery';
  const { accessToken: token } = await post<RegistrationView>(url, '/v1/auth/register', {
    organizationName: 'Bench',
    name: 'Owner',
    email,
    password,
  });
  const headers = { authorization: `Bearer ${token}` };
  const channel = { kind: 'channel', name: 'long', visibility: 'public' };
  const conversation = await post<ConversationView>(url, '/v1/conversations', channel, headers);
  await post(url, `/v1/conversations/${conversation.id}/messages`, { content: 'Hello' }, headers);
  return { token, email, password, conversation };
}

type Varied = Partial<Pick<MessageDocument, 'content' | 'sender' | 'createdAt'>>;

export async function fillLong(
  connection: mongoose.Connection,
  { id }: ConversationView,
  count: number,
  vary: (seq: number, first: MessageDocument) => Varied = () => ({}),
): Promise<void> {
  const messages = connection.db!.collection<MessageDocument>('messages');
  const first = (await messages.findOne({ conversationId: id }, { projection: { outbox: 0 } }))!;
  const vocabulary = aVocabulary();
  const like = (seq: number): mongo.OptionalUnlessRequiredId<MessageDocument> => ({
    ...first,
    _id: randomUUID(),
    clientMessageId: randomUUID(),
    seq,
    content: sentenceOf(vocabulary, seq),
    createdAt: new Date(first.createdAt.getTime() + seq),
    ...vary(seq, first),
  });
  for (let seq = first.seq + 1; seq <= count; seq += BATCH) {
    const size = Math.min(BATCH, count + 1 - seq);
    await messages.insertMany(Array.from({ length: size }, (_, index) => like(seq + index)));
  }
  const head = { $set: { lastSeq: count } };
  await connection.db!.collection<{ _id: string }>('conversations').updateOne({ _id: id }, head);
  console.log(`${count} messages in one conversation`);
}
