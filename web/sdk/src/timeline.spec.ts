import { describe, expect, it } from 'vitest';
import { AGENT, USER, aMessage, aSync, messagesFrom } from '../test/fixtures.js';
import { ChatError } from './chat-error.js';
import {
  createTimelineState,
  hasGap,
  type PageKind,
  type TimelineFact,
  type TimelineState,
} from './timeline-state.js';
import { toTimeline } from './timeline-view.js';
import { reduceTimeline } from './timeline.js';
import type { MessageItem, PendingItem } from './types.js';

const empty = createTimelineState({ type: 'user', id: 'u1' });

function after(state: TimelineState, ...facts: TimelineFact[]): TimelineState {
  return facts.reduce(reduceTimeline, state);
}

function ready(last: number, first = 1): TimelineState {
  const sync = aSync({ messages: messagesFrom(first, last), headSeq: last });
  return after(empty, { type: 'loaded', sync, asked: { afterSeq: first - 1, afterRev: 0 } });
}

function pending(clientMessageId: string): PendingItem {
  return {
    kind: 'pending',
    key: clientMessageId,
    clientMessageId,
    content: 'hello',
    private: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    state: 'sending',
  };
}

function arrived(seq: number, fields = {}): TimelineFact {
  return { type: 'message', message: aMessage({ seq, ...fields }) };
}

function shown(state: TimelineState): string[] {
  return toTimeline(state).items.map((item) =>
    item.kind === 'message' ? `${item.message.seq}` : `${item.clientMessageId}:${item.state}`,
  );
}

function asked(kind: PageKind, ask = 1): TimelineFact {
  return { type: 'page-asked', ask, kind };
}

function page(first: number, last: number, more: { hasOlder?: boolean; hasNewer?: boolean }): TimelineFact {
  return { type: 'page-loaded', ask: 1, messages: messagesFrom(first, last), minSeq: 1, ...more };
}

/** The newest are 901 to 950, shown is a stretch of long ago. */
function reading(first: number, last: number): TimelineState {
  const around = page(first, last, { hasOlder: first > 1, hasNewer: true });
  return after(ready(950, 901), asked('around'), around);
}

const older1 = { type: 'page-asked', ask: 1, kind: 'older' } as const;
const fromTwo = { afterSeq: 2, afterRev: 0 };
const ownMessage = { clientMessageId: 'x', sender: USER };

