import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Realtime } from '../../infrastructure/realtime/realtime.js';
import { InboxTyping } from './inbox-typing.js';

describe(InboxTyping.name, () => {
  let told: unknown[];
  let typing: InboxTyping;

  beforeEach(() => {
    jest.useFakeTimers();
    told = [];
    typing = new InboxTyping({ emitVolatile: (...all: unknown[]) => told.push(all) } as unknown as Realtime);
  });

  afterEach(() => {
    typing.onModuleDestroy();
    jest.useRealTimers();
  });

  const note = (id: string, organizationId = 'acme') => typing.note({ id, organizationId });
  const packet = (organizationId: string, ...conversationIds: string[]) => [
    `organization:${organizationId}:agents`,
    'inbox:typing',
    { conversationIds },
  ];

  it('tells each organization once a second of all in which somebody types', () => {
    for (const id of ['c1', 'c2', 'c1']) note(id);
    note('c3', 'other');
    jest.advanceTimersByTime(999);
    expect(told).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(told).toEqual([packet('acme', 'c1', 'c2'), packet('other', 'c3')]);
    jest.advanceTimersByTime(60_000);
    expect(told).toHaveLength(2);
  });

  it('says nothing of what ended before it was told', () => {
    note('c1');
    typing.forget({ id: 'c1', organizationId: 'acme' });
    jest.advanceTimersByTime(1_000);
    expect(told).toEqual([]);
  });

  it('names so many at most, however many type', () => {
    for (let index = 0; index < 200; index += 1) note(`c${index}`);
    jest.advanceTimersByTime(1_000);
    expect(told).toEqual([packet('acme', ...Array.from({ length: 50 }, (_, index) => `c${index}`))]);
  });
});
