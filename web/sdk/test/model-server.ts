import type { MessageView, PersonView, SyncedConversation, SyncPoint } from '../src/wire.js';
import { AGENT, USER, aMessage } from './fixtures.js';

export interface Reader {
  seesPrivate: boolean;
}

export interface Bounds {
  beforeSeq?: number;
  afterSeq?: number;
  aroundSeq?: number;
  limit: number;
}

interface HistoryPage {
  items: MessageView[];
  hasMore: boolean;
  hasNewer?: boolean;
}

/** What the store holds at one moment. */
interface Life {
  messages: MessageView[];
}

/** As with the real ones, a page holds at least what a client loads first, and a gap is several pages. */
const PAGE = 52;
const SYNC_GAP = 130;
const AFTER_RESET = 50;

/** One conversation as the real server keeps it: dense numbers, latest rev per message, bounded pages. */
export class ModelServer {
  epoch = 1;
  private readonly past: Life[] = [{ messages: [] }];

  get messages(): readonly MessageView[] {
    return this.past.at(-1)!.messages;
  }

  get head(): { headSeq: number; headRev: number } {
    return headOf(this.messages);
  }

  visibleTo(reader: Reader): MessageView[] {
    return this.messages.filter((message) => reader.seesPrivate || !message.private);
  }

  post(fields: Partial<MessageView>): MessageView {
    const seq = this.head.headSeq + 1;
    const message = aMessage({ sender: AGENT, ...fields, seq, id: `m${seq}-${this.epoch}` });
    this.write([...this.messages, message]);
    return message;
  }

  /** Many at once, of which nobody is told. */
  postMany(count: number): void {
    const { headSeq } = this.head;
    const many = Array.from({ length: count }, (_, index) => {
      const seq = headSeq + 1 + index;
      return aMessage({ sender: AGENT, seq, id: `m${seq}-${this.epoch}`, private: index % 7 === 0 });
    });
    this.write([...this.messages, ...many]);
  }

  /** Each of the newest gets a change, in no order of theirs. */
  changeMany(count: number): void {
    let { headRev } = this.head;
    const from = this.messages.length - count;
    const touch = (message: MessageView): MessageView => ({ ...message, pinned: true, rev: ++headRev });
    const changed = this.messages.map((one, index) => (index >= from && index % 2 ? touch(one) : one));
    this.write(changed.map((one, index) => (index >= from && index % 2 === 0 ? touch(one) : one)));
  }

  /** The repeat gets the first message back. */
  send(clientMessageId: string, content: string): { message: MessageView; duplicate: boolean } {
    const first = this.messages.find((message) => message.clientMessageId === clientMessageId);
    const message = first ?? this.post({ clientMessageId, content, sender: USER });
    return { message, duplicate: Boolean(first) };
  }

  find(messageId: string): MessageView | undefined {
    return this.messages.find((message) => message.id === messageId);
  }

  /** Null when it changes nothing: repeating is free of a rev. */
  change(messageId: string, change: (message: MessageView) => MessageView): MessageView | null {
    const held = this.find(messageId);
    if (!held) return null;
    const wanted = change(held);
    if (JSON.stringify(wanted) === JSON.stringify(held)) return null;
    const changed = { ...wanted, rev: this.head.headRev + 1 };
    this.write(this.messages.map((one) => (one === held ? changed : one)));
    return changed;
  }

  /** An unclean stop that loses the last ones, unless they were promised to somebody. */
  restart(lose: number): void {
    const kept = [...this.messages];
    for (let lost = 0; lost < lose && kept.at(-1)?.sender.type === 'agent'; lost += 1) kept.pop();
    this.epoch += 1;
    this.past.splice(0, this.past.length, { messages: kept });
  }

  /** `ago`: answered by somebody whose view is that many writes old. */
  sync(point: SyncPoint, reader: Reader, ago = 0): SyncedConversation {
    const { messages } = this.past.at(Math.max(-1 - ago, -this.past.length))!;
    const seen = messages.filter((message) => reader.seesPrivate || !message.private);
    const head = headOf(messages);
    const base = { id: point.id, ...head, minSeq: 1, access: 'ok' as const };
    if (isUnprovable(point, head)) {
      return { ...base, messages: seen.slice(-AFTER_RESET), changes: [], hasMore: false, reset: true };
    }
    const newer = seen.filter((message) => message.seq > point.afterSeq);
    const changed = seen.filter((message) => message.rev > point.afterRev).sort((a, b) => a.rev - b.rev);
    const hasMore = newer.length > PAGE || changed.length > PAGE;
    return {
      ...base,
      messages: newer.slice(0, PAGE),
      changes: changed.slice(0, PAGE),
      hasMore,
      reset: false,
    };
  }

  history({ beforeSeq = Infinity, afterSeq, aroundSeq, limit }: Bounds, reader: Reader): HistoryPage {
    if (aroundSeq !== undefined) {
      const half = Math.floor(limit / 2);
      const older = this.history({ beforeSeq: aroundSeq + 1, limit: limit - half }, reader);
      const newer = this.history({ afterSeq: aroundSeq, limit: half }, reader);
      return { items: [...older.items, ...newer.items], hasMore: older.hasMore, hasNewer: newer.hasMore };
    }
    const found = this.visibleTo(reader).filter(({ seq }) => seq < beforeSeq && seq > (afterSeq ?? 0));
    const size = Math.min(limit, PAGE);
    const items = afterSeq === undefined ? found.slice(-size) : found.slice(0, size);
    return { items, hasMore: items.length < found.length };
  }

  private write(messages: MessageView[]): void {
    this.past.push({ messages });
    if (this.past.length > 8) this.past.shift();
  }
}

export function edited(content: string): (message: MessageView) => MessageView {
  return (message) => (message.content === content ? message : { ...message, content });
}

export function reacted(
  emoji: string,
  on: boolean,
  person: PersonView,
): (message: MessageView) => MessageView {
  const by = { type: person.type as 'user' | 'agent', id: person.id };
  return (message) => {
    const others = message.reactions
      .flatMap((one) => one.by)
      .filter((one) => one.type !== by.type || one.id !== by.id);
    const all = on ? [...others, by] : others;
    return { ...message, reactions: all.length > 0 ? [{ emoji, count: all.length, by: all }] : [] };
  };
}

function isUnprovable(point: SyncPoint, head: { headSeq: number; headRev: number }): boolean {
  const gap = Math.max(head.headSeq - point.afterSeq, head.headRev - point.afterRev);
  return gap > SYNC_GAP || point.afterSeq > head.headSeq || point.afterRev > head.headRev;
}

function headOf(messages: readonly MessageView[]): { headSeq: number; headRev: number } {
  return {
    headSeq: messages.at(-1)?.seq ?? 0,
    headRev: Math.max(0, ...messages.map((message) => message.rev)),
  };
}
