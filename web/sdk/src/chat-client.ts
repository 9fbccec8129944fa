import { ChangeQueue, type Change } from './change-queue.js';
import { endedError, type ChatError } from './chat-error.js';
import { Connection } from './connection.js';
import { ConversationStore, type ConversationHost } from './conversation-store.js';
import { Credentials } from './credentials.js';
import { Emitter } from './emitter.js';
import type { Line, OpenLine } from './line.js';
import { createMemoryOutbox } from './outbox.js';
import { watchPage } from './page-signals.js';
import { createRestClient } from './rest-client.js';
import { SendQueue } from './send-queue.js';
import { SyncBatcher } from './sync-batcher.js';
import type {
  CallAnswer,
  CallRequest,
  ChatClient,
  ChatClientOptions,
  ClientEvents,
  ConnectionState,
  ConversationHandle,
  MessageDraft,
  SelfRef,
} from './types.js';
import type {
  ChangedMessage,
  ClientToServerEvents,
  ConversationHead,
  Hello,
  SendMessageBody,
} from './wire.js';

/** Conversations that nobody looks at any more but whose messages are kept, so that going back is instant. */
const MOST_IDLE_STORES = 20;

const openConnection: OpenLine = (options, hooks) => new Connection(options, hooks);

type FactHandlers = { [E in keyof ClientEvents]?: ClientEvents[E] };

export class FastLightChatClient implements ChatClient {
  private readonly emitter = new Emitter();
  private readonly stores = new Map<string, ConversationStore>();
  private readonly connection: Line;
  private readonly queue: SendQueue;
  private readonly changes: ChangeQueue;
  private readonly batcher: SyncBatcher;
  private readonly host: ConversationHost;
  private readonly unwatchPage: () => void;
  private readonly handlers: FactHandlers;
  private self: SelfRef | null;
  private epoch: string | null = null;

  constructor(options: ChatClientOptions, openLine: OpenLine = openConnection) {
    const random = options.random ?? Math.random;
    const now = options.now ?? Date.now;
    const credentials = new Credentials(options.auth);
    this.self = options.self ?? null;
    this.handlers = this.factHandlers();
    this.connection = openLine(
      { url: options.url, credentials, random, now },
      {
        onState: (state) => this.stateChanged(state),
        onHello: (hello) => this.greeted(hello),
        onFact: (event, fact) => this.route(event, fact),
      },
    );
    this.queue = new SendQueue(options.outbox ?? createMemoryOutbox(), {
      isOnline: () => this.connection.state === 'online',
      send: ({ conversationId, clientMessageId, draft }) =>
        this.call('message:send', { ...bodyOf(draft), conversationId, clientMessageId }),
      tell: (conversationId, fact) => this.stores.get(conversationId)?.apply(fact),
      random,
    });
    this.changes = new ChangeQueue({
      isOnline: () => this.connection.state === 'online',
      ask: (change) => this.askToChange(change),
      tell: (conversationId, fact) => this.stores.get(conversationId)?.apply(fact),
      random,
    });
    this.batcher = new SyncBatcher(
      (conversations) => this.call('conversation:sync', { conversations }),
      (epoch) => this.noteEpoch(epoch),
    );
    this.host = this.createHost(options.url, credentials, { now, random });
    this.unwatchPage = watchPage({
      onWake: () => this.connection.wake(),
      onOffline: () => this.connection.drop(),
      onHide: () => this.stores.forEach((store) => store.flushReads()),
    });
  }

  get state(): ConnectionState {
    return this.connection.state;
  }

  get retryAt(): number | null {
    return this.connection.retryAt;
  }

  get error(): ChatError | null {
    return this.connection.error;
  }

  connect(): void {
    this.connection.connect();
  }

  destroy(): void {
    this.unwatchPage();
    this.queue.stop();
    this.changes.stop();
    this.batcher.stop();
    this.connection.destroy();
    this.stores.forEach((store) => store.destroy());
    this.stores.clear();
    this.emitter.clear();
  }

  on<E extends keyof ClientEvents>(event: E, handler: ClientEvents[E]): () => void {
    return this.emitter.on(event, handler);
  }

  call<E extends keyof ClientToServerEvents>(event: E, request: CallRequest<E>): Promise<CallAnswer<E>> {
    if (this.state === 'ended') return Promise.reject(endedError());
    return this.connection.call(event, request);
  }

