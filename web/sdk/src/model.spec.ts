import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AGENT } from '../test/fixtures.js';
import { edited, reacted } from '../test/model-server.js';
import { ModelWorld, NO_FAULTS, type Faults } from '../test/model-world.js';
import type { FastLightChatClient } from './chat-client.js';
import type { ConversationHandle, Timeline } from './types.js';
import type { MessageView } from './wire.js';

/** What has arrived is seen within this, whatever is missing before it. */
const SEEN_WITHIN_MS = 1_800;

const ACTS = [
  'post',
  'post',
  'note',
  'many',
  'change many',
  'change',
  'change',
  'send',
  'send',
  'edit',
  'react',
  'older',
  'around',
  'newer',
  'newest',
  'cut',
  'down',
  'restart',
  'closing',
  'slow',
  'refuse sync',
  'refuse send',
  'refuse change',
  'expire',
  'release',
  'reopen',
  'beacon',
  'offline',
] as const;
type Act = (typeof ACTS)[number];

interface Step {
  act: Act;
  wait: number;
  which: number;
}

/** Of somebody who reads far back while the talk goes on. */
const READING = [...Array<Act[]>(4).fill(['around', 'older', 'newer', 'change', 'edit']).flat(), ...ACTS];

const waits = fc.oneof(fc.nat({ max: 60 }), fc.nat({ max: 900 }), fc.nat({ max: 8_000 }));
const stepsOf = (acts: readonly Act[]): fc.Arbitrary<Step[]> =>
  fc.array(fc.record({ act: fc.constantFrom(...acts), wait: waits, which: fc.nat({ max: 1_000 }) }), {
    minLength: 5,
    maxLength: 45,
  });
type Walk = [seed: number, faults: Faults, steps: Step[]];

