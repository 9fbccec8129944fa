import type { ChatError } from './chat-error.js';
import type {
  Ack,
  AttachmentView,
  ClientToServerEvents,
  MessageView,
  PersonView,
  PrincipalRef,
  ServerToClientEvents,
  SocketAuth,
} from './wire.js';

/**
 * `idle` before `connect()`, `connecting` until the first hello, `online`, `reconnecting` whenever it was lost, and
 * `ended` for good: destroyed, signed out, or refused with fresh credentials.
 */
export type ConnectionState = 'idle' | 'connecting' | 'online' | 'reconnecting' | 'ended';

/** Every fact of the server, and the connection's own state. */
export interface ClientEvents extends ServerToClientEvents {
  state: (state: ConnectionState) => void;
}

/** What is asked with an event. */
export type CallRequest<E extends keyof ClientToServerEvents> = Parameters<ClientToServerEvents[E]>[0];
/** What the server answers to it. */
export type CallAnswer<E extends keyof ClientToServerEvents> =
  Parameters<Parameters<ClientToServerEvents[E]>[1]>[0] extends Ack<infer T> ? T : never;

/** The person at the keyboard. */
export interface SelfRef extends PrincipalRef {
  name?: string;
}

/** A message as it is written. */
export interface MessageDraft {
  /** Markdown, at most 8,000 characters; may be empty when there are attachments. */
  content: string;
  /** A note between agents: the user never sees it. */
  private?: boolean;
  /** The message that it answers. */
  replyToId?: string;
  /** The message whose thread it belongs to. */
  threadRootId?: string;
  /** With `threadRootId`: shown in the conversation as well. */
  alsoInConversation?: boolean;
  /** Of files uploaded before. */
  attachmentIds?: string[];
  /** Instead of their ids, so that they show while the message is on its way. */
  attachments?: AttachmentView[];
  /** Who is told of it by name. */
  mentions?: PrincipalRef[];
  /** Groups and channels: everybody who belongs to it is meant. */
  mentionsAll?: boolean;
  /** Comes back with the message; at most 4 KB as JSON. */
  metadata?: Record<string, unknown>;
}

/** Who is meant by a text. */
export type Mentioned = Pick<MessageDraft, 'mentions' | 'mentionsAll'>;

/** A message that the server has not acknowledged yet. Survives a reload when the outbox is persistent. */
export interface Pending {
  conversationId: string;
  clientMessageId: string;
  draft: MessageDraft;
  /** ISO 8601, by the clock of the device. */
  createdAt: string;
}

/** A change that is shown before the server has agreed to it. */
export type ShownChange = { messageId: string } & (
  ({ kind: 'edit'; content: string } & Mentioned) | { kind: 'react'; emoji: string; on: boolean }
);

/** Where unacknowledged messages are kept. Must not throw. */
export interface OutboxStorage {
  /** Called once, when the client is made. */
  load(): Pending[];
  /** All that this client has not had acknowledged, in the order of writing. */
  save(pending: Pending[]): void;
  /** Calls back with what another tab has left, whenever that is; it is this client's to save then. Returns the undo. */
  adopt?(take: (pending: Pending[]) => void): () => void;
}

export interface ChatClientOptions {
  /** Origin of the server, as `https://chat.example`. */
  url: string;
  /**
   * The credentials. Called before each attempt to connect and before the first request over REST; with `expired` the
   * last ones were refused, and it must bring fresh ones. When it rejects with a ChatError that is not retryable and of
   * neither `common.` nor `client.`, the client ends; anything else is tried again later.
   */
  auth: (reason: 'connect' | 'expired') => Promise<SocketAuth>;
  /** Who is at the keyboard. Learnt from `hello` when it is not given. */
  self?: SelfRef;
  /** Where messages are kept until the server has them. Default: in memory, so that they end with the page. */
  outbox?: OutboxStorage;
  /** From 0 to below 1; for tests. */
  random?: () => number;
  /** Epoch milliseconds; for tests. */
  now?: () => number;
}

/** A connection and what is known through it. */
export interface ChatClient {
  readonly state: ConnectionState;
  /** When the next attempt is made (epoch milliseconds), while reconnecting. */
  readonly retryAt: number | null;
  /**
   * Why the last attempt to connect failed, also when the client has ended for it: a wrong key, an address where no
   * server is. Null once online. With a shared client only in the tab that has tried.
   */
  readonly error: ChatError | null;
  /** Begins. While waiting for the next attempt: makes it now. Throws nothing; what happens shows in `state`. */
  connect(): void;
  /** Ends it for good: no timer, socket or listener is left. What is unsent stays in the outbox. */
  destroy(): void;
  /** Returns the undo. A handler that throws does not keep the others from hearing. */
  on<E extends keyof ClientEvents>(event: E, handler: ClientEvents[E]): () => void;
  /** Asks the server once, and answers the data of its ack. Rejects with a ChatError; after 10 s with `client.timeout`. */
  call<E extends keyof ClientToServerEvents>(event: E, request: CallRequest<E>): Promise<CallAnswer<E>>;
  /** The one store of this conversation; asks for nothing until it is opened. */
  conversation(id: string): ConversationHandle;
}