describe('reduceTimeline', () => {
  it('shows an optimistic message at once, after everything confirmed', () => {
    expect(shown(after(ready(2), { type: 'queued', pending: pending('x') }))).toEqual([
      '1',
      '2',
      'x:sending',
    ]);
  });

  it('replaces the optimistic message by the confirmed one and keeps its key', () => {
    const state = after(ready(2), { type: 'queued', pending: pending('x') }, arrived(3, ownMessage));
    expect(shown(state)).toEqual(['1', '2', '3']);
    expect(toTimeline(state).items.at(-1)?.key).toBe('x');
  });

  it('takes ack and echo in either order, once', () => {
    const queued = after(ready(2), { type: 'queued', pending: pending('x') });
    const twice = after(queued, arrived(3, ownMessage), arrived(3, ownMessage));
    expect(shown(twice)).toEqual(['1', '2', '3']);
  });

  it("does not take another participant's message for its own when the client ids are equal", () => {
    const state = after(
      ready(2),
      { type: 'queued', pending: pending('x') },
      arrived(3, { ...ownMessage, sender: AGENT }),
    );
    expect(shown(state)).toEqual(['1', '2', '3', 'x:sending']);
    expect(new Set(toTimeline(state).items.map((item) => item.key)).size).toBe(4);
  });

  it('follows the fate of a message that cannot be sent', () => {
    const error = new ChatError({ code: 'common.validation_failed' });
    const queued = after(ready(1), { type: 'queued', pending: pending('x') });
    const waiting = after(queued, { type: 'postponed', clientMessageId: 'x' });
    const failed = after(waiting, { type: 'refused', clientMessageId: 'x', error });
    expect([shown(waiting), shown(failed)]).toEqual([
      ['1', 'x:waiting'],
      ['1', 'x:failed'],
    ]);
    expect(shown(after(failed, { type: 'tried', clientMessageId: 'x' }))).toEqual(['1', 'x:sending']);
    expect(shown(after(failed, { type: 'discarded', clientMessageId: 'x' }))).toEqual(['1']);
  });

  it('holds back what came too early and shows it in order when the gap closes', () => {
    const gapped = after(ready(2), arrived(5), arrived(4));
    expect(shown(gapped)).toEqual(['1', '2']);
    expect(hasGap(gapped)).toBe(true);
    const closed = after(gapped, arrived(3));
    expect(shown(closed)).toEqual(['1', '2', '3', '4', '5']);
    expect(hasGap(closed)).toBe(false);
  });

  it('keeps the own message visible while it waits behind a gap', () => {
    const state = after(ready(2), { type: 'queued', pending: pending('x') }, arrived(4, ownMessage));
    expect(shown(state)).toEqual(['1', '2', 'x:sending']);
    expect(shown(after(state, arrived(3)))).toEqual(['1', '2', '3', '4']);
  });

  it('accepts a hole that the server confirms', () => {
    const state = after(ready(2), arrived(4), {
      type: 'synced',
      sync: aSync({ messages: [aMessage({ seq: 4 })], headSeq: 4 }),
      asked: { afterSeq: 2, afterRev: 0 },
    });
    expect(shown(state)).toEqual(['1', '2', '4']);
    expect(hasGap(state)).toBe(false);
  });

  it('shows what waits too long behind a gap, and keeps on knowing of the gap', () => {
    const state = after(ready(2), arrived(4), arrived(5), { type: 'gap-shown' });
    expect(shown(state)).toEqual(['1', '2', '4', '5']);
    expect([hasGap(state), state.confirmedSeq]).toEqual([true, 2]);
    const filled = after(state, arrived(3));
    expect(shown(filled)).toEqual(['1', '2', '3', '4', '5']);
    expect([hasGap(filled), filled.confirmedSeq]).toEqual([false, 5]);
  });

  it('takes nothing for proven when it stops asking', () => {
    const state = after(
      ready(2),
      arrived(4),
      { type: 'head', headSeq: 4, headRev: 3 },
      { type: 'gap-forgotten' },
    );
    expect(shown(state)).toEqual(['1', '2', '4']);
    expect(hasGap(state)).toBe(false);
    expect([state.confirmedSeq, state.headRev]).toEqual([2, 0]);
    expect(hasGap(after(state, { type: 'head', headSeq: 4, headRev: 3 }))).toBe(true);
  });

  it('ignores a second copy', () => {
    const state = ready(3);
    expect(toTimeline(after(state, arrived(2))).items).toEqual(toTimeline(state).items);
  });

  it('takes the change with the higher rev, whatever the order', () => {
    const state = after(
      ready(2),
      arrived(1, { rev: 2, content: 'second' }),
      arrived(1, { rev: 1, content: 'first' }),
    );
    expect(state.messages[0]?.content).toBe('second');
    expect(hasGap(state)).toBe(true);
    expect(
      hasGap(after(state, { type: 'synced', sync: aSync({ headSeq: 2, headRev: 2 }), asked: fromTwo })),
    ).toBe(false);
  });

  it('counts a change to a message that is not loaded', () => {
    const state = after(ready(60, 11), arrived(3, { rev: 1, content: 'changed' }));
    expect(shown(state)).toHaveLength(50);
    expect(state.headRev).toBe(1);
  });

  it('keeps what arrives before the first page', () => {
    const state = after(empty, arrived(4), arrived(2, { rev: 1, content: 'new' }), {
      type: 'loaded',
      sync: aSync({ messages: messagesFrom(1, 3), headSeq: 3 }),
      asked: { afterSeq: 0, afterRev: 0 },
    });
    expect(shown(state)).toEqual(['1', '2', '3', '4']);
    expect(state.messages[1]?.content).toBe('new');
  });

  it('knows a gap from the heads alone', () => {
    expect(hasGap(after(ready(2), { type: 'head', headSeq: 2, headRev: 0 }))).toBe(false);
    expect(hasGap(after(ready(2), { type: 'head', headSeq: 3, headRev: 0 }))).toBe(true);
    expect(hasGap(after(ready(2), { type: 'head', headSeq: 2, headRev: 1 }))).toBe(true);
  });

  it('goes on asking while the server has more', () => {
    const sync = aSync({ messages: messagesFrom(3, 4), headSeq: 9, hasMore: true });
    const state = after(ready(2), { type: 'synced', sync, asked: fromTwo });
    expect(state.confirmedSeq).toBe(4);
    expect(hasGap(state)).toBe(true);
  });

  it('starts anew on reset and can load what is older', () => {
    const sync = aSync({ messages: messagesFrom(1001, 1050), headSeq: 1050, reset: true });
    const reset = after(ready(2), { type: 'synced', sync, asked: fromTwo });
    expect(shown(reset)).toHaveLength(50);
    expect(toTimeline(reset).hasOlder).toBe(true);
    const older = after(reset, older1, {
      type: 'page-loaded',
      ask: 1,
      messages: messagesFrom(951, 1000),
      minSeq: 1,
      hasOlder: true,
    });
    expect([shown(older)[0], shown(older).length]).toEqual(['951', 100]);
  });

  it('shows a stretch of long ago in place of the newest, which go on meanwhile', () => {
    const state = after(reading(101, 110), arrived(951));
    expect(shown(state)).toEqual(messagesFrom(101, 110).map(({ seq }) => `${seq}`));
    expect(toTimeline(state)).toMatchObject({ hasOlder: true, hasNewer: true, headSeq: 951 });
    const back = after(state, { type: 'excerpt-left' });
    expect([shown(back)[0], shown(back).at(-1), toTimeline(back).hasNewer]).toEqual(['901', '951', false]);
  });

  it('grows the stretch both ways until it touches the newest, and is one with them then', () => {
    const older = after(reading(101, 110), asked('older'), page(91, 100, { hasOlder: true }));
    const newer = after(older, asked('newer'), page(111, 160, { hasNewer: true }));
    expect([shown(newer)[0], shown(newer).at(-1), shown(newer).length]).toEqual(['91', '160', 70]);
    const whole = after(newer, asked('newer'), page(161, 900, { hasNewer: false }), arrived(951));
    expect([shown(whole)[0], shown(whole).at(-1), shown(whole).length]).toEqual(['91', '951', 861]);
    expect(toTimeline(whole)).toMatchObject({ hasOlder: true, hasNewer: false });
  });

  it('is one with the newest as well when the page reaches into them', () => {
    const state = reading(880, 910);
    expect([shown(state)[0], shown(state).at(-1), shown(state).length]).toEqual(['880', '950', 71]);
  });

  it('shows changes in the stretch, also those that are younger than its page', () => {
    const changed = { rev: 3, content: 'changed' };
    const state = after(
      ready(950, 901),
      asked('around'),
      arrived(105, changed),
      page(101, 110, { hasOlder: true, hasNewer: true }),
      arrived(106, { ...changed, rev: 4 }),
      arrived(500, { ...changed, rev: 5 }),
    );
    const texts = toTimeline(state).items.flatMap((item) =>
      item.kind === 'message' && item.message.rev > 0 ? [item.message.seq] : [],
    );
    expect(texts).toEqual([105, 106]);
  });

  it('takes no page that was asked for before the reader went back', () => {
    const back = after(reading(101, 110), asked('newer'), { type: 'excerpt-left' });
    expect(after(back, page(111, 160, { hasNewer: true }))).toBe(back);
    const called = after(ready(950, 901), asked('around'), { type: 'excerpt-left' });
    expect(after(called, page(101, 110, { hasNewer: true }))).toBe(called);
  });

  it('keeps what is on its way in view, behind the stretch', () => {
    const state = after(reading(101, 102), { type: 'queued', pending: pending('x') });
    expect(shown(state)).toEqual(['101', '102', 'x:sending']);
    expect(shown(after(state, arrived(951, ownMessage)))).toEqual(['101', '102']);
  });

  it('forgets everything when access is lost, and stays deaf', () => {
    const lost = after(
      ready(2),
      { type: 'synced', sync: aSync({ access: 'lost' }), asked: fromTwo },
      arrived(3),
    );
    expect(toTimeline(lost)).toMatchObject({ status: 'lost', items: [] });
  });

  it('ends typing with the message, and never shows oneself', () => {
    const typing = after(ready(1), { type: 'typing', sender: AGENT, typing: true });
    expect(typing.typing).toEqual([AGENT]);
    expect(after(typing, arrived(2)).typing).toEqual([]);
    expect(after(ready(1), { type: 'typing', sender: USER, typing: true }).typing).toEqual([]);
  });

  it('moves read markers forward only', () => {
    const reader = { type: 'agent', id: 'a1' } as const;
    const state = after(ready(3), { type: 'read', reader, readSeq: 3 }, { type: 'read', reader, readSeq: 2 });
    expect(state.readMarkers).toEqual({ 'agent:a1': 3 });
  });

  it('lets no answer undo what came in while it was on its way', () => {
    const live = arrived(3, { content: 'live' });
    const sync = aSync({ messages: messagesFrom(1, 2), headSeq: 2, reset: true });
    const heard = [live, { type: 'head', headSeq: 4, headRev: 0 }] as never;
    const state = after(ready(2), live, { type: 'synced', sync, asked: fromTwo, heard });
    expect(shown(state)).toEqual(['1', '2', '3']);
    expect(hasGap(state)).toBe(true);
  });

  it('lets a reset that was read before them not take away newer messages and changes', () => {
    const state = after(ready(2), arrived(3), arrived(1, { rev: 1, content: 'changed' }), {
      type: 'synced',
      sync: aSync({ messages: messagesFrom(1, 2), headSeq: 2, reset: true }),
      asked: { afterSeq: 3, afterRev: 1 },
    });
    expect(shown(state)).toEqual(['1', '2', '3']);
    expect([state.messages[0]?.content, state.headRev]).toEqual(['changed', 1]);
  });

  it('shows at its place a message that it first hears of by a change', () => {
    const sync = aSync({ messages: [...messagesFrom(1, 1), ...messagesFrom(3, 3)], headSeq: 3 });
    const strict = after(empty, { type: 'loaded', sync, asked: { afterSeq: 0, afterRev: 0 } });
    expect(shown(strict)).toEqual(['1', '3']);
    const approved = aMessage({ seq: 2, rev: 1 });
    expect(shown(after(strict, { type: 'message', message: approved }))).toEqual(['1', '2', '3']);
    const changes = aSync({ changes: [approved], headSeq: 3, headRev: 1 });
    const synced = after(strict, { type: 'synced', sync: changes, asked: { afterSeq: 3, afterRev: 0 } });
    expect([shown(synced), hasGap(synced)]).toEqual([['1', '2', '3'], false]);
  });

  it('takes an answer for no proof of what is before the question', () => {
    const asked = { afterSeq: 4, afterRev: 2 };
    const sync = aSync({ messages: messagesFrom(5, 6), headSeq: 6, headRev: 3 });
    const state = after(ready(2), { type: 'synced', sync, asked });
    expect(shown(state)).toEqual(['1', '2']);
    expect([state.confirmedSeq, state.headRev, hasGap(state)]).toEqual([2, 0, true]);
  });

  it('holds back a changed message that is on a later page', () => {
    const changes = [aMessage({ seq: 9, rev: 1 })];
    const page = aSync({ messages: messagesFrom(3, 4), changes, headSeq: 9, headRev: 1, hasMore: true });
    const state = after(ready(2), { type: 'synced', sync: page, asked: fromTwo });
    expect(shown(state)).toEqual(['1', '2', '3', '4']);
    const rest = aSync({ messages: messagesFrom(5, 8), headSeq: 9, headRev: 1 });
    const all = after(state, { type: 'synced', sync: rest, asked: { afterSeq: 4, afterRev: 1 } });
    expect(shown(all)).toHaveLength(9);
    expect(all.messages.at(-1)?.rev).toBe(1);
  });

  it('counts only the changes up to the head that was read before them', () => {
    const sync = aSync({ headSeq: 2, headRev: 1, changes: [aMessage({ seq: 2, rev: 4 })] });
    const state = after(ready(2), { type: 'synced', sync, asked: fromTwo });
    expect([state.headRev, state.messages[1]?.rev, hasGap(state)]).toEqual([1, 4, true]);
  });

  it('does not let an older page undo a change that it was read before', () => {
    const asked = after(ready(60, 11), { type: 'page-asked', ask: 1, kind: 'older' });
    const changed = after(asked, arrived(3, { rev: 1, content: 'changed' }));
    const page = { messages: messagesFrom(1, 10), minSeq: 1, hasMore: false };
    const state = after(changed, { type: 'page-loaded', ask: 1, ...page });
    expect(state.messages[2]?.content).toBe('changed');
    expect(shown(state)).toHaveLength(60);
  });

  it('ignores an older page that was asked for before everything was loaded again', () => {
    const asked = after(ready(60, 11), { type: 'page-asked', ask: 1, kind: 'older' });
    const sync = aSync({ messages: messagesFrom(1001, 1050), headSeq: 1050, reset: true });
    const page = { messages: messagesFrom(1, 10), minSeq: 1, hasMore: false };
    const late: TimelineFact = { type: 'page-loaded', ask: 1, ...page };
    const reset = after(asked, { type: 'synced', sync, asked: fromTwo });
    expect(after(reset, late)).toBe(reset);
    const lost = after(asked, { type: 'lost' });
    expect(after(lost, late)).toBe(lost);
  });

  it('ends a pending message also when what it became is on an older page', () => {
    const queued = after(ready(60, 11), { type: 'queued', pending: pending('x') });
    expect(shown(after(queued, arrived(4, ownMessage)))).toHaveLength(50);
  });

  it('takes the later word when a number is held by another message', () => {
    const state = after(ready(2), arrived(2, { id: 'other', content: 'truth' }));
    expect(state.messages.map(({ content }) => content)).toEqual(['message 1', 'truth']);
  });

  it('keeps only so much of what arrives before the first page, but everything of its own', () => {
    const own = after(empty, { type: 'queued', pending: pending('x') }, arrived(1, ownMessage));
    const many = messagesFrom(2, 400).map((message) => ({ type: 'message', message }) as const);
    const state = after(own, ...many);
    expect(state.ahead).toHaveLength(200);
    expect([state.ahead[0]?.clientMessageId, state.ahead.at(-1)?.seq]).toEqual(['x', 400]);
  });

  it('forgets with the epoch what came early, unless it was promised', () => {
    const queued = after(empty, { type: 'queued', pending: pending('x') });
    const state = after(queued, arrived(1), arrived(2, ownMessage), { type: 'epoch-changed' });
    expect(state.ahead.map(({ seq }) => seq)).toEqual([2]);
  });

  it('keeps the identity of items that did not change', () => {
    const before = ready(2);
    const items = toTimeline(after(before, arrived(3))).items;
    expect(items[0]).toBe(toTimeline(before).items[0]);
  });
});