const faults: fc.Arbitrary<Faults> = fc.record({
  lose: fc.nat({ max: 5 }),
  repeat: fc.nat({ max: 4 }),
  loseAck: fc.nat({ max: 2 }),
  older: fc.nat({ max: 2 }),
  slowestMs: fc.constantFrom(5, 150, 700),
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The same walks each time, so that a run can be had again; `WALK_SEED` takes others. */
const SEED = Number(process.env.WALK_SEED ?? 20_261_121);

/** mulberry32 */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One life of one client in one world, watched at every step. */
class Life {
  readonly world: ModelWorld;
  readonly client: FastLightChatClient;
  readonly handle: ConversationHandle;
  readonly sent: string[] = [];
  /** What was seen to be wrong on the way. */
  private readonly faults: string[] = [];
  private unanswered = 0;
  private readonly seen = new Map<string, number>();
  private release: () => void;
  private isOpen = true;
  private lastBreak = 0;

  constructor(as: 'user' | 'agent', seed: number, faults: Faults, history: number) {
    this.world = new ModelWorld(as, randomFrom(seed));
    this.world.faults = faults;
    vi.stubGlobal('fetch', this.world.rest);
    for (let count = history; count > 0; count -= 1) this.world.post({ private: count % 4 === 0 });
    this.client = this.world.client();
    this.client.on('state', () => (this.lastBreak = performance.now()));
    this.handle = this.client.conversation('c1');
    this.handle.subscribe(() => this.assertSound(this.handle.getSnapshot()));
    this.world.onDelivered = (message) => this.expectSoon(message);
    this.release = this.handle.open();
  }

  async take({ act, wait, which }: Step): Promise<void> {
    this.act(act, which);
    await vi.advanceTimersByTimeAsync(wait);
  }

  /** The faults end, the beacon goes on: now everything must come right by itself. */
  async comeToRest(): Promise<void> {
    this.world.faults = NO_FAULTS;
    this.world.isDown = false;
    for (const refusals of Object.values(this.world.refusals)) refusals.length = 0;
    this.reopen();
    for (let beacons = 0; beacons < 5; beacons += 1) {
      await vi.advanceTimersByTimeAsync(25_000);
      this.world.beacon();
    }
    await vi.advanceTimersByTimeAsync(5_000);
    this.assertExcerptTrue();
    await this.turn((handle) => handle.getSnapshot().hasNewer && handle.loadNewer());
    await this.turn((handle) => handle.getSnapshot().hasOlder && handle.loadOlder());
  }

  /** Turns pages until there are no more. */
  private async turn(page: (handle: ConversationHandle) => false | Promise<void>): Promise<void> {
    for (let pages = 0; pages < 60; pages += 1) {
      const turned = page(this.handle);
      if (!turned) return;
      await Promise.all([turned, vi.advanceTimersByTimeAsync(50)]);
    }
  }

  /** Between its first and its last message nothing is missing and nothing is of yesterday. */
  private assertExcerptTrue(): void {
    if (!this.handle.getSnapshot().hasNewer) return;
    const [first, last] = [this.shown[0]!.seq, this.shown.at(-1)!.seq];
    const truth = this.truth.filter(({ seq }) => seq >= first && seq <= last);
    expect(summaryOf(this.shown)).toEqual(summaryOf(truth));
  }

  assertTrue(): void {
    expect(this.faults).toEqual([]);
    expect(summaryOf(this.shown)).toEqual(summaryOf(this.truth));
    expect(this.handle.getSnapshot().items.filter((item) => item.kind === 'pending')).toEqual([]);
    expect(this.truth.flatMap((one) => one.clientMessageId ?? [])).toEqual(this.sent);
    expect(this.unanswered).toBe(0);
    expect(mostWithinAMinute(this.world.askedAt['conversation:sync'] ?? [])).toBeLessThanOrEqual(60);
  }

  /** Nothing may be left behind that would still do something. */
  async end(): Promise<void> {
    this.client.destroy();
    this.world.stopTimers();
    await vi.advanceTimersByTimeAsync(0);
    const left = vi.getTimerCount();
    vi.clearAllTimers();
    expect(left).toBe(0);
  }

  get shown(): MessageView[] {
    return this.handle.getSnapshot().items.flatMap((item) => (item.kind === 'message' ? [item.message] : []));
  }

  get truth(): MessageView[] {
    return this.world.server.visibleTo(this.world.reader);
  }

  private act(act: Act, which: number): void {
    const { world, handle } = this;
    const any = this.truth[which % Math.max(1, this.truth.length)];
    switch (act) {
      case 'post':
        return world.post({});
      case 'note':
        return world.post({ private: true });
      case 'many':
        return world.server.postMany(20 + (which % 130));
      case 'change many':
        return world.server.changeMany(20 + (which % 130));
      case 'change':
        if (any)
          world.change(any.id, which % 2 ? edited(`edit ${which}`) : reacted('x', which % 3 > 0, AGENT));
        return;
      case 'send':
        this.sent.push(handle.send({ content: `mine ${this.sent.length}` }));
        return;
      case 'edit':
        if (any) this.await(handle.edit(any.id, `mine ${which}`));
        return;
      case 'react':
        if (any) this.await(handle.react(any.id, 'x', which % 2 > 0));
        return;
      case 'older':
        handle.loadOlder().catch(() => undefined);
        return;
      case 'around':
        handle.loadAround(which % (world.server.head.headSeq + 2)).catch(() => undefined);
        return;
      case 'newer':
        handle.loadNewer().catch(() => undefined);
        return;
      case 'newest':
        return handle.jumpToNewest();
      case 'cut':
        return world.cutLines();
      case 'down':
        world.isDown = which % 2 > 0;
        return world.cutLines();
      case 'restart':
        return world.restart(which % 3);
      case 'closing':
        world.emit('server:closing', { reconnectAfterMs: which });
        return world.later(() => world.cutLines());
      case 'slow':
        world.emit('slow_consumer', {});
        return world.later(() => world.cutLines());
      case 'refuse sync':
        return world.refuse('conversation:sync', this.refusal(which));
      case 'refuse send':
        return world.refuse('message:send', this.refusal(which));
      case 'refuse change':
        return world.refuse(which % 2 ? 'message:edit' : 'message:react', this.refusal(which));
      case 'expire':
        return world.refuse('message:send', { code: 'auth.token_expired' });
      case 'release':
        this.isOpen = false;
        return this.release();
      case 'reopen':
        return this.reopen();
      case 'beacon':
        return world.beacon();
      case 'offline':
        world.isDown = true;
        world.cutLines();
        return world.later(() => (world.isDown = false));
      default:
        return act satisfies never;
    }
  }

  private await(change: Promise<MessageView>): void {
    this.unanswered += 1;
    const answered = (): number => (this.unanswered -= 1);
    change.then(answered, answered);
  }

  private refusal(which: number) {
    return which % 2
      ? { code: 'common.rate_limited', retryable: true, retryAfterMs: which * 10 }
      : { code: 'common.unavailable', retryable: true, retryAfterMs: 1_000 };
  }

  private reopen(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.lastBreak = performance.now();
    this.release = this.handle.open();
  }

  private assertSound(timeline: Timeline): void {
    const messages = timeline.items.flatMap((item) => (item.kind === 'message' ? [item.message] : []));
    for (const { id, rev } of messages) this.seen.set(id, Math.max(rev, this.seen.get(id) ?? 0));
    const numbers = messages.map((message) => message.seq);
    if (numbers.some((seq, index) => index > 0 && seq <= numbers[index - 1]!)) {
      this.faults.push(`out of order: ${numbers.join()}`);
    }
    const keys = timeline.items.map((item) => item.key);
    if (new Set(keys).size !== keys.length) this.faults.push(`shown twice: ${keys.join()}`);
    if (timeline.status === 'ready') this.assertNothingLost(timeline, messages);
  }

  /** What was sent is waiting, or shown, or on another page. */
  private assertNothingLost(timeline: Timeline, messages: MessageView[]): void {
    const first = timeline.hasOlder ? (messages[0]?.seq ?? Number.MAX_SAFE_INTEGER) : 0;
    const last = timeline.hasNewer ? messages.at(-1)!.seq : Number.MAX_SAFE_INTEGER;
    const keys = new Set(timeline.items.map((item) => item.key));
    for (const id of this.sent) {
      const stored = this.world.server.messages.find((message) => message.clientMessageId === id);
      const isElsewhere = stored && (stored.seq < first || stored.seq > last);
      if (!keys.has(id) && !isElsewhere) this.faults.push(`lost ${id} of ${stored?.seq}`);
    }
  }

  private isElsewhere({ seq }: MessageView): boolean {
    const { hasOlder, hasNewer } = this.handle.getSnapshot();
    const [first = Infinity, last = 0] = [this.shown[0]?.seq, this.shown.at(-1)?.seq];
    return (hasOlder && seq < first) || (hasNewer && seq > last);
  }

  private expectSoon(message: MessageView): void {
    if (this.handle.getSnapshot().status !== 'ready') return;
    const since = performance.now();
    const { epoch } = this.world.server;
    setTimeout(() => {
      const isSame = this.lastBreak < since && this.isOpen && this.world.server.epoch === epoch;
      if (!isSame || this.handle.getSnapshot().status !== 'ready') return;
      if (!this.isElsewhere(message) && (this.seen.get(message.id) ?? -1) < message.rev)
        this.faults.push(`late: ${message.seq}`);
    }, SEEN_WITHIN_MS);
  }
}

function mostWithinAMinute(times: number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length));
}

