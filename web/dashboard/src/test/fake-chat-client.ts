import type {
  ChatClient,
  ChatError,
  ClientEvents,
  ConnectionState,
  ConversationHandle,
  MessageDraft,
  PendingItem,
  Timeline,
} from '@fast-light-chat/sdk';
import type { MessageView } from '../lib/wire';

const EMPTY: Timeline = {
  status: 'ready',
  items: [],
  headSeq: 0,
  headRev: 0,
  minSeq: 1,
  hasOlder: false,
  hasNewer: false,
  isLoadingOlder: false,
  isLoadingNewer: false,
  isBehind: false,
  typing: [],
  readMarkers: {},
  unreadAfterSeq: 0,
};

/** A conversation of which the test says what happens. */
export class FakeConversation implements ConversationHandle {
  readonly sent: MessageDraft[] = [];
  readonly retried: string[] = [];
  readonly changes: unknown[][] = [];
  readonly discarded: string[] = [];
  readonly typing: boolean[] = [];
  readSeq = 0;
  private timeline = EMPTY;
  private readonly listeners = new Set<() => void>();

  constructor(readonly id: string) {}

  open = () => () => undefined;
  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  getSnapshot = () => this.timeline;
  /** How the next changes end; by default they are on their way for good. */
  changed: Promise<never> = new Promise(() => undefined);
  edit = (...change: unknown[]) => this.change('edit', change);
  remove = (...change: unknown[]) => this.change('remove', change);
  react = (...change: unknown[]) => this.change('react', change);
  loadOlder = () => Promise.resolve();
  loadNewer = () => Promise.resolve();
  /** Where it was led to, and what it finds there. */
  readonly around: number[] = [];
  past: MessageView[] = [];
  private newest: Timeline['items'] | null = null;
  loadAround = (seq: number) => {
    this.around.push(seq);
    this.newest ??= this.timeline.items;
    const items = this.past.map((message) => ({ kind: 'message' as const, key: message.id, message }));
    this.set({ items, hasNewer: true });
    return Promise.resolve();
  };
  jumpToNewest = () => {
    if (this.newest) this.set({ items: this.newest, hasNewer: false });
    this.newest = null;
  };
  markRead = (seq: number) => {
    this.readSeq = Math.max(this.readSeq, seq);
  };
  setTyping = (typing: boolean) => {
    this.typing.push(typing);
  };
  retry = (clientMessageId: string) => {
    this.retried.push(clientMessageId);
  };
  discard = (clientMessageId: string) => {
    this.discarded.push(clientMessageId);
  };
  send = (draft: MessageDraft) => {
    this.sent.push(draft);
    const clientMessageId = `client-${this.sent.length}`;
    this.put({
      kind: 'pending',
      key: clientMessageId,
      clientMessageId,
      content: draft.content,
      private: draft.private ?? false,
      createdAt: new Date().toISOString(),
      state: 'sending',
    });
    return clientMessageId;
  };

  receive(message: MessageView): void {
    const items = [...this.timeline.items, { kind: 'message' as const, key: message.id, message }];
    this.set({ items, headSeq: message.seq });
  }

  fail(clientMessageId: string, error: ChatError): void {
    this.end(clientMessageId, 'failed', error);
  }

  /** It will be tried again by itself. */
  postpone(clientMessageId: string, error: ChatError): void {
    this.end(clientMessageId, 'waiting', error);
  }

  private end(clientMessageId: string, state: 'failed' | 'waiting', error: ChatError): void {
    const items = this.timeline.items.map((item) =>
      item.kind === 'pending' && item.clientMessageId === clientMessageId ? { ...item, state, error } : item,
    );
    this.set({ items });
  }

  set(change: Partial<Timeline>): void {
    this.timeline = { ...this.timeline, ...change };
    this.listeners.forEach((listener) => listener());
  }

  private change(kind: string, change: unknown[]): Promise<never> {
    this.changes.push([kind, ...change]);
    return this.changed;
  }

  private put(item: PendingItem): void {
    this.set({ items: [...this.timeline.items, item] });
  }
}

/** A connection of which the test says what arrives. */
export class FakeChatClient implements ChatClient {
  state: ConnectionState = 'online';
  retryAt: number | null = null;
  error = null;
  private readonly handlers = new Map<string, Set<(fact: never) => void>>();
  private readonly conversations = new Map<string, FakeConversation>();

  connect = () => undefined;
  destroy = () => undefined;
  readonly calls: unknown[][] = [];
  call = ((...call: unknown[]) => {
    this.calls.push(call);
    return Promise.resolve({ states: [] });
  }) as unknown as ChatClient['call'];

  on: ChatClient['on'] = (event, handler) => {
    const handlers = this.handlers.get(event) ?? new Set();
    handlers.add(handler);
    this.handlers.set(event, handlers);
    return () => handlers.delete(handler);
  };

  conversation(id: string): FakeConversation {
    const known = this.conversations.get(id) ?? new FakeConversation(id);
    this.conversations.set(id, known);
    return known;
  }

  emit<E extends keyof ClientEvents>(event: E, ...[fact]: Parameters<ClientEvents[E]>): void {
    if (event === 'state') this.state = fact as ConnectionState;
    this.handlers.get(event)?.forEach((handler) => handler(fact as never));
  }
}
