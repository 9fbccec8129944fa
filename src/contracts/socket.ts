import type { Ack, IsoTime, PresenceStatus, PrincipalRef } from './common.js';
import type {
  ChangedMessage,
  ConversationHead,
  ConversationView,
  CreateConversationBody,
  CreatedConversation,
  EditMessageBody,
  MessageRef,
  MessageView,
  PersonView,
  ReadMarker,
  SendMessageBody,
  SentMessage,
  SyncedConversation,
  SyncPoint,
} from './chat.js';
import type { Availability, AgentView, OrganizationView, WidgetSettings } from './tenants.js';
import type { UserView } from './users.js';

/** `auth` of the Socket.IO handshake. Never in the URL. */
export type SocketAuth = { token: string } | { pluginKey: string; userToken: string };

type Call<Request, Answer> = (request: Request, ack: (answer: Ack<Answer>) => void) => void;

export interface PresenceState {
  principal: PrincipalRef;
  status: PresenceStatus;
  statusText?: string | null;
  lastSeenAt: IsoTime | null;
}

/** An agent who looks at a conversation. */
export interface Viewer {
  id: string;
  name: string;
  avatarUrl: string | null;
}

export interface ClientToServerEvents {
  'message:send': Call<SendMessageBody & { conversationId: string; clientMessageId: string }, SentMessage>;
  /** Only one's own, while it is complete. Repeating it changes nothing. */
  'message:edit': Call<MessageRef & EditMessageBody, ChangedMessage>;
  /** Leaves a tombstone: number and sender stay, what was said goes. */
  'message:delete': Call<MessageRef, ChangedMessage>;
  /** One's own reaction, put on or taken off. */
  'message:react': Call<MessageRef & { emoji: string; on: boolean }, ChangedMessage>;
  'conversation:create': Call<CreateConversationBody, CreatedConversation>;
  'conversation:open': Call<{ conversationId: string }, { headSeq: number; headRev: number }>;
  'conversation:close': Call<{ conversationId: string }, Record<string, never>>;
  'conversation:sync': Call<
    { conversations: SyncPoint[] },
    { conversations: SyncedConversation[]; epoch: string }
  >;
  'conversation:read': Call<{ conversationId: string; seq: number }, ReadMarker>;
  'typing:set': Call<{ conversationId: string; typing: boolean }, Record<string, never>>;
  /** An agent looks at it, or no longer does. Repeated every 20 s; at most one in 3 s. */
  'viewing:set': Call<{ conversationId: string; viewing: boolean }, Record<string, never>>;
  'presence:set': Call<{ availability: Availability; statusText?: string | null }, Record<string, never>>;
  'presence:watch': Call<{ principals: PrincipalRef[] }, { states: PresenceState[] }>;
  ping: Call<Record<string, never>, { serverTime: IsoTime }>;
}

export interface Hello {
  principal: PrincipalRef;
  serverTime: IsoTime;
  /** Changes when the store came back from an unclean stop: fetch anew what is open. */
  epoch: string;
  /** A user's own conversations; empty for agents, who open what they look at. */
  heads: ConversationHead[];
}

export interface ServerToClientEvents {
  hello: (hello: Hello) => void;
  'message:created': (fact: { conversationId: string; message: MessageView }) => void;
  'message:updated': (fact: { conversationId: string; message: MessageView }) => void;
  'conversation:created': (fact: { conversation: ConversationView }) => void;
  /** With what is the reader's own where only they are told, as of their muting it. */
  'conversation:updated': (fact: { conversation: ConversationView }) => void;
  'conversation:read': (fact: { conversationId: string; reader: PrincipalRef; readSeq: number }) => void;
  'conversation:removed': (fact: { conversationId: string }) => void;
  typing: (fact: { conversationId: string; sender: PersonView; typing: boolean }) => void;
  /** To all agents, at most once a second: where a user types. Believe it for 6 s. */
  'inbox:typing': (fact: { conversationIds: string[] }) => void;
  /** To agents who have it open: all who look at it now, the reader among them. */
  viewing: (fact: { conversationId: string; agents: Viewer[] }) => void;
  presence: (fact: PresenceState) => void;
  heads: (fact: { heads: ConversationHead[]; epoch: string }) => void;
  notification: (fact: { kind: string; conversationId?: string; text: string }) => void;
  'organization:updated': (fact: { organization: OrganizationView }) => void;
  /** To agents the environment's id (fetch anew); to users the widget's settings. */
  'environment:updated': (fact: { environmentId: string; settings?: WidgetSettings }) => void;
  'agent:updated': (fact: { agent: AgentView }) => void;
  'user:updated': (fact: { user: UserView }) => void;
  'server:closing': (fact: { reconnectAfterMs?: number }) => void;
  slow_consumer: (fact: { reconnectAfterMs?: number }) => void;
  /** Signed out, disabled, banned or switched: do not reconnect with the same token. */
  'session:ended': (fact: { reconnectAfterMs?: number }) => void;
}
