import { retryDelayMs } from './backoff.js';
import { accessLostError, endedError, toChatError, type ChatError } from './chat-error.js';
import type { TimelineFact } from './timeline-state.js';
import type { ShownChange } from './types.js';
import type { ChangedMessage, MessageView } from './wire.js';

export type Change = { conversationId: string } & (ShownChange | { messageId: string; kind: 'delete' });

export interface ChangeQueueHooks {
  isOnline(): boolean;
  ask(change: Change): Promise<ChangedMessage>;
  /** For the conversation's store, if there is one. */
  tell(conversationId: string, fact: TimelineFact): void;
  random: () => number;
}

interface Entry {
  change: Change;
  resolve: (message: MessageView) => void;
  reject: (error: ChatError) => void;
}

interface Lane {
  conversationId: string;
  entries: Entry[];
  isBusy: boolean;
  failures: number;
  timer?: ReturnType<typeof setTimeout>;
}

/** Asks until there is a final answer: one at a time per message, so that the later change is the one that stays. */
export class ChangeQueue {
  private readonly lanes = new Map<string, Lane>();
  private hasStopped = false;

  constructor(private readonly hooks: ChangeQueueHooks) {}

  add(change: Change): Promise<MessageView> {
    if (this.hasStopped) return Promise.reject(endedError());
    return new Promise((resolve, reject) => {
      this.lane(change).entries.push({ change, resolve, reject });
      if (change.kind !== 'delete') this.hooks.tell(change.conversationId, { type: 'change-asked', change });
      this.run(change.messageId);
    });
  }

  has(conversationId: string): boolean {
    return [...this.lanes.values()].some((lane) => lane.conversationId === conversationId);
  }

  resume(): void {
    for (const [messageId, lane] of this.lanes) {
      clearTimeout(lane.timer);
      lane.failures = 0;
      this.run(messageId);
    }
  }

  /** Access is gone: there is nobody left to ask. */
  forget(conversationId: string): void {
    for (const [messageId, lane] of this.lanes) {
      if (lane.conversationId === conversationId) this.drop(messageId, lane, accessLostError());
    }
  }

  stop(): void {
    this.hasStopped = true;
    for (const [messageId, lane] of this.lanes) this.drop(messageId, lane, endedError());
  }

  private drop(messageId: string, lane: Lane, error: ChatError): void {
    clearTimeout(lane.timer);
    this.lanes.delete(messageId);
    for (const { change, reject } of lane.entries.splice(0)) {
      this.settled(change);
      reject(error);
    }
  }

  private run(messageId: string): void {
    const lane = this.lanes.get(messageId);
    const entry = lane?.entries[0];
    if (!lane || !entry || lane.isBusy || !this.hooks.isOnline()) return;
    lane.isBusy = true;
    void this.ask(lane, entry).then((next) => {
      lane.isBusy = false;
      if (this.lanes.get(messageId) !== lane) return;
      if (lane.entries.length === 0) this.lanes.delete(messageId);
      else if (next === 'go on') this.run(messageId);
      else if (this.hooks.isOnline()) lane.timer = setTimeout(() => this.run(messageId), next);
    });
  }

  private async ask(lane: Lane, entry: Entry): Promise<'go on' | number> {
    try {
      const { message } = await this.hooks.ask(entry.change);
      return this.answered(lane, entry, message);
    } catch (thrown) {
      const error = toChatError(thrown);
      if (!error.retryable) return this.refused(lane, entry, error);
      lane.failures += 1;
      return retryDelayMs(error, lane.failures - 1, this.hooks.random);
    }
  }

  private answered(lane: Lane, entry: Entry, message: MessageView): 'go on' {
    if (this.take(lane, entry)) this.settled(entry.change, message);
    entry.resolve(message);
    return 'go on';
  }

  private refused(lane: Lane, entry: Entry, error: ChatError): 'go on' {
    if (this.take(lane, entry)) this.settled(entry.change);
    entry.reject(error);
    return 'go on';
  }

  /** False when it was dropped while the answer was on its way. */
  private take(lane: Lane, entry: Entry): boolean {
    lane.failures = 0;
    const isHeld = lane.entries[0] === entry;
    if (isHeld) lane.entries.shift();
    return isHeld;
  }

  private settled(change: Change, message?: MessageView): void {
    const { conversationId } = change;
    if (change.kind !== 'delete')
      this.hooks.tell(conversationId, { type: 'change-settled', change, message });
    else if (message) this.hooks.tell(conversationId, { type: 'message', message });
  }

  private lane({ conversationId, messageId }: Change): Lane {
    let lane = this.lanes.get(messageId);
    if (!lane) {
      lane = { conversationId, entries: [], isBusy: false, failures: 0 };
      this.lanes.set(messageId, lane);
    }
    return lane;
  }
}
