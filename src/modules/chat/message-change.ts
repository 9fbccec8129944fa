import { may } from '../../common/access/permissions.js';
import type { Principal } from '../../common/access/principal.js';
import { NotFound } from '../../common/errors/common.errors.js';
import type { EditMessageBody } from '../../contracts/chat.js';
import type { PrincipalRef } from '../../contracts/common.js';
import {
  MessageDeleted,
  MessageHeld,
  MessageNotHeld,
  MessageStreaming,
  NotSender,
  TooManyReactions,
} from './chat.errors.js';
import { senderKeyOf, senderOf, type Conversation } from './conversation.js';
import { previewsStillIn } from './link-preview.js';
import { mentionedAgentIds } from './mentions.js';
import type { Message, MessageVersion, OutboxIntent, Reaction, ThreadSummary } from './message.js';
import { isSeen, sightOf } from './message-sight.js';

/** What a change may set. Number, sender and time of a message never change. */
export type MessageChange = Partial<
  Pick<
    Message,
    | 'content'
    | 'attachments'
    | 'mentions'
    | 'lateMentionIds'
    | 'metadata'
    | 'reactions'
    | 'linkPreviews'
    | 'pinned'
    | 'thread'
    | 'editedAt'
    | 'deletedAt'
    | 'mentionsAll'
    | 'held'
    | 'review'
  >
> & {
  /** What it said until now, to be kept; null: nothing of what it ever said is kept. */
  earlier?: MessageVersion | null;
  /** What is to be done for this change, besides what is for every change of its kind. */
  outbox?: OutboxIntent[];
};

/** Of the earlier versions of a message; the newest. */
export const KEPT_VERSIONS = 20;

/** Each rule answers null when the message is so already, so that every change may be asked for again. */
type Rule = (message: Message) => MessageChange | null;
type EditRule = (message: Message, toldIds: readonly string[]) => MessageChange | null;

const DIFFERENT_REACTIONS = 20;

export function editBy(principal: Principal, body: EditMessageBody, now: Date): Rule {
  return (message) => {
    assertSeenBy(principal, message);
    if (!isSentBy(principal, message)) throw new NotSender();
    if (message.deletedAt) throw new MessageDeleted();
    if (message.held) throw new MessageHeld();
    if (message.state === 'streaming') throw new MessageStreaming();
    return editOf(message, body, now);
  };
}

/** As the rule of an edit, and leaves the mark where it mentions agents who were never mentioned before. */
export function alsoTelling(rule: Rule, conversation: Conversation, mark: OutboxIntent): EditRule {
  return (message, toldIds) => {
    const change = rule(message);
    if (!change) return null;
    const known = [
      ...mentionedAgentIds(conversation, message),
      ...(message.lateMentionIds ?? []),
      ...toldIds,
    ];
    const mentioned = mentionedAgentIds(conversation, { ...message, ...change });
    const added = mentioned.filter((id) => !known.includes(id));
    if (added.length === 0) return change;
    return { ...change, lateMentionIds: [...(message.lateMentionIds ?? []), ...added], outbox: [mark] };
  };
}

/** What is left is a tombstone: the number, who and when, and nothing of what was said. */
export function deleteBy(principal: Principal, now: Date): Rule {
  return (message) => {
    assertSeenBy(principal, message);
    if (!isSentBy(principal, message) && !may(principal, 'message.delete-any')) throw new NotSender();
    if (message.state === 'streaming') throw new MessageStreaming();
    return message.deletedAt ? null : tombstoneAt(now);
  };
}

/** Lets a held message through; nothing happens to one that was let through before. */
export function approveBy(by: PrincipalRef, now: Date): Rule {
  return (message) => {
    if (message.deletedAt) throw new MessageDeleted();
    if (message.held) return { held: false, review: { decision: 'approve', by, at: now } };
    if (message.review) return null;
    throw new MessageNotHeld();
  };
}

/** It stays held for ever: nobody who could not see it has to hear that it is gone. */
export function rejectBy(by: PrincipalRef, now: Date): Rule {
  return (message) => {
    if (message.deletedAt) return null;
    if (!message.held) throw new MessageNotHeld();
    return { ...tombstoneAt(now), review: { decision: 'reject', by, at: now } };
  };
}

