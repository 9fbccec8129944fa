import { retryDelayMs } from './backoff.js';
import { toChatError, type ChatError } from './chat-error.js';
import type { TimelineFact } from './timeline-state.js';
import type { MessageDraft, OutboxStorage, Pending, PendingItem } from './types.js';
import type { SentMessage } from './wire.js';

export interface SendQueueHooks {
  isOnline(): boolean;
  send(pending: Pending): Promise<SentMessage>;
  /** For the conversation's store, if there is one. */
  tell(conversationId: string, fact: TimelineFact): void;
  random: () => number;
}

interface Entry {
  pending: Pending;
  error?: ChatError;
  isRefused: boolean;
}

interface Lane {
  entries: Entry[];
  isBusy: boolean;
  failures: number;
  /** Why the first waits, and all behind it. */
  heldBy?: ChatError;
  timer?: ReturnType<typeof setTimeout>;
}

/** Sends until there is a final answer: one at a time per conversation, so that the order of writing is kept. */
export class SendQueue {
  private readonly lanes = new Map<string, Lane>();
  private readonly leaveToOthers: (() => void) | undefined;

  constructor(
    private readonly storage: OutboxStorage,
    private readonly hooks: SendQueueHooks,
  ) {
    for (const pending of storage.load())
      this.lane(pending.conversationId).entries.push({ pending, isRefused: false });
    this.leaveToOthers = storage.adopt?.((found) => this.adopt(found));
  }

  add(pending: Pending): void {
    const lane = this.lane(pending.conversationId);
    lane.entries.push({ pending, error: lane.heldBy, isRefused: false });
    this.save();
    this.hooks.tell(pending.conversationId, { type: 'queued', pending: this.itemOf(pending, lane.heldBy) });
    this.run(pending.conversationId);
  }

  retry(conversationId: string, clientMessageId: string): void {
    const lane = this.lane(conversationId);
    const entry = lane.entries.find((one) => one.pending.clientMessageId === clientMessageId);
    if (!entry) return;
    entry.isRefused = false;
    this.tell(entry, { type: 'postponed', clientMessageId });
    clearTimeout(lane.timer);
    this.run(conversationId);
  }

  discard(conversationId: string, clientMessageId: string): void {
    this.remove(conversationId, clientMessageId);
    this.hooks.tell(conversationId, { type: 'discarded', clientMessageId });
  }

  /** Access is gone: there is nobody left to send to. */
  forget(conversationId: string): void {
    clearTimeout(this.lanes.get(conversationId)?.timer);
    this.lanes.delete(conversationId);
    this.save();
  }

  has(conversationId: string): boolean {
    return (this.lanes.get(conversationId)?.entries.length ?? 0) > 0;
  }

  /** What a store that has just been made must show. */
  items(conversationId: string): PendingItem[] {
    return (this.lanes.get(conversationId)?.entries ?? []).map((entry) => ({
      ...this.itemOf(entry.pending),
      state: entry.isRefused ? 'failed' : 'waiting',
      error: entry.error,
    }));
  }

  resume(): void {
    for (const [conversationId, lane] of this.lanes) {
      clearTimeout(lane.timer);
      lane.failures = 0;
      this.run(conversationId);
    }
  }

  stop(): void {
    for (const lane of this.lanes.values()) clearTimeout(lane.timer);
    this.leaveToOthers?.();
  }

  /** It was written before what this tab has. */
  private adopt(found: Pending[]): void {
    for (const pending of [...found].reverse()) {
      this.lane(pending.conversationId).entries.unshift({ pending, isRefused: false });
    }
    this.save();
    for (const pending of found) {
      this.hooks.tell(pending.conversationId, { type: 'queued', pending: this.itemOf(pending) });
      this.run(pending.conversationId);
    }
  }

  private run(conversationId: string): void {
    const lane = this.lane(conversationId);
    const entry = lane.entries.find((one) => !one.isRefused);
    if (!entry || lane.isBusy || !this.hooks.isOnline()) return;
    lane.isBusy = true;
    void this.send(lane, entry).then((next) => {
      lane.isBusy = false;
      if (next === 'go on') this.run(conversationId);
      else if (this.hooks.isOnline()) lane.timer = setTimeout(() => this.run(conversationId), next);
    });
  }

  private async send(lane: Lane, entry: Entry): Promise<'go on' | number> {
    const { conversationId, clientMessageId } = entry.pending;
    this.tell(entry, { type: 'tried', clientMessageId });
    try {
      const { message } = await this.hooks.send(entry.pending);
      lane.failures = 0;
      lane.heldBy = undefined;
      this.remove(conversationId, clientMessageId);
      this.tell(entry, { type: 'message', message });
      return 'go on';
    } catch (error) {
      return this.notSent(lane, entry, toChatError(error));
    }
  }

  private notSent(lane: Lane, entry: Entry, error: ChatError): 'go on' | number {
    if (!error.retryable) {
      const { clientMessageId } = entry.pending;
      lane.heldBy = undefined;
      entry.error = error;
      entry.isRefused = true;
      this.tell(entry, { type: 'refused', clientMessageId, error });
      return 'go on';
    }
    this.hold(lane, error);
    lane.failures += 1;
    return retryDelayMs(error, lane.failures - 1, this.hooks.random);
  }

  /** None is on its way while the first of them waits. */
  private hold(lane: Lane, error: ChatError): void {
    lane.heldBy = error;
    for (const entry of lane.entries.filter(({ isRefused }) => !isRefused)) {
      const { clientMessageId } = entry.pending;
      entry.error = error;
      this.tell(entry, { type: 'postponed', clientMessageId, error });
    }
  }

  private tell(entry: Entry, fact: TimelineFact): void {
    this.hooks.tell(entry.pending.conversationId, fact);
  }

  private remove(conversationId: string, clientMessageId: string): void {
    const lane = this.lane(conversationId);
    lane.entries = lane.entries.filter((one) => one.pending.clientMessageId !== clientMessageId);
    this.save();
  }

  private save(): void {
    this.storage.save([...this.lanes.values()].flatMap((lane) => lane.entries.map((entry) => entry.pending)));
  }

  private lane(conversationId: string): Lane {
    let lane = this.lanes.get(conversationId);
    if (!lane) {
      lane = { entries: [], isBusy: false, failures: 0 };
      this.lanes.set(conversationId, lane);
    }
    return lane;
  }

  private itemOf(pending: Pending, heldBy?: ChatError): PendingItem {
    return {
      kind: 'pending',
      key: pending.clientMessageId,
      clientMessageId: pending.clientMessageId,
      content: pending.draft.content,
      ...(pending.draft.attachments && { attachments: pending.draft.attachments }),
      private: pending.draft.private ?? false,
      ...threadOf(pending.draft),
      mentions: pending.draft.mentions,
      mentionsAll: pending.draft.mentionsAll,
      createdAt: pending.createdAt,
      state: this.hooks.isOnline() && !heldBy ? 'sending' : 'waiting',
      ...(heldBy && { error: heldBy }),
    };
  }
}

function threadOf({ threadRootId, alsoInConversation }: MessageDraft): Partial<PendingItem> {
  return threadRootId === undefined ? {} : { threadRootId, alsoInConversation };
}
