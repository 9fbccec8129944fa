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

export type ConnectionState = 'idle' | 'connecting' | 'online' | 'reconnecting' | 'ended';

/** Every fact of the server, and the connection's own state. */
export interface ClientEvents extends ServerToClientEvents {
  state: (state: ConnectionState) => void;
}

export type CallRequest<E extends keyof ClientToServerEvents> = Parameters<ClientToServerEvents[E]>[0];
export type CallAnswer<E extends keyof ClientToServerEvents> =
  Parameters<Parameters<ClientToServerEvents[E]>[1]>[0] extends Ack<infer T> ? T : never;

export interface SelfRef extends PrincipalRef {
  name?: string;
}

export interface MessageDraft {
  content: string;
  private?: boolean;
  replyToId?: string;
  threadRootId?: string;
  /** With `threadRootId`: shown in the conversation as well. */
  alsoInConversation?: boolean;
  /** Of files uploaded before. */
  attachmentIds?: string[];
  /** Instead of their ids, so that they show while the message is on its way. */
  attachments?: AttachmentView[];
  mentions?: PrincipalRef[];
  /** Groups and channels: everybody who belongs to it is meant. */
  mentionsAll?: boolean;
  metadata?: Record<string, unknown>;
}

/** Who is meant by a text. */
export type Mentioned = Pick<MessageDraft, 'mentions' | 'mentionsAll'>;

/** A message that the server has not acknowledged yet. Survives a reload when the outbox is persistent. */
export interface Pending {
  conversationId: string;
  clientMessageId: string;
  draft: MessageDraft;
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
  /** Origin of the server. */
  url: string;
  /** Called before each attempt; with `expired` it must bring fresh credentials. Rejecting for good ends the client. */
  auth: (reason: 'connect' | 'expired') => Promise<SocketAuth>;
  /** Who is at the keyboard. Learnt from `hello` when it is not given. */
  self?: SelfRef;
  /** Default: memory. */
  outbox?: OutboxStorage;
  random?: () => number;
  now?: () => number;
}

export interface ChatClient {
  readonly state: ConnectionState;
  /** When the next attempt is made (epoch milliseconds), while reconnecting. */
  readonly retryAt: number | null;
  /** While waiting for the next attempt: makes it now. */
  connect(): void;
  destroy(): void;
  on<E extends keyof ClientEvents>(event: E, handler: ClientEvents[E]): () => void;
  /** The ack, unpacked. Rejects with a ChatError; after 10 s with `client.timeout`. */
  call<E extends keyof ClientToServerEvents>(event: E, request: CallRequest<E>): Promise<CallAnswer<E>>;
  /** The one store of this conversation. */
  conversation(id: string): ConversationHandle;
}

export interface ConversationHandle {
  readonly id: string;
  /** Joins, synchronizes and keeps live until every opener has released. */
  open(): () => void;
  subscribe(listener: () => void): () => void;
  getSnapshot(): Timeline;
  /** Shows the message at once and sends it until the server has given a final answer. */
  send(draft: MessageDraft): string;
  retry(clientMessageId: string): void;
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

export interface MessageItem {
  kind: 'message';
  /** Stays the same from the optimistic item to the confirmed one. */
  key: string;
  message: MessageView;
  /** Shows a change of one's own that the server has not agreed to yet. */
  isChanging?: boolean;
}

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
  error?: ChatError;
}

export type TimelineItem = MessageItem | PendingItem;

export interface Timeline {
  status: 'loading' | 'ready' | 'error' | 'lost';
  error?: ChatError;
  /** What is on its way comes last, also while what is shown ends before the newest. */
  items: readonly TimelineItem[];
  headSeq: number;
  headRev: number;
  minSeq: number;
  hasOlder: boolean;
  /** What is shown ends before the newest messages. */
  hasNewer: boolean;
  isLoadingOlder: boolean;
  isLoadingNewer: boolean;
  /** The server has said that there is more than could be shown so far; it is being asked for. */
  isBehind: boolean;
  typing: readonly PersonView[];
  /** Keyed by `${type}:${id}`. */
  readMarkers: Readonly<Record<string, number>>;
  /** One's own read marker at the time of opening, where the unread line goes; above every `seq` when all was read. */
  unreadAfterSeq: number;
}