export function reactBy(principal: Principal, who: PrincipalRef, emoji: string, on: boolean): Rule {
  return (message) => {
    assertSeenBy(principal, message);
    if (on) assertShownToAll(message);
    const reactions = on
      ? withReaction(message.reactions, who, emoji)
      : withoutReaction(message.reactions, who, emoji);
    if (reactions === message.reactions) return null;
    if (on && reactions.length > DIFFERENT_REACTIONS) throw new TooManyReactions();
    return { reactions };
  };
}

export function pinBy(principal: Principal, pinned: boolean): Rule {
  return (message) => {
    assertSeenBy(principal, message);
    if (pinned) assertShownToAll(message);
    return message.pinned === pinned ? null : { pinned };
  };
}

/** The thread under it, as it was just counted. */
export function countReplies(counted: ThreadSummary | null): Rule {
  return ({ thread }) => (isSameThread(thread, counted) ? null : { thread: counted });
}

/** What somebody may not see is not there for them. */
function assertSeenBy(principal: Principal, message: Message): void {
  if (!isSeen(sightOf(principal), message)) throw new NotFound('chat');
}

function assertShownToAll({ deletedAt, held }: Message): void {
  if (deletedAt) throw new MessageDeleted();
  if (held) throw new MessageHeld();
}

function tombstoneAt(now: Date): MessageChange {
  return {
    content: '',
    attachments: [],
    mentions: [],
    mentionsAll: false,
    metadata: {},
    reactions: [],
    linkPreviews: null,
    pinned: false,
    deletedAt: now,
    earlier: null,
  };
}

function isSentBy(principal: Principal, { sender, type }: Message): boolean {
  return type !== 'system' && senderKeyOf(sender) === senderKeyOf(senderOf(principal));
}

function editOf(message: Message, body: EditMessageBody, now: Date): MessageChange | null {
  const { content, mentions = message.mentions, mentionsAll = message.mentionsAll } = body;
  const isSameText = message.content === content;
  if (isSameText && isSamePeople(message.mentions, mentions) && message.mentionsAll === mentionsAll)
    return null;
  const linkPreviews = previewsStillIn(content, message.linkPreviews);
  const edited = { content, mentions, mentionsAll, linkPreviews, editedAt: now };
  return isSameText ? edited : { ...edited, earlier: versionOf(message) };
}

function versionOf({ content, editedAt, createdAt }: Message): MessageVersion {
  return { content, writtenAt: editedAt ?? createdAt };
}

function isSamePeople(some: readonly PrincipalRef[], others: readonly PrincipalRef[]): boolean {
  return some.length === others.length && some.every((who) => others.some(isSame(who)));
}

function isSameThread(one: ThreadSummary | null, other: ThreadSummary | null): boolean {
  return (
    one?.replyCount === other?.replyCount &&
    one?.lastReplySeq === other?.lastReplySeq &&
    one?.lastReplyAt.getTime() === other?.lastReplyAt.getTime()
  );
}

/** The same list when it is there already. */
function withReaction(reactions: Reaction[], who: PrincipalRef, emoji: string): Reaction[] {
  const found = reactions.find((reaction) => reaction.emoji === emoji);
  if (!found) return [...reactions, { emoji, by: [who] }];
  if (found.by.some(isSame(who))) return reactions;
  return reactions.map((one) => (one === found ? { emoji, by: [...one.by, who] } : one));
}

/** The same list when it is not there. */
function withoutReaction(reactions: Reaction[], who: PrincipalRef, emoji: string): Reaction[] {
  const found = reactions.find((reaction) => reaction.emoji === emoji);
  if (!found?.by.some(isSame(who))) return reactions;
  const by = found.by.filter((one) => !isSame(who)(one));
  return reactions.flatMap((one) => (one !== found ? [one] : by.length > 0 ? [{ emoji, by }] : []));
}

function isSame(who: PrincipalRef): (other: PrincipalRef) => boolean {
  return (other) => other.type === who.type && other.id === who.id;
}