/** One conversation, shown as a timeline that is kept true to the server. */
export interface ConversationHandle {
  readonly id: string;
  /** Joins, synchronizes and keeps live until every opener has released. Returns the release. */
  open(): () => void;
  /** Calls back whenever there is another snapshot. Returns the undo. */
  subscribe(listener: () => void): () => void;
  /** What is to be shown now; the same object until something changes. */
  getSnapshot(): Timeline;
  /** Shows the message at once and sends it until the server has given a final answer. Returns its clientMessageId. */
  send(draft: MessageDraft): string;
  /** Of a pending item that `failed`: tries again. */
  retry(clientMessageId: string): void;
  /** Gives a pending item up. One that is on its way may still arrive. */
  discard(clientMessageId: string): void;
  /**
   * These three end with the changed message or with a final ChatError. What is only a matter of time (offline, no
   * answer, too many requests) is tried again until then; changes of one message happen in the order of asking.
   * An edit shows at once, and goes back when it is refused. Left out, who is mentioned stays as it was.
   */
  edit(messageId: string, content: string, mentioned?: Mentioned): Promise<MessageView>;
  /** Shown when the server has done it: what is gone does not come back. */
  remove(messageId: string): Promise<MessageView>;
  /** Puts one's own reaction on or takes it off. Shows at once, and goes back when it is refused. */
  react(messageId: string, emoji: string, on: boolean): Promise<MessageView>;
  /** While `hasOlder`: 50 more before what is shown. Rejects with a ChatError; it may be called again at once. */
  loadOlder(): Promise<void>;
  /**
   * Shows the messages around this number in place of the newest, which are kept up to date meanwhile: `hasNewer`
   * says so. Does nothing before the timeline is ready, nor when the number is among what is shown.
   */
  loadAround(seq: number): Promise<void>;
  /** While `hasNewer`: what follows; in the end it comes to the newest, and they are one again. */
  loadNewer(): Promise<void>;
  /** Back to the newest messages at once. */
  jumpToNewest(): void;
  /** Forward only, at most one request per 2 s, flushed when the page is hidden. */
  markRead(seq: number): void;
  /** Call it on every keystroke: at most one start per 3 s leaves. */
  setTyping(typing: boolean): void;
}

/** A message that the server has. */
export interface MessageItem {
  kind: 'message';
  /** Stays the same from the optimistic item to the confirmed one. */
  key: string;
  message: MessageView;
  /** Shows a change of one's own that the server has not agreed to yet. */
  isChanging?: boolean;
}

/** A message that the server has not acknowledged yet. */
export interface PendingItem extends Mentioned {
  kind: 'pending';
  key: string;
  clientMessageId: string;
  content: string;
  /** As the draft has them. */
  attachments?: AttachmentView[];
  private: boolean;
  /** Only of a reply in a thread. */
  threadRootId?: string;
  alsoInConversation?: boolean;
  createdAt: string;
  /** `waiting`: will be tried again by itself. `failed`: only a person can decide. */
  state: 'sending' | 'waiting' | 'failed';
  /** Why the last try did not succeed. */
  error?: ChatError;
}

export type TimelineItem = MessageItem | PendingItem;

/** A snapshot: never changed, only replaced. */
export interface Timeline {
  /** `ready` stays while the line is away; `error`: could not be opened; `lost`: access has ended. */
  status: 'loading' | 'ready' | 'error' | 'lost';
  /** Of the status `error`. */
  error?: ChatError;
  /** What is on its way comes last, also while what is shown ends before the newest. */
  items: readonly TimelineItem[];
  /** The highest `seq` and `rev` that are known of. */
  headSeq: number;
  headRev: number;
  /** The lowest `seq` that the server still has; what came before was deleted by age. */
  minSeq: number;
  hasOlder: boolean;
  /** What is shown ends before the newest messages. */
  hasNewer: boolean;
  isLoadingOlder: boolean;
  isLoadingNewer: boolean;
  /** The server has said that there is more than could be shown so far; it is being asked for. */
  isBehind: boolean;
  /** Who is writing now; ends by itself after 6 s. */
  typing: readonly PersonView[];
  /** The `seq` that each has read to. Keyed by `${type}:${id}`. */
  readMarkers: Readonly<Record<string, number>>;
  /** One's own read marker at the time of opening, where the unread line goes; above every `seq` when all was read. */
  unreadAfterSeq: number;
}
