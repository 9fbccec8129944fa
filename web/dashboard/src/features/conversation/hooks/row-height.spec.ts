import { describe, expect, it } from 'vitest';
import { aMessage, personOf, SELF } from '../../../test/factories';
import type { MessageView } from '../../../lib/wire';
import { estimatedHeight } from './row-height';
import type { TimelineRow } from './timeline-rows';

function heightOf(
  fields: Partial<MessageView>,
  place = { isFirstOfGroup: true, isLastOfGroup: true },
): number {
  const row: TimelineRow = { kind: 'message', key: 'm', message: aMessage(fields), ...place };
  return estimatedHeight(row, SELF.id);
}

/** As they were measured in Chromium, in Korean and English, at 1280 pixels. */
describe('estimatedHeight', () => {
  it.each([
    ['two lines of a colleague', { content: 'x'.repeat(100) }, 114],
    ['two lines of one’s own', { content: 'x'.repeat(57), sender: personOf(SELF) }, 92],
    ['a list of three lines', { content: '**560번째** 메시지\n- 첫째 줄\n- 둘째 줄' }, 137],
  ])('is near to the height of %s', (_, fields, height) => {
    expect(Math.abs(heightOf(fields) - height)).toBeLessThan(8);
  });

  it('counts a wide character for two', () => {
    expect(heightOf({ content: '가'.repeat(50) })).toBe(heightOf({ content: 'x'.repeat(100) }));
  });

  it('knows what stands under and over a message', () => {
    const middle = { isFirstOfGroup: false, isLastOfGroup: false };
    expect(heightOf({}, middle)).toBeLessThan(heightOf({}));
    expect(heightOf({ reactions: [{ emoji: '🎉', count: 1, by: [] }] })).toBeGreaterThan(heightOf({}));
  });
});
