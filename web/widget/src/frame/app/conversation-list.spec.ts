import { describe, expect, it } from 'vitest';
import { USER, aConversation, aMessage } from '../../../test/fixtures.js';
import {
  isUncounted,
  toList,
  unreadOf,
  withConversation,
  withMessage,
  withRead,
} from './conversation-list.js';

const self = { type: 'user', id: 'u1' } as const;
const list = toList([
  aConversation({ id: 'c1', updatedAt: '2026-01-01T00:00:00.000Z' }),
  aConversation({ id: 'c2', updatedAt: '2026-01-02T00:00:00.000Z' }),
]);

describe('conversation list', () => {
  it('puts the newest activity first', () => {
    expect(list.map((one) => one.id)).toEqual(['c2', 'c1']);
    expect(withMessage(list, aMessage({ seq: 1 }), self).map((one) => one.id)).toEqual(['c1', 'c2']);
  });

  it('counts the messages of others, once', () => {
    const message = aMessage({ seq: 1 });
    expect(unreadOf(withMessage(withMessage(list, message, self), message, self))).toBe(1);
    expect(unreadOf(withMessage(list, aMessage({ seq: 1, sender: USER }), self))).toBe(0);
    expect(unreadOf(withMessage(list, aMessage({ seq: 1, type: 'system' }), self))).toBe(0);
  });

  it('is read up to the head, or not', () => {
    const two = [1, 2].reduce((next, seq) => withMessage(next, aMessage({ seq }), self), list);
    expect(unreadOf(withRead(two, 'c1', 1))).toBe(2);
    expect(unreadOf(withRead(two, 'c1', 2))).toBe(0);
  });

  it('is read up to what was said last, whatever the system said after it', () => {
    const said = withMessage(list, aMessage({ seq: 1 }), self);
    const settled = withMessage(said, aMessage({ seq: 2, type: 'system' }), self);
    const [held] = settled.filter((one) => one.id === 'c1');
    expect(held).toMatchObject({ headSeq: 2, lastMessage: { seq: 1 }, unread: 1 });
    expect(unreadOf(withRead(settled, 'c1', 1))).toBe(0);
  });

  it('keeps its own count when an event for many carries none', () => {
    const counted = withMessage(list, aMessage({ seq: 1 }), self);
    const summary = aConversation({ status: 'resolved', unread: undefined });
    const updated = withConversation(counted, summary);
    expect(updated.find((one) => one.id === 'c1')).toMatchObject({ status: 'resolved', unread: 1 });
  });

  it('follows what became of the newest message, and of no other', () => {
    const said = [1, 2].reduce((next, seq) => withMessage(next, aMessage({ seq }), self), list);
    const event = (seq: number) =>
      aConversation({ lastMessage: aMessage({ seq, content: 'changed' }), unread: undefined });
    const first = (next: typeof list) => next.find((one) => one.id === 'c1');
    const changed = { unread: 2, lastMessage: { seq: 2, content: 'changed' } };
    const unchanged = { unread: 2, lastMessage: { seq: 2, content: 'message 2' } };
    expect(first(withConversation(said, event(1)))).toMatchObject(unchanged);
    expect(first(withConversation(said, event(2)))).toMatchObject(changed);
    expect(first(withConversation(said, event(3)))).toMatchObject(unchanged);
  });

  it.each([
    ['was not heard here', { lastMessage: aMessage({ seq: 2 }) }, true],
    ['is new here altogether', { id: 'c3', lastMessage: aMessage({ seq: 1 }) }, true],
    ['was deleted', { lastMessage: { ...aMessage({ seq: 1 }), content: null } }, true],
    ['was heard', { lastMessage: aMessage({ seq: 1 }) }, false],
    ['was counted by the server', { lastMessage: aMessage({ seq: 2 }), unread: 2 }, false],
    ['says nothing', { id: 'c3', lastMessage: null }, false],
  ])('knows what it cannot count: what %s', (_what, fields, isExpected) => {
    const said = withMessage(list, aMessage({ seq: 1 }), self);
    expect(isUncounted(said, aConversation({ unread: undefined, ...fields }))).toBe(isExpected);
  });

  it('keeps what was said after an answer was made, and follows one that knows more', () => {
    const said = [1, 2].reduce((next, seq) => withMessage(next, aMessage({ seq }), self), list);
    const upTo = (seq: number) =>
      aConversation({ id: 'c1', headSeq: seq, lastMessage: aMessage({ seq }), unread: 0 });
    const first = (next: typeof list) => next.find((one) => one.id === 'c1');
    expect(first(withConversation(said, upTo(1)))).toMatchObject({
      headSeq: 2,
      unread: 2,
      lastMessage: { seq: 2 },
    });
    expect(first(withConversation(said, upTo(3)))).toMatchObject({
      headSeq: 3,
      unread: 0,
      lastMessage: { seq: 3 },
    });
  });
});