describe('changes without an answer', () => {
  const edit = { messageId: 'm1', kind: 'edit', content: 'mine' } as const;
  const like = { messageId: 'm1', kind: 'react', emoji: '👍', on: true } as const;
  const self = { type: 'user', id: 'u1' } as const;

  function firstOf(state: TimelineState): MessageItem {
    return toTimeline(state).items[0] as MessageItem;
  }

  it('shows an edit at once and goes back when it is refused', () => {
    const asked = after(ready(1), { type: 'change-asked', change: edit });
    expect(firstOf(asked)).toMatchObject({ isChanging: true, message: { content: 'mine', rev: 0 } });
    const refused = after(asked, { type: 'change-settled', change: edit });
    expect(firstOf(refused)).toMatchObject({ isChanging: false, message: { content: 'message 1' } });
  });

  it('shows who an edit means now, and leaves it as it was where the edit does not say', () => {
    const mentions = [{ type: 'agent', id: 'a1' } as const];
    const asked = after(ready(1), { type: 'change-asked', change: { ...edit, mentions } });
    expect(firstOf(asked).message).toMatchObject({ mentions, mentionsAll: false });
    const again = after(asked, { type: 'change-asked', change: edit });
    expect(firstOf(again).message).toMatchObject({ mentions });
  });

  it('goes back to what the server said meanwhile, not to what was', () => {
    const state = after(
      ready(1),
      { type: 'change-asked', change: edit },
      arrived(1, { rev: 1, content: 'theirs' }),
    );
    expect(firstOf(state).message).toMatchObject({ content: 'mine', rev: 1 });
    const refused = after(state, { type: 'change-settled', change: edit });
    expect(firstOf(refused).message).toMatchObject({ content: 'theirs', rev: 1 });
  });

  it('keeps the later edit in view while the earlier is acknowledged', () => {
    const later = { ...edit, content: 'mine again' };
    const both = after(
      ready(1),
      { type: 'change-asked', change: edit },
      { type: 'change-asked', change: later },
    );
    const message = aMessage({ seq: 1, rev: 1, content: 'mine' });
    const state = after(both, { type: 'change-settled', change: edit, message });
    expect(firstOf(state).message).toMatchObject({ content: 'mine again', rev: 1 });
  });

  it('lets a later rev win over the acknowledged one', () => {
    const state = after(
      ready(1),
      { type: 'change-asked', change: edit },
      arrived(1, { rev: 2, content: 'latest' }),
      { type: 'change-settled', change: edit, message: aMessage({ seq: 1, rev: 1, content: 'mine' }) },
    );
    expect(firstOf(state).message).toMatchObject({ content: 'latest', rev: 2 });
  });

  it('counts a reaction once, whether the event or the answer comes first', () => {
    const reactions = [{ emoji: '👍', count: 2, by: [{ type: 'agent', id: 'a1' } as const, self] }];
    const asked = after(ready(1), { type: 'change-asked', change: like });
    expect(firstOf(asked).message.reactions).toEqual([{ emoji: '👍', count: 1, by: [self] }]);
    const heard = after(asked, arrived(1, { rev: 2, reactions }));
    expect(firstOf(heard).message.reactions).toEqual(reactions);
    const off = after(heard, { type: 'change-asked', change: { ...like, on: false } });
    expect(firstOf(off).message.reactions).toEqual([
      { emoji: '👍', count: 1, by: [{ type: 'agent', id: 'a1' }] },
    ]);
  });

  it('shows no change on a message that is deleted', () => {
    const deleted = arrived(1, { rev: 1, content: '', deletedAt: '2026-01-01T00:00:00.000Z' });
    const state = after(ready(1), { type: 'change-asked', change: edit }, deleted);
    expect(firstOf(state)).toMatchObject({ isChanging: false, message: { content: '' } });
  });

  it('keeps the identity of what did not change, also under a change', () => {
    const asked = after(ready(2), { type: 'change-asked', change: edit });
    const next = after(asked, arrived(3));
    expect(toTimeline(next).items[0]).toBe(toTimeline(asked).items[0]);
  });
});
