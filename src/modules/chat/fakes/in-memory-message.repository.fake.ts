import type { BacklogState } from '../../../infrastructure/queue/backlog.js';
import { EVERY_TENANT, type EveryTenant, type Scope } from '../../../common/access/principal.js';
import { attachmentKeyOf } from '../attachment.js';
import { IdempotencyConflict } from '../chat.errors.js';
import { senderKeyOf } from '../conversation.js';
import { KEPT_VERSIONS } from '../message-change.js';
import { isSeen, type Sight } from '../message-sight.js';
import {
  isAwaitingReview,
  UNCHANGED,
  isListed,
  type DoneTask,
  type Message,
  type MessageDraft,
  type MessageVersion,
  type OutboxEntry,
  type OutboxIntent,
  type OutboxTask,
  type ThreadSummary,
} from '../message.js';
import {
  MessageRepository,
  type Appended,
  type Changed,
  type ChangeRule,
  type Head,
  type PageBounds,
  type PinBounds,
  type ReadPosition,
  type Side,
  type SyncDelta,
  type SyncFrom,
} from '../message.repository.js';

interface Mark extends OutboxIntent {
  rev: number;
  tries: number;
}

interface Stored {
  message: Message;
  outbox: Mark[];
  versions: MessageVersion[];
  told: Set<string>;
}

export class InMemoryMessageRepository extends MessageRepository {
  /** Two repositories over one store are two nodes on one database. */
  constructor(private readonly stored: Stored[] = []) {
    super();
  }

  twin(): InMemoryMessageRepository {
    return new InMemoryMessageRepository(this.stored);
  }

  async append(_scope: Scope, draft: MessageDraft): Promise<Appended> {
    const first = this.firstOf(draft);
    if (first && first.bodyHash !== draft.bodyHash) throw new IdempotencyConflict();
    if (first) return { message: structuredClone(first), repeated: true };
    const { outbox, ...said } = structuredClone(draft);
    const seq = this.headOf(draft.conversationId).headSeq + 1;
    const message: Message = { ...said, ...UNCHANGED, reactions: [], seq };
    const marks = outbox.map((intent) => ({ ...intent, rev: 0, tries: 0 }));
    this.stored.push({ message, outbox: marks, versions: [], told: new Set() });
    return { message: structuredClone(message), repeated: false };
  }

  async change(
    scope: Scope,
    conversationId: string,
    messageId: string,
    rule: ChangeRule,
    outbox: readonly OutboxIntent[],
  ): Promise<Changed | null> {
    const entry = this.entryOf(scope, conversationId, messageId);
    if (!entry) return null;
    const change = rule(structuredClone(entry.message), [...entry.told]);
    const intents = change ? [...outbox, ...(change.outbox ?? [])] : [];
    if (change) {
      const rev = this.headOf(conversationId).headRev + 1;
      const { earlier, outbox: _, ...set } = structuredClone(change);
      Object.assign(entry.message, set, { rev });
      if (earlier) entry.versions = [...entry.versions, earlier].slice(-KEPT_VERSIONS);
      if (earlier === null) entry.versions = [];
      entry.outbox.push(...intents.map((intent) => ({ ...intent, rev, tries: 0 })));
    }
    const tasks = intents.map(({ task }) => task);
    return { message: structuredClone(entry.message), changed: change !== null, tasks };
  }

  async find(scope: Scope, conversationId: string, messageId: string): Promise<Message | null> {
    return this.of(scope, conversationId).find(({ id }) => id === messageId) ?? null;
  }

  async findByFiles(scope: Scope, conversationId: string, attachmentKey: string): Promise<Message | null> {
    const found = this.of(scope, conversationId).find(
      (message) => attachmentKeyOf(message) === attachmentKey,
    );
    return found ?? null;
  }

  async findMany(scope: Scope | EveryTenant, messageIds: readonly string[]): Promise<Message[]> {
    const found = this.stored.map(({ message }) => message).filter((message) => isOf(scope, message));
    return structuredClone(found.filter(({ id }) => messageIds.includes(id)));
  }

  async versions(scope: Scope, conversationId: string, messageId: string): Promise<MessageVersion[] | null> {
    return structuredClone(this.entryOf(scope, conversationId, messageId)?.versions ?? null);
  }

