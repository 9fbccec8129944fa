import type { NotificationSettings } from '../../../contracts/tenants.js';
import { isMuted, type Conversation, type Marker } from '../conversation.js';
import { mentionedAgentIds } from '../mentions.js';
import { isListed, type Message } from '../message.js';

export type NoticeKind = 'message' | 'mention' | 'assigned';

/** An agent as hearer of one conversation. */
export interface Hearer {
  id: string;
  notifications: NotificationSettings;
  marker?: Marker;
}

/** Why an agent is told of a message, whatever they have seen of it; null: they are not. */
export function noticeOf(
  hearer: Hearer,
  conversation: Conversation,
  message: Message,
  now: Date,
): NoticeKind | null {
  const kind = kindFor(hearer.id, conversation, message);
  return kind && wants(hearer, conversation, kind, now) ? kind : null;
}

/** Is it assigned to somebody by somebody else? To whom. */
export function assigneeIn({ type, metadata }: Pick<Message, 'type' | 'metadata'>): string | null {
  const { event, assigneeId, actorId } = metadata;
  const isAssignment = type === 'system' && event === 'assigned' && typeof assigneeId === 'string';
  return isAssignment && assigneeId !== actorId ? assigneeId : null;
}

function kindFor(agentId: string, conversation: Conversation, message: Message): NoticeKind | null {
  if (message.deletedAt !== null || (message.sender.type === 'agent' && message.sender.id === agentId)) {
    return null;
  }
  // Who has lost it again has nothing to do any more.
  const isAssigned = assigneeIn(message) === agentId && conversation.assigneeId === agentId;
  if (isAssigned) return 'assigned';
  if (mentionedAgentIds(conversation, message).includes(agentId)) return 'mention';
  if (message.private || !isListed(message)) return null;
  const isHeard =
    conversation.kind === 'support'
      ? message.sender.type === 'user'
      : conversation.memberIds.includes(agentId);
  return isHeard ? 'message' : null;
}

function wants(hearer: Hearer, conversation: Conversation, kind: NoticeKind, now: Date): boolean {
  const { support, team } = hearer.notifications;
  const level = conversation.kind === 'support' ? support : team;
  if (level === 'none') return false;
  if (kind === 'mention') return true;
  if (isMuted(hearer.marker, now)) return false;
  if (kind === 'assigned' || level === 'all') return true;
  if (level === 'mentions') return conversation.kind === 'direct';
  return isMine(hearer, conversation);
}

function isMine({ id, marker }: Hearer, { assigneeId }: Conversation): boolean {
  return assigneeId === null || assigneeId === id || (marker?.hasWritten ?? false);
}
