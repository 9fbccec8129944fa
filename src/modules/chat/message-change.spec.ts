import { describe, expect, it } from '@jest/globals';
import type { PrincipalRef } from '../../contracts/common.js';
import { aConversation, aMessage, anAgent, aPartner, aUser } from './fakes/factories.fake.js';
import { senderOf } from './conversation.js';
import { alsoTelling, approveBy, deleteBy, editBy, pinBy, reactBy, rejectBy } from './message-change.js';
import type { Message } from './message.js';

const NOW = new Date('2026-11-21T09:00:00.000Z');
const author = anAgent();
const colleague = anAgent();
const visitor = aUser();
const said = aMessage({ sender: senderOf(author), content: 'said', metadata: { order: 1 } });
const note = { ...said, private: true };
const tombstone = { ...said, content: '', deletedAt: NOW };
const streaming = { ...said, state: 'streaming' as const };

const code = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a change of a message', () => {
  it('edits what one said oneself, and takes the same words again for done', () => {
    expect(editBy(author, { content: 'better' }, NOW)(said)).toMatchObject({
      content: 'better',
      editedAt: NOW,
    });
    expect(editBy(author, { content: 'said' }, NOW)(said)).toBeNull();
  });

  it('keeps what was said before an edit, and when', () => {
    const edited = { ...said, ...editBy(author, { content: 'better' }, NOW)(said)! };
    expect(edited.earlier).toEqual({ content: 'said', writtenAt: said.createdAt });
    const again = editBy(author, { content: 'best' }, new Date(NOW.getTime() + 1))(edited);
    expect(again?.earlier).toEqual({ content: 'better', writtenAt: NOW });
    expect(deleteBy(author, NOW)(edited)?.earlier).toBeNull();
  });

  describe('that mentions agents', () => {
    const [first, second, third] = ['a', 'b', 'c'].map((id) => ({ type: 'agent' as const, id }));
    const named = { ...said, mentions: [first!] };
    const mark = { task: 'mention' as const, due: NOW };
    const edit = (
      {
        mentions = [] as PrincipalRef[],
        mentionsAll = false,
        message = named as Message,
        toldIds = [] as string[],
      },
      place = aConversation(),
    ) =>
      alsoTelling(
        editBy(author, { content: 'look', mentions, mentionsAll }, NOW),
        place,
        mark,
      )(message, toldIds);

    it('leaves a mark for those whom it adds, and for nobody else', () => {
      expect(edit({ mentions: [first!, second!] })).toMatchObject({ lateMentionIds: ['b'], outbox: [mark] });
      const same = edit({ mentions: [first!] });
      expect(same).toMatchObject({ content: 'look' });
      expect(same).not.toHaveProperty('outbox');
      expect(edit({ mentions: [first!, { type: 'agent', id: author.id }] })).not.toHaveProperty('outbox');
    });

    it('adds nobody again who was mentioned by an earlier edit, or was told', () => {
      const late = { ...named, mentions: [], lateMentionIds: ['b'] };
      const again = edit({ message: late, mentions: [first!, second!, third!], toldIds: ['a', 'b'] });
      expect(again).toMatchObject({ lateMentionIds: ['b', 'c'], outbox: [mark] });
      const none = edit({ message: late, mentions: [first!, second!], toldIds: ['a', 'b'] });
      expect(none).not.toHaveProperty('outbox');
    });

    it('adds those who belong to it when it calls all of them', () => {
      const group = { kind: 'group' as const, environmentId: null, user: null, memberIds: ['a', 'b'] };
      expect(edit({ mentionsAll: true }, aConversation(group))).toMatchObject({ lateMentionIds: ['b'] });
      expect(edit({ mentions: [first!, third!] }, aConversation(group))).not.toHaveProperty('outbox');
    });

    it('makes no difference where there is none', () => {
      const rule = alsoTelling(editBy(author, { content: 'said' }, NOW), aConversation(), mark);
      expect(rule(named, [])).toBeNull();
    });
  });

  describe('of a held message', () => {
    const held = aMessage({ sender: senderOf(visitor), content: 'spam', held: true });
    const by = { type: 'agent' as const, id: colleague.id };

    it('is approved once, and not after it is gone', () => {
      const approval = approveBy(by, NOW)(held);
      expect(approval).toEqual({ held: false, review: { decision: 'approve', by, at: NOW } });
      expect(approveBy(by, NOW)({ ...held, ...approval })).toBeNull();
      expect(code(() => approveBy(by, NOW)({ ...held, deletedAt: NOW }))).toBe('chat.message_deleted');
    });

    it('is rejected once: what is left is a tombstone, and who made it', () => {
      const rejection = rejectBy(by, NOW)(held);
      expect(rejection).toMatchObject({ content: '', deletedAt: NOW, earlier: null });
      expect(rejection?.review).toEqual({ decision: 'reject', by, at: NOW });
      expect(rejectBy(by, NOW)({ ...held, content: '', deletedAt: NOW })).toBeNull();
    });

    it('is decided over only while it is held', () => {
      const approved = { ...held, ...approveBy(by, NOW)(held) };
      expect(code(() => rejectBy(by, NOW)(approved))).toBe('chat.message_not_held');
      expect(code(() => approveBy(by, NOW)(said))).toBe('chat.message_not_held');
    });

    it('is nothing else: it is neither edited nor reacted to nor pinned, but may be deleted', () => {
      expect(code(() => editBy(visitor, { content: 'ham' }, NOW)(held))).toBe('chat.message_held');
      expect(code(() => reactBy(author, by, '👍', true)(held))).toBe('chat.message_held');
      expect(code(() => pinBy(author, true)(held))).toBe('chat.message_held');
      expect(deleteBy(visitor, NOW)(held)).toMatchObject({ content: '', deletedAt: NOW });
    });

    it('is not there for keys that read no notes', () => {
      expect(code(() => pinBy(aPartner(), true)(held))).toBe('chat.not_found');
      expect(code(() => pinBy(aPartner({ scopes: ['notes:read'] }), true)(held))).toBe('chat.message_held');
    });
  });

  it('mentions anew only who is named in the edit', () => {
    const [one, two] = [
      { type: 'agent' as const, id: '1' },
      { type: 'agent' as const, id: '2' },
    ];
    const named = { ...said, mentions: [one] };
    const edit = (body: Omit<Parameters<typeof editBy>[1], 'content'>, content = 'said') =>
      editBy(author, { content, ...body }, NOW)(named);
    expect(edit({}, 'better')?.mentions).toEqual([one]);
    expect(edit({ mentions: [one] })).toBeNull();
    const more = edit({ mentions: [one, two] });
    expect(more).toMatchObject({ content: 'said', mentions: [one, two], editedAt: NOW });
    expect(more).not.toHaveProperty('earlier');
    expect(edit({ mentionsAll: true })).toMatchObject({ mentions: [one], mentionsAll: true });
  });

  it('edits neither what others said, nor what is gone, nor what is still being written', () => {
    const edit = (message = said, by: Parameters<typeof editBy>[0] = author) =>
      code(() => editBy(by, { content: 'x' }, NOW)(message));
    expect(edit(said, colleague)).toBe('chat.not_sender');
    expect(edit(said, anAgent({ role: 'owner' }))).toBe('chat.not_sender');
    expect(edit({ ...said, type: 'system' })).toBe('chat.not_sender');
    expect(edit(tombstone)).toBe('chat.message_deleted');
    expect(edit(streaming)).toBe('chat.message_streaming');
  });

  it('knows a partner by its key', () => {
    const partner = aPartner();
    const own = aMessage({ sender: senderOf(partner) });
    expect(editBy(partner, { content: 'x' }, NOW)(own)).toMatchObject({ content: 'x' });
    expect(code(() => editBy(aPartner(), { content: 'x' }, NOW)(own))).toBe('chat.not_sender');
  });

  it('deletes all that was said, and keeps that something was', () => {
    const reacted = { ...said, pinned: true, reactions: [{ emoji: '👍', by: [visitor] }] };
    expect({ ...reacted, ...deleteBy(author, NOW)(reacted) }).toEqual({
      ...said,
      content: '',
      metadata: {},
      deletedAt: NOW,
      earlier: null,
    });
    expect(deleteBy(author, NOW)(tombstone)).toBeNull();
  });

  it('lets admins delete what others said, and nobody else', () => {
    expect(deleteBy(anAgent({ role: 'admin' }), NOW)(said)).toMatchObject({ deletedAt: NOW });
    expect(code(() => deleteBy(colleague, NOW)(said))).toBe('chat.not_sender');
    expect(code(() => deleteBy(visitor, NOW)(said))).toBe('chat.not_sender');
  });

  it('counts a reaction once per person, and drops it with the last of them', () => {
    const one = { type: 'agent' as const, id: '1' };
    const two = { type: 'user' as const, id: '2' };
    const by = (who: typeof one | typeof two, emoji: string, on: boolean) => reactBy(author, who, emoji, on);
    const first = { ...said, ...by(one, '👍', true)(said) };
    const both = { ...first, ...by(two, '👍', true)(first) };
    expect(both.reactions).toEqual([{ emoji: '👍', by: [one, two] }]);
    expect(by(two, '👍', true)(both)).toBeNull();
    expect(by(one, '👍', false)(both)).toEqual({ reactions: [{ emoji: '👍', by: [two] }] });
    expect(by(one, '👍', false)(first)).toEqual({ reactions: [] });
    expect(by(one, '🎉', false)(first)).toBeNull();
  });

  it('has room for twenty different reactions, and for more of the same', () => {
    const emojis = Array.from({ length: 20 }, (_, index) => String.fromCodePoint(0x1f600 + index));
    const full = { ...said, reactions: emojis.map((emoji) => ({ emoji, by: [visitor] })) };
    const react = (emoji: string) => code(() => reactBy(author, author, emoji, true)(full));
    expect(react('👍')).toBe('chat.too_many_reactions');
    expect(react(emojis[3]!)).toMatchObject({ reactions: expect.any(Array) });
  });

  it('pins and unpins, and reacts to no tombstone', () => {
    expect(pinBy(author, true)(said)).toEqual({ pinned: true });
    expect(pinBy(author, false)(said)).toBeNull();
    expect(code(() => pinBy(author, true)(tombstone))).toBe('chat.message_deleted');
    expect(code(() => reactBy(author, author, '👍', true)(tombstone))).toBe('chat.message_deleted');
  });

  it('does not know of a note for those who may not see it', () => {
    for (const rule of [
      editBy(visitor, { content: 'x' }, NOW),
      deleteBy(visitor, NOW),
      reactBy(visitor, visitor, '👍', true),
      pinBy(aPartner(), true),
    ]) {
      expect(code(() => rule(note))).toBe('chat.not_found');
    }
  });
});
