import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageView } from '../src/contracts/chat.js';
import { ask, type Client, type Crowd, type Pair } from './crowd.js';
import { percentiles, round, type Percentiles } from './figures.js';
import type { Phase } from './options.js';

export interface LoadResult {
  sent: number;
  acked: number;
  refused: Record<string, number>;
  ackMs: Percentiles;
  deliveryMs: Percentiles;
  messagesPerSecond: number;
  undelivered: number;
  deliveredTwice: number;
  deliveredOutOfOrder: number;
  inboxUpdates: number;
}

const TICK_MS = 4;
const DRAIN_MS = 10_000;

/** What one side of a conversation was told live. */
interface Ear {
  lastSeq: number;
  heard: Set<number>;
}

/** Sends at a fixed rate, whatever the server makes of it, and listens on both sides of every conversation. */
export class Load {
  /** By clientMessageId: what must be in the history in the end. */
  readonly acked = new Map<string, { conversationId: string; seq: number }>();
  private readonly sentAt = new Map<string, number>();
  private readonly ears = new Map<string, { visitor: Ear; agent: Ear }>();
  private ackMs: number[] = [];
  private deliveryMs: number[] = [];
  private refused: Record<string, number> = {};
  private counts = { sent: 0, acked: 0, open: 0, twice: 0, outOfOrder: 0, inbox: 0 };
  private lastAckAt = 0;
  private readonly crowd: Crowd;

  // No parameter property: Node runs these sources with their types merely stripped.
  constructor(crowd: Crowd) {
    this.crowd = crowd;
    for (const pair of crowd.pairs) {
      this.ears.set(pair.conversationId, { visitor: newEar(), agent: newEar() });
      this.listen(pair.visitor, 'visitor');
    }
    for (const agent of crowd.agents) this.listen(agent, 'agent');
  }

  async run({ rate, seconds }: Phase): Promise<LoadResult> {
    this.forgetFigures();
    const startedAt = performance.now();
    const total = rate * seconds;
    while (this.counts.sent < total) {
      const due = Math.min(total, Math.floor(((performance.now() - startedAt) * rate) / 1000));
      while (this.counts.sent < due) this.send(this.counts.sent++);
      await sleep(TICK_MS);
    }
    await this.drain();
    return this.result((this.lastAckAt - startedAt) / 1000);
  }

  private send(number: number): void {
    const { pairs } = this.crowd;
    const pair = pairs[number % pairs.length]!;
    const isVisitor = Math.floor(number / pairs.length) % 2 === 0;
    void this.sendOne(pair, isVisitor ? pair.visitor : pair.agent);
  }

  private async sendOne({ conversationId }: Pair, client: Client): Promise<void> {
    const clientMessageId = randomUUID();
    const body = { conversationId, clientMessageId, content: `Where is my parcel? ${clientMessageId}` };
    const sentAt = performance.now();
    this.sentAt.set(clientMessageId, sentAt);
    this.counts.open++;
    try {
      const answer = await ask(client, 'message:send', body);
      if (!answer.ok) return this.refuse(answer.error.code);
      this.onAck(answer.data.message, sentAt);
    } catch {
      this.refuse('no ack');
    } finally {
      this.counts.open--;
    }
  }

  private onAck({ clientMessageId, conversationId, seq }: MessageView, sentAt: number): void {
    this.lastAckAt = performance.now();
    this.ackMs.push(this.lastAckAt - sentAt);
    this.counts.acked++;
    this.acked.set(clientMessageId!, { conversationId, seq });
  }

  private refuse(code: string): void {
    this.refused[code] = (this.refused[code] ?? 0) + 1;
  }

  private listen(client: Client, side: 'visitor' | 'agent'): void {
    client.on('message:created', ({ message }) => this.onMessage(message, side));
    client.on('conversation:updated', () => void this.counts.inbox++);
  }

  private onMessage(message: MessageView, side: 'visitor' | 'agent'): void {
    const ear = this.ears.get(message.conversationId)?.[side];
    const sentAt = this.sentAt.get(message.clientMessageId ?? '');
    if (!ear || sentAt === undefined) return;
    if (!this.hear(ear, message.seq)) return;
    // The echo to the sender is checked as well, but it is not a delivery.
    const isEcho = (message.sender.type === 'user') === (side === 'visitor');
    if (!isEcho) this.deliveryMs.push(performance.now() - sentAt);
  }

  /** Whether it is news. */
  private hear(ear: Ear, seq: number): boolean {
    const isNews = !ear.heard.has(seq);
    if (!isNews) this.counts.twice++;
    else if (seq < ear.lastSeq) this.counts.outOfOrder++;
    ear.heard.add(seq);
    ear.lastSeq = Math.max(ear.lastSeq, seq);
    return isNews;
  }

  private async drain(): Promise<void> {
    const deadline = performance.now() + DRAIN_MS;
    while (performance.now() < deadline && (this.counts.open > 0 || this.undelivered() > 0)) await sleep(20);
  }

  private undelivered(): number {
    let missing = 0;
    for (const { conversationId, seq } of this.acked.values()) {
      const { visitor, agent } = this.ears.get(conversationId)!;
      missing += Number(!visitor.heard.has(seq)) + Number(!agent.heard.has(seq));
    }
    return missing;
  }

  private forgetFigures(): void {
    this.ackMs = [];
    this.deliveryMs = [];
    this.refused = {};
    this.counts = { sent: 0, acked: 0, open: 0, twice: 0, outOfOrder: 0, inbox: 0 };
  }

  private result(seconds: number): LoadResult {
    const { sent, acked, twice, outOfOrder, inbox } = this.counts;
    return {
      sent,
      acked,
      refused: this.refused,
      ackMs: percentiles(this.ackMs),
      deliveryMs: percentiles(this.deliveryMs),
      messagesPerSecond: round(acked / seconds),
      undelivered: this.undelivered(),
      deliveredTwice: twice,
      deliveredOutOfOrder: outOfOrder,
      inboxUpdates: inbox,
    };
  }
}

function newEar(): Ear {
  return { lastSeq: 0, heard: new Set() };
}