  conversation(id: string): ConversationHandle {
    const store = this.stores.get(id) ?? new ConversationStore(id, this.host);
    this.stores.set(id, store);
    return store;
  }

  private createHost(
    url: string,
    credentials: Credentials,
    chance: Pick<ConversationHost, 'now' | 'random'>,
  ): ConversationHost {
    return {
      self: () => this.self,
      isOnline: () => this.connection.state === 'online',
      ...chance,
      call: (event, request) => this.call(event, request),
      sync: (point) => this.batcher.sync(point),
      rest: createRestClient({
        url,
        headers: () => credentials.headers(),
        onUnauthenticated: () => credentials.renew(),
      }),
      queue: this.queue,
      changes: this.changes,
      onOpened: (store) => this.stores.set(store.id, store),
      onReleased: () => this.dropIdleStores(),
    };
  }

  private askToChange({ conversationId, messageId, ...what }: Change): Promise<ChangedMessage> {
    const message = { conversationId, messageId };
    switch (what.kind) {
      case 'edit': {
        const { kind, ...edit } = what;
        return this.call('message:edit', { ...message, ...edit });
      }
      case 'delete':
        return this.call('message:delete', message);
      case 'react':
        return this.call('message:react', { ...message, emoji: what.emoji, on: what.on });
      default:
        return what satisfies never;
    }
  }

  private isAwaited(conversationId: string): boolean {
    return this.queue.has(conversationId) || this.changes.has(conversationId);
  }

  private stateChanged(state: ConnectionState): void {
    if (state === 'online') {
      this.queue.resume();
      this.changes.resume();
    }
    if (state === 'ended') this.changes.stop();
    this.emitter.emit('state', state);
  }

  /** Runs before the state turns to online, so that nobody sees an online client that does not know itself. */
  private greeted(hello: Hello): void {
    this.self ??= hello.principal;
    const hasNewEpoch = this.epoch !== null && this.epoch !== hello.epoch;
    this.epoch = hello.epoch;
    queueMicrotask(() => this.stores.forEach((store) => store.wentOnline(hasNewEpoch)));
    this.applyHeads(hello.heads);
  }

  private noteEpoch(epoch: string): void {
    if (this.epoch === epoch) return;
    const isFirst = this.epoch === null;
    this.epoch = epoch;
    if (!isFirst) this.stores.forEach((store) => store.wentOnline(true));
  }

  private route(event: string, fact: unknown): void {
    const handle = this.handlers[event as keyof FactHandlers] as ((fact: unknown) => void) | undefined;
    handle?.(fact);
    this.emitter.emit(event, fact);
  }

  private factHandlers(): FactHandlers {
    return {
      'message:created': ({ conversationId, message }) =>
        this.stores.get(conversationId)?.apply({ type: 'message', message }),
      'message:updated': ({ conversationId, message }) =>
        this.stores.get(conversationId)?.apply({ type: 'message', message }),
      'conversation:updated': ({ conversation }) => {
        this.stores.get(conversation.id)?.learnMarkers(conversation);
        this.applyHeads([conversation]);
      },
      'conversation:read': ({ conversationId, reader, readSeq }) =>
        this.stores.get(conversationId)?.wasRead(reader, readSeq),
      'conversation:removed': ({ conversationId }) => this.stores.get(conversationId)?.accessEnded(),
      typing: ({ conversationId, sender, typing }) =>
        this.stores.get(conversationId)?.heard({ sender, typing }),
      heads: ({ heads, epoch }) => {
        this.noteEpoch(epoch);
        this.applyHeads(heads);
      },
    };
  }

  private applyHeads(heads: ConversationHead[]): void {
    for (const { id, headSeq, headRev } of heads) {
      this.stores.get(id)?.apply({ type: 'head', headSeq, headRev });
    }
  }

  private dropIdleStores(): void {
    const idle = [...this.stores.values()].filter((store) => !store.isHeld && !this.isAwaited(store.id));
    for (const store of idle.slice(0, Math.max(0, idle.length - MOST_IDLE_STORES))) {
      store.destroy();
      this.stores.delete(store.id);
    }
  }
}

/** As it travels: the server knows its files by their ids. */
function bodyOf({ attachments, ...draft }: MessageDraft): SendMessageBody {
  return attachments ? { ...draft, attachmentIds: attachments.map(({ id }) => id) } : draft;
}
