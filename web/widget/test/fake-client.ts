import {
  createTimelineState,
  reduceTimeline,
  toTimeline,
  type ChatClient,
  type ChatClientOptions,
  type ConnectionState,
  type ConversationHandle,
  type MessageDraft,
  type MessageView,
  type TimelineFact,
} from '@fast-light-chat/sdk';

type AnyHandler = (fact: never) => void;

/** A conversation whose timeline the spec writes by facts, through the real reducer. */
export class FakeConversation implements ConversationHandle {
  readonly sent: MessageDraft[] = [];
  readonly reads: number[] = [];
  readonly retried: string[] = [];
  readonly changes: unknown[][] = [];
  private state = createTimelineState({ type: 'user', id: 'u1' });
  private readonly listeners = new Set<() => void>();
  private snapshot = toTimeline(this.state);

  constructor(readonly id: string) {}

  apply(fact: TimelineFact): void {
    this.state = reduceTimeline(this.state, fact);
    this.snapshot = toTimeline(this.state);
    for (const listener of this.listeners) listener();
  }

  load(messages: MessageView[]): void {
    const headSeq = messages.at(-1)?.seq ?? 0;
    const rest = { changes: [], headRev: 0, minSeq: 1, hasMore: false, reset: false, access: 'ok' } as const;
    this.apply({
      type: 'loaded',
      asked: { afterSeq: 0, afterRev: 0 },
      sync: { id: this.id, messages, headSeq, ...rest, changes: [] },
    });
  }

  send(draft: MessageDraft): string {
    const clientMessageId = `x${this.sent.push(draft)}`;
    const createdAt = '2026-01-05T10:01:00.000Z';
    const { content, attachments } = draft;
    this.apply({
      type: 'queued',
      pending: {
        kind: 'pending',
        key: clientMessageId,
        clientMessageId,
        content,
        ...(attachments && { attachments }),
        private: false,
        createdAt,
        state: 'sending',
      },
    });
    return clientMessageId;
  }

  open = (): (() => void) => () => undefined;
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  getSnapshot = (): ReturnType<ConversationHandle['getSnapshot']> => this.snapshot;
  retry = (clientMessageId: string): void => void this.retried.push(clientMessageId);
  discard = (clientMessageId: string): void => this.apply({ type: 'discarded', clientMessageId });
  /** How the next changes end; by default they are on their way for good. */
  changed: Promise<never> = new Promise(() => undefined);
  edit = (...change: unknown[]) => this.change('edit', change);
  remove = (...change: unknown[]) => this.change('remove', change);
  react = (...change: unknown[]) => this.change('react', change);
  private change(kind: string, change: unknown[]): Promise<never> {
    this.changes.push([kind, ...change]);
    return this.changed;
  }
  loadAround = () => Promise.resolve();
  loadNewer = () => Promise.resolve();
  jumpToNewest = () => undefined;
  loadOlder = (): Promise<void> => Promise.resolve();
  markRead = (seq: number): void => void this.reads.push(seq);
  setTyping = (): void => undefined;
}

export class FakeClient implements ChatClient {
  state: ConnectionState = 'idle';
  retryAt: number | null = null;
  error = null;
  readonly calls: { event: string; request: never }[] = [];
  answer: (event: string, request: never) => Promise<unknown> = () => Promise.resolve({});
  options: ChatClientOptions | null = null;
  private readonly conversations = new Map<string, FakeConversation>();
  private readonly handlers = new Map<string, Set<AnyHandler>>();

  create = (options: ChatClientOptions): ChatClient => {
    this.options = options;
    return this;
  };

  connect(): void {
    this.become('online');
  }

  become(state: ConnectionState, retryAt: number | null = null): void {
    this.state = state;
    this.retryAt = retryAt;
    this.emit('state', state);
  }

  emit(event: string, fact: unknown): void {
    for (const handler of this.handlers.get(event) ?? []) handler(fact as never);
  }

  on: ChatClient['on'] = (event, handler) => {
    const set = this.handlers.get(event) ?? new Set();
    this.handlers.set(event, set.add(handler));
    return () => set.delete(handler);
  };

  call: ChatClient['call'] = (event, request) => {
    this.calls.push({ event, request: request as never });
    return this.answer(event, request as never) as never;
  };

  conversation(id: string): FakeConversation {
    const found = this.conversations.get(id) ?? new FakeConversation(id);
    this.conversations.set(id, found);
    return found;
  }

  destroy(): void {
    this.handlers.clear();
  }
}
