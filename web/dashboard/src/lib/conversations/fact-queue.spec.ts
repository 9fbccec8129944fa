import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationFact } from './conversation-list';
import { createFactQueue } from './fact-queue';

const read = (readSeq: number): ConversationFact => ({ type: 'read', conversationId: 'a', readSeq });

describe(createFactQueue, () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('lets the first take effect at once, and a burst together', () => {
    const applied: ConversationFact[][] = [];
    const queue = createFactQueue((facts) => applied.push(facts));
    queue.add(read(1));
    expect(applied).toEqual([[read(1)]]);
    queue.add(read(2));
    queue.add(read(3));
    expect(applied).toHaveLength(1);
    vi.runAllTimers();
    expect(applied).toEqual([[read(1)], [read(2), read(3)]]);
    queue.add(read(4));
    expect(applied.at(-1)).toEqual([read(4)]);
  });

  it('says nothing any more once it is stopped', () => {
    const applied: ConversationFact[][] = [];
    const queue = createFactQueue((facts) => applied.push(facts));
    queue.add(read(1));
    queue.add(read(2));
    queue.stop();
    vi.runAllTimers();
    expect(applied).toHaveLength(1);
  });
});
