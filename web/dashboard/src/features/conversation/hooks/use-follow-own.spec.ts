import { renderHook } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { aMessage } from '../../../test/factories';
import type { TimelineRow } from './timeline-rows';
import { useFollowOwn } from './use-follow-own';

const said = (key: string): TimelineRow => ({
  kind: 'pending',
  key,
  item: {
    kind: 'pending',
    key,
    clientMessageId: key,
    content: 'Hello',
    private: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    state: 'sending',
  },
  isFirstOfGroup: true,
});
const heard = (seq: number): TimelineRow => ({
  kind: 'message',
  key: `heard-${seq}`,
  message: aMessage({ seq }),
  isFirstOfGroup: true,
  isLastOfGroup: true,
});

describe('useFollowOwn', () => {
  const follow = (rows: TimelineRow[]) => {
    const scrollToEnd = vi.fn();
    const { rerender } = renderHook((shown: TimelineRow[]) => useFollowOwn(shown, scrollToEnd), {
      initialProps: rows,
    });
    return { scrollToEnd, rerender };
  };

  it('leads to everything that one says', () => {
    const { scrollToEnd, rerender } = follow([heard(1)]);
    rerender([heard(1), said('a')]);
    expect(scrollToEnd).toHaveBeenCalledTimes(1);
    rerender([heard(1), said('a'), said('b')]);
    expect(scrollToEnd).toHaveBeenCalledTimes(2);
  });

  it('stays where one reads when others say something, or what waited is still waiting', () => {
    const { scrollToEnd, rerender } = follow([said('a')]);
    rerender([heard(1), said('a')]);
    rerender([heard(1), heard(2)]);
    expect(scrollToEnd).not.toHaveBeenCalled();
  });
});
