import { describe, expect, it } from '@jest/globals';
import { InboxQueue } from './inbox-queue.js';

describe(InboxQueue.name, () => {
  const alone = () => 1;

  it('gathers the changes of a conversation and gives it out once', () => {
    const queue = new InboxQueue(250, 100);
    queue.add('acme', 'c1', 0);
    queue.add('acme', 'c1', 200);
    expect(queue.take(249, alone)).toEqual([]);
    expect(queue.take(250, alone)).toEqual(['c1']);
    expect(queue.take(500, alone)).toEqual([]);
    expect(queue.isEmpty).toBe(true);
  });

  it('gives a crowd of agents fewer summaries at a turn, oldest first, and all of them in the end', () => {
    const queue = new InboxQueue(0, 100);
    for (const id of ['c1', 'c2', 'c3', 'c4', 'c5']) queue.add('acme', id, 0);
    const crowd = () => 50;
    expect(queue.take(0, crowd)).toEqual(['c1', 'c2']);
    queue.add('acme', 'c1', 0);
    expect(queue.take(0, crowd)).toEqual(['c3', 'c4']);
    expect(queue.take(0, crowd)).toEqual(['c5', 'c1']);
    expect(queue.isEmpty).toBe(true);
  });

  it('lets no busy organization keep another one waiting, and nobody for ever', () => {
    const queue = new InboxQueue(0, 10);
    for (const id of ['a1', 'a2', 'a3']) queue.add('busy', id, 0);
    queue.add('quiet', 'b1', 0);
    expect(queue.take(0, () => 1_000)).toEqual(['a1', 'b1']);
  });

  it('leaves out what went another way', () => {
    const queue = new InboxQueue(250, 100);
    queue.add('acme', 'c1', 0);
    queue.remove('acme', 'c1');
    expect(queue.isEmpty).toBe(true);
    expect(queue.take(1_000, alone)).toEqual([]);
  });
});
