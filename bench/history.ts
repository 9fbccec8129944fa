import type { MessageHistory, MessageView } from '../src/contracts/chat.js';
import type { Crowd } from './crowd.js';

export interface HistoryResult {
  messages: number;
  /** Acknowledged and not there, or there under another number. */
  lost: number;
  /** One clientMessageId, several messages. */
  repeated: number;
  /** Numbers that do not follow one another. */
  disordered: number;
}

type Acked = ReadonlyMap<string, { conversationId: string; seq: number }>;

const PAGE = 200;

/** Reads every conversation back and compares it with what was acknowledged. */
export async function checkHistory(crowd: Crowd, acked: Acked): Promise<HistoryResult> {
  const result: HistoryResult = { messages: 0, lost: 0, repeated: 0, disordered: 0 };
  const seqs = new Map<string, number>();
  for (const { conversationId } of crowd.pairs) {
    const messages = await readAll(crowd, conversationId);
    result.messages += messages.length;
    result.disordered += messages.filter(({ seq }, index) => seq !== index + 1).length;
    for (const { clientMessageId, seq } of messages) {
      if (!clientMessageId) continue;
      if (seqs.has(clientMessageId)) result.repeated++;
      seqs.set(clientMessageId, seq);
    }
  }
  for (const [clientMessageId, { seq }] of acked) if (seqs.get(clientMessageId) !== seq) result.lost++;
  return result;
}

async function readAll({ url, ownerToken }: Crowd, conversationId: string): Promise<MessageView[]> {
  const messages: MessageView[] = [];
  for (;;) {
    const query = `afterSeq=${messages.at(-1)?.seq ?? 0}&limit=${PAGE}`;
    const answer = await fetch(`${url}/v1/conversations/${conversationId}/messages?${query}`, {
      headers: { authorization: `Bearer ${ownerToken}` },
    });
    if (!answer.ok) throw new Error(`the history could not be read: ${answer.status} ${await answer.text()}`);
    const { items, hasMore } = (await answer.json()) as MessageHistory;
    messages.push(...items);
    if (!hasMore) return messages;
  }
}