  async claimMentions(
    scope: Scope,
    conversationId: string,
    messageId: string,
    agentIds: readonly string[],
  ): Promise<string[]> {
    const told = this.entryOf(scope, conversationId, messageId)?.told;
    const news = agentIds.filter((id) => told && !told.has(id));
    for (const id of news) told?.add(id);
    return news;
  }

  async page(scope: Scope, conversationId: string, bounds: PageBounds & Sight): Promise<Message[]> {
    const { beforeSeq = Infinity, afterSeq, threadRootId, limit } = bounds;
    const found = this.of(scope, conversationId)
      .filter((message) => isSeen(bounds, message))
      .filter((message) => threadRootId === undefined || message.threadRootId === threadRootId)
      .filter(({ seq }) => seq < beforeSeq && seq > (afterSeq ?? 0));
    return afterSeq === undefined ? newest(found, limit) : found.slice(0, limit);
  }

  async listPinned(scope: Scope, conversationId: string, bounds: PinBounds): Promise<Message[]> {
    const { beforeSeq = Infinity, limit } = bounds;
    return this.of(scope, conversationId)
      .filter((message) => bounds.seesPrivate || !message.private)
      .filter(({ pinned, seq }) => pinned && seq < beforeSeq)
      .reverse()
      .slice(0, limit);
  }

  async countReplies(scope: Scope, root: Message): Promise<ThreadSummary | null> {
    const replies = this.of(scope, root.conversationId)
      .filter(({ threadRootId }) => threadRootId === root.id)
      .filter((reply) => reply.deletedAt === null && !reply.held && reply.private === root.private);
    const last = replies.at(-1);
    return last ? { replyCount: replies.length, lastReplyAt: last.createdAt, lastReplySeq: last.seq } : null;
  }

  async heads(scope: Scope | EveryTenant, conversationIds: readonly string[]): Promise<Map<string, Head>> {
    return new Map(conversationIds.map((id) => [id, headOf(this.of(scope, id))]));
  }

  async deltas(
    scope: Scope,
    from: readonly SyncFrom[],
    { limit, ...sight }: { limit: number } & Sight,
  ): Promise<Map<string, SyncDelta>> {
    const deltas = from.map(({ conversationId, afterSeq, afterRev }) => {
      const all = this.of(scope, conversationId);
      const shown = all.filter((message) => isSeen(sight, message));
      const messages = shown.filter(({ seq }) => seq > afterSeq).slice(0, limit);
      const changed = shown.filter(({ rev }) => rev > afterRev).sort((a, b) => a.rev - b.rev);
      return [conversationId, { messages, changes: changed.slice(0, limit), ...headOf(all) }] as const;
    });
    return new Map(deltas);
  }

  async countUnread(
    scope: Scope,
    positions: readonly ReadPosition[],
    { cap, seesPrivate }: { cap: number; seesPrivate: boolean },
  ): Promise<Map<string, number>> {
    const counts = positions.map((position) => {
      const unread = this.unreadAfter(scope, position, seesPrivate);
      return [position.conversationId, Math.min(unread.length, cap)] as const;
    });
    return new Map(counts);
  }

  async listUnread(
    scope: Scope,
    position: ReadPosition,
    { limit, seesPrivate }: { limit: number; seesPrivate: boolean },
  ): Promise<Message[]> {
    return newest(this.unreadAfter(scope, position, seesPrivate), limit);
  }

