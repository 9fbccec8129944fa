import type { Timeline } from '@fast-light-chat/sdk';
import type { ConversationView, MessageView } from '../../../lib/wire';

/** How many have read up to here; none yet: it has arrived at the server. */
export interface Receipt {
  readers: number;
}

/** By the number of the message: a receipt stands under the newest that was read, and under the newest. */
export function receiptsOf(
  timeline: Timeline,
  conversation: ConversationView,
  selfId: string,
): ReadonlyMap<number, Receipt> {
  const isSupport = conversation.kind === 'support';
  const isReceipted = (one: MessageView) =>
    one.type !== 'system' && one.deletedAt === null && (isSupport ? isAnswer(one) : one.sender.id === selfId);
  const numbers = timeline.items.flatMap((item) =>
    item.kind === 'message' && isReceipted(item.message) ? [item.message.seq] : [],
  );
  const receipts = new Map<number, Receipt>();
  for (const reader of readersOf(conversation, selfId)) {
    const readSeq = timeline.readMarkers[reader] ?? 0;
    const seq = numbers.findLast((one) => one <= readSeq);
    if (seq !== undefined) receipts.set(seq, { readers: (receipts.get(seq)?.readers ?? 0) + 1 });
  }
  const newest = numbers.at(-1);
  if (newest !== undefined && !receipts.has(newest) && !timeline.hasNewer)
    receipts.set(newest, { readers: 0 });
  return receipts;
}

function isAnswer({ sender, private: isNote }: MessageView): boolean {
  return sender.type === 'agent' && !isNote;
}

function readersOf({ kind, user, participants }: ConversationView, selfId: string): string[] {
  if (kind === 'support') return user ? [`user:${user.id}`] : [];
  return participants.filter(({ id }) => id !== selfId).map(({ type, id }) => `${type}:${id}`);
}