/** Found by a long walk: a reload whose answer was read before that of a question asked in between, and came after it. */
const AN_OLDER_READ_COMES_LAST: Walk = [
  1_727_164_221,
  { lose: 2, repeat: 0, loseAck: 1, older: 0, slowestMs: 700 },
  [
    { act: 'post', wait: 1_871, which: 0 },
    { act: 'change', wait: 0, which: 763 },
    { act: 'react', wait: 206, which: 343 },
    { act: 'down', wait: 20, which: 0 },
    { act: 'offline', wait: 653, which: 0 },
    { act: 'older', wait: 1, which: 0 },
    { act: 'older', wait: 42, which: 0 },
    { act: 'edit', wait: 0, which: 0 },
    { act: 'send', wait: 0, which: 0 },
    { act: 'send', wait: 0, which: 0 },
    { act: 'send', wait: 703, which: 0 },
    { act: 'restart', wait: 2_091, which: 0 },
  ],
];

const summaryOf = (messages: MessageView[]): unknown[] =>
  messages.map(({ id, seq, rev, content, reactions }) => ({ id, seq, rev, content, reactions }));

async function walk(as: 'user' | 'agent', [seed, faults, steps]: Walk, history: number): Promise<void> {
  const life = new Life(as, seed, faults, history);
  try {
    for (const step of steps) await life.take(step);
    await life.comeToRest();
    life.assertTrue();
  } finally {
    await life.end();
  }
}

describe('a client in a world of faults', () => {
  it.each(['user', 'agent'] as const)(
    'comes to show an %s exactly what the server holds, and never anything out of order',
    async (as) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), faults, stepsOf(ACTS), (...given) => walk(as, given, given[0] % 30)),
        { seed: SEED, numRuns: 300, examples: [AN_OLDER_READ_COMES_LAST] },
      );
    },
    120_000,
  );

  it.each(['user', 'agent'] as const)(
    'holds that for an %s who reads far back as well',
    async (as) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), faults, stepsOf(READING), (...given) =>
          walk(as, given, 120 + (given[0] % 200)),
        ),
        { seed: SEED, numRuns: 200 },
      );
    },
    120_000,
  );
});