  async listHeld(
    scope: Scope,
    { beforeId, limit }: { beforeId: string | null; limit: number },
  ): Promise<Message[]> {
    const held = this.stored
      .map(({ message }) => message)
      .filter((message) => isOf(scope, message) && isAwaitingReview(message))
      .filter(({ id }) => beforeId === null || id < beforeId);
    return structuredClone(held.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit));
  }

  async completeTasks(done: readonly DoneTask[]): Promise<number> {
    const found = new Set<string>();
    for (const { messageId, task, rev } of done) {
      for (const entry of this.stored.filter(({ message }) => message.id === messageId)) {
        entry.outbox = entry.outbox.filter((mark) => mark.task !== task || mark.rev > rev);
        found.add(`${messageId}:${rev}`);
      }
    }
    return found.size;
  }

  async completeTaskUpTo(
    scope: Scope,
    conversationId: string,
    upToSeq: number,
    task: OutboxTask,
    saidBy: Side,
  ): Promise<void> {
    for (const entry of this.stored) {
      const { message } = entry;
      const isMeant =
        message.conversationId === conversationId && message.seq <= upToSeq && isOf(scope, message);
      if (!isMeant || (message.sender.type === 'user') !== (saidBy === 'user')) continue;
      entry.outbox = entry.outbox.filter((mark) => mark.task !== task);
    }
  }

  async claimOverdue(now: Date, leaseMs: number, limit: number): Promise<OutboxEntry[]> {
    const overdue = this.stored
      .map(({ message, outbox }) => ({ message, marks: outbox.filter(({ due }) => due <= now) }))
      .filter(({ marks }) => marks.length > 0)
      .slice(0, limit);
    return overdue.flatMap(({ message, marks }) =>
      marks.map((mark) => {
        const pauseMs = Math.min(leaseMs * 2 ** mark.tries, 5 * 60_000);
        Object.assign(mark, { due: new Date(now.getTime() + pauseMs), tries: mark.tries + 1 });
        const { task, rev, by } = mark;
        return structuredClone({ message, task, rev, ...(by && { by }) });
      }),
    );
  }

  async overdue(now: Date, limit: number): Promise<BacklogState> {
    const late = this.stored
      .map(({ outbox }) => outbox.map(({ due }) => due.getTime()).filter((due) => due <= now.getTime()))
      .filter((dues) => dues.length > 0);
    const since = late.length > 0 ? new Date(Math.min(...late.flat())) : null;
    return { overdue: Math.min(late.length, limit), since };
  }

  async eraseAll(scope: Scope, conversationIds: readonly string[]): Promise<number> {
    const kept = this.stored.filter(
      ({ message }) => !conversationIds.includes(message.conversationId) || !isOf(scope, message),
    );
    const erased = this.stored.length - kept.length;
    this.stored.splice(0, Infinity, ...kept);
    return erased;
  }

  private unreadAfter(
    scope: Scope,
    { conversationId, afterSeq, senderKey }: ReadPosition,
    seesPrivate: boolean,
  ): Message[] {
    return this.of(scope, conversationId)
      .filter((message) => seesPrivate || !message.private)
      .filter((message) => isListed(message) && message.deletedAt === null)
      .filter(({ seq, sender }) => seq > afterSeq && senderKeyOf(sender) !== senderKey);
  }

  private firstOf({ conversationId, sender, clientMessageId }: MessageDraft): Message | undefined {
    if (clientMessageId === null) return undefined;
    const twin = this.stored.find(
      ({ message }) =>
        message.conversationId === conversationId &&
        message.clientMessageId === clientMessageId &&
        senderKeyOf(message.sender) === senderKeyOf(sender),
    );
    return twin?.message;
  }

  private entryOf(scope: Scope, conversationId: string, messageId: string): Stored | undefined {
    return this.stored.find(
      ({ message }) =>
        message.id === messageId && message.conversationId === conversationId && isOf(scope, message),
    );
  }

  private headOf(conversationId: string): Head {
    return headOf(this.of(EVERY_TENANT, conversationId));
  }

  private of(scope: Scope | EveryTenant, conversationId: string): Message[] {
    const found = this.stored.map(({ message }) => message).filter((message) => isOf(scope, message));
    return structuredClone(found.filter((message) => message.conversationId === conversationId));
  }
}

function isOf(scope: Scope | EveryTenant, { organizationId, environmentId }: Message): boolean {
  if (scope === EVERY_TENANT) return true;
  const isSameEnvironment = scope.environmentId === undefined || scope.environmentId === environmentId;
  return organizationId === scope.organizationId && isSameEnvironment;
}

function newest<T>(items: T[], limit: number): T[] {
  return items.slice(Math.max(0, items.length - limit));
}

function headOf(messages: readonly Message[]): Head {
  return {
    headSeq: Math.max(0, ...messages.map(({ seq }) => seq)),
    headRev: Math.max(0, ...messages.map(({ rev }) => rev)),
  };
}
