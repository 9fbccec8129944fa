import type { ShownChange } from './types.js';
import type { MessageView, PrincipalRef } from './wire.js';

/** How the message will look once the server has said yes. What the server says meanwhile stays underneath. */
export function withChanges(
  message: MessageView,
  changes: readonly ShownChange[],
  self: PrincipalRef | null,
): MessageView {
  if (message.deletedAt !== null) return message;
  return changes.reduce((changed, change) => withChange(changed, change, self), message);
}

function withChange(message: MessageView, change: ShownChange, self: PrincipalRef | null): MessageView {
  if (change.kind === 'edit') return withEdit(message, change);
  if (!self) return message;
  const reactions = change.on
    ? withReaction(message.reactions, change.emoji, self)
    : withoutReaction(message.reactions, change.emoji, self);
  return reactions === message.reactions ? message : { ...message, reactions };
}

function withEdit(message: MessageView, edit: ShownChange & { kind: 'edit' }): MessageView {
  const { content, mentions = message.mentions, mentionsAll = message.mentionsAll } = edit;
  return { ...message, content, mentions, mentionsAll };
}

type Reactions = MessageView['reactions'];

/** Putting it on twice is putting it on once: the server's word may already have it. */
function withReaction(reactions: Reactions, emoji: string, self: PrincipalRef): Reactions {
  const held = reactions.find((one) => one.emoji === emoji);
  if (!held) return [...reactions, { emoji, count: 1, by: [{ type: self.type, id: self.id }] }];
  if (isBy(held, self)) return reactions;
  const more = { ...held, count: held.count + 1, by: [...held.by, { type: self.type, id: self.id }] };
  return reactions.map((one) => (one === held ? more : one));
}

function withoutReaction(reactions: Reactions, emoji: string, self: PrincipalRef): Reactions {
  const held = reactions.find((one) => one.emoji === emoji);
  if (!held || !isBy(held, self)) return reactions;
  if (held.count === 1) return reactions.filter((one) => one !== held);
  const by = held.by.filter((person) => person.type !== self.type || person.id !== self.id);
  return reactions.map((one) => (one === held ? { ...held, count: held.count - 1, by } : one));
}

function isBy(reaction: Reactions[number], self: PrincipalRef): boolean {
  return reaction.by.some((person) => person.type === self.type && person.id === self.id);
}
