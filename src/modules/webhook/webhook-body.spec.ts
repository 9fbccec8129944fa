import { describe, expect, it } from '@jest/globals';
import type { OutwardEvent } from '../../common/events/event-sink.js';
import type { WebhookEvent } from '../../contracts/webhooks.js';
import { bodyOf } from './webhook-body.js';

const KIM = { type: 'user', id: 'u1', name: 'Kim' } as const;

describe(bodyOf.name, () => {
  const anEvent = (data: Record<string, unknown>): OutwardEvent => ({
    id: 'e1',
    type: 'message.created',
    organizationId: 'o1',
    environmentId: 'v1',
    at: new Date('2026-11-20T12:00:00.000Z'),
    performedBy: KIM,
    conversationId: 'c1',
    userId: 'u1',
    isNote: false,
    data,
  });
  const read = (body: string) => JSON.parse(body) as WebhookEvent & { data: Record<string, unknown> };

  it('says what happened, when, where and by whom', () => {
    expect(read(bodyOf(anEvent({ message: { id: 'm1', content: '안녕' } })))).toEqual({
      type: 'message.created',
      timestamp: '2026-11-20T12:00:00.000Z',
      environmentId: 'v1',
      performedBy: KIM,
      data: { message: { id: 'm1', content: '안녕' } },
    });
  });

  it.each([
    ['a long text', { message: { id: 'm1', content: '가'.repeat(8_000) } }],
    ['a text of characters that take much room', { message: { id: 'm1', content: '\u0001'.repeat(8_000) } }],
    ['halves of pairs', { message: { id: 'm1', content: `x${'👍'.repeat(8_000)}` } }],
    [
      'a long list',
      { message: { id: 'm1', content: 'hi', by: Array.from({ length: 5_000 }, (_, id) => ({ id })) } },
    ],
    [
      'many values',
      {
        message: { id: 'm1', content: 'hi' },
        profile: Object.fromEntries(Array.from({ length: 500 }, (_, key) => [key, 'x'.repeat(500)])),
      },
    ],
  ])('is under 20 KB, and says so, with %s', (_, data) => {
    const body = bodyOf(anEvent(data));
    expect(Buffer.byteLength(body)).toBeLessThan(20_000);
    const { data: sent } = read(body);
    expect(sent).toMatchObject({ truncated: true, message: { id: 'm1' } });
    const { content } = sent['message'] as { content: string };
    expect(data.message.content.startsWith(content)).toBe(true);
    expect(content.isWellFormed()).toBe(true);
    expect(content.length).toBeGreaterThan(1);
  });

  it('leaves what fits as it is', () => {
    const data = { message: { id: 'm1', content: 'x'.repeat(8_000) } };
    expect(read(bodyOf(anEvent(data))).data).toEqual(data);
  });
});
