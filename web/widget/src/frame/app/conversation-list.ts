import type { ConversationView, MessageView, PrincipalRef } from '@fast-light-chat/sdk';

/** The visitor's conversations, newest activity first. */
export type ConversationList = readonly ConversationView[];

export function toList(conversations: readonly ConversationView[]): ConversationList {
  return sorted(conversations);
}

/**
 * An event that goes to many carries no unread; then the messages themselves have been counted here. So they have
 * where an answer was made before the newest of them. What the newest one says may have changed.
 */
export function withConversation(list: ConversationList, next: ConversationView): ConversationList {
  const held = list.find((one) => one.id === next.id);
  const isCounted = held && (next.unread === undefined || saidUpTo(next) < saidUpTo(held));
  const { lastMessage } = isCounted && saidUpTo(next) !== saidUpTo(held) ? held : next;
  const counted = isCounted ? { unread: held.unread, lastMessage } : {};
  const merged = withHead({ ...next, ...counted }, held?.headSeq ?? 0);
  return sorted([merged, ...list.filter((one) => one.id !== next.id)]);
}

/** An event for many tells of what was not heard here, or is to be read no more: how much is unread has to be asked. */
export function isUncounted(list: ConversationList, { id, unread, lastMessage }: ConversationView): boolean {
  const heard = list.find((one) => one.id === id)?.lastMessage;
  if (unread !== undefined || !lastMessage) return false;
  const isMissed = lastMessage.seq > (heard?.seq ?? 0);
  return isMissed || (lastMessage.id === heard?.id && heard.content !== null && lastMessage.content === null);
}

function saidUpTo({ lastMessage }: ConversationView): number {
  return lastMessage?.seq ?? 0;
}

export function withMessage(
  list: ConversationList,
  message: MessageView,
  self: PrincipalRef,
): ConversationList {
  const held = list.find((one) => one.id === message.conversationId);
  if (!held || message.seq <= saidUpTo(held)) return list;
  const { id, seq, type, sender, content, createdAt } = message;
  if (type === 'system') return list.map((one) => (one === held ? withHead(one, seq) : one));
  const isOthers = sender.type !== self.type || sender.id !== self.id;
  const counts = isOthers && !message.private;
  const next: ConversationView = {
    ...withHead(held, seq),
    lastMessage: { id, seq, type, sender, content, private: message.private, createdAt },
    updatedAt: createdAt,
    unread: (held.unread ?? 0) + (counts ? 1 : 0),
  };
  return sorted([next, ...list.filter((one) => one.id !== held.id)]);
}

/** Up to what was said last: behind it there may be only what the visitor is not shown. */
export function withRead(list: ConversationList, conversationId: string, readSeq: number): ConversationList {
  const isAllRead = (one: ConversationView) => readSeq >= (one.lastMessage?.seq ?? one.headSeq);
  return list.map((one) => (one.id === conversationId && isAllRead(one) ? { ...one, unread: 0 } : one));
}

export function withoutConversation(list: ConversationList, id: string): ConversationList {
  return list.filter((one) => one.id !== id);
}

export function isBehind(list: ConversationList, id: string, headSeq: number): boolean {
  return headSeq > (list.find((one) => one.id === id)?.headSeq ?? 0);
}

function withHead(conversation: ConversationView, seq: number): ConversationView {
  return { ...conversation, headSeq: Math.max(conversation.headSeq, seq) };
}

export function unreadOf(list: ConversationList): number {
  return list.reduce((sum, one) => sum + (one.unread ?? 0), 0);
}

function sorted(list: ConversationList): ConversationList {
  return [...list].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
}
