import type { IsoTime, PrincipalRef, WireError } from './common.js';

export type ConversationKind = 'support' | 'direct' | 'group' | 'channel';
export type ConversationStatus = 'open' | 'pending' | 'snoozed' | 'resolved';
export type ConversationPriority = 'low' | 'normal' | 'high' | 'urgent';
export type ChannelVisibility = 'public' | 'private';

export interface PersonView {
  type: 'user' | 'agent' | 'bot' | 'system';
  id: string;
  name: string;
  avatarUrl: string | null;
}

export interface ParticipantView {
  type: 'agent' | 'user';
  id: string;
  name: string;
  avatarUrl: string | null;
  readSeq: number;
}

/** The newest message, cut to 200 characters. `null` content: deleted. */
export interface LastMessageView {
  id: string;
  seq: number;
  type: MessageType;
  sender: PersonView;
  content: string | null;
  private: boolean;
  createdAt: IsoTime;
}

export interface ConversationView {
  id: string;
  kind: ConversationKind;
  environmentId: string | null;
  status: ConversationStatus;
  subject: string | null;
  /** Groups and channels. */
  name?: string;
  /** Groups and channels: what it is for. */
  description: string | null;
  visibility?: ChannelVisibility;
  /** Support only. */
  user?: PersonView;
  assignee: PersonView | null;
  team: { id: string; name: string } | null;
  participants: ParticipantView[];
  priority: ConversationPriority;
  tags: string[];
  metadata: Record<string, unknown>;
  traceId: string;
  headSeq: number;
  headRev: number;
  lastMessage: LastMessageView | null;
  /** The reader's own unread, exact to 99, then 100. Absent in events that go to many. */
  unread?: number;
  /** The reader's own: no notifications until then; null: not muted. Absent in events that go to many. */
  mutedUntil?: IsoTime | null;
  snoozedUntil: IsoTime | null;
  createdAt: IsoTime;
  updatedAt: IsoTime;
  resolvedAt?: IsoTime;
  /** Support: how content the user was, once they said so. */
  rating?: RatingView;
  /** Groups and channels: since then nobody can write in it. */
  archivedAt: IsoTime | null;
  /** How long a sender waits between two messages; 0: not at all. */
  slowModeSeconds: number;
  /** Groups and channels: who made it, and may manage it. */
  createdBy?: PrincipalRef;
}

/** How many support conversations there are of each sort, exact to 999, then 1000. */
export interface ConversationCounts {
  /** Open, and the caller's own. */
  mine: number;
  /** Open, and nobody's. */
  unassigned: number;
  open: number;
  pending: number;
  snoozed: number;
  /** Not counted: they only become more. */
  resolved: null;
  /** Not resolved, of any kind, in which the caller is mentioned by name. */
  mentions: number;
  /** Of every team. */
  teams: { id: string; open: number }[];
  /** The most frequent 20 of the newest 1,000 open ones. */
  tags: { tag: string; open: number }[];
}

/** What is not named stays as it is. */
export interface BulkChangeBody {
  ids: string[];
  status?: ConversationStatus;
  /** With `snoozed`: when they open again. */
  until?: IsoTime | null;
  /** Null: nobody. */
  assigneeId?: string | null;
  /** Null: none. */
  teamId?: string | null;
  addTags?: string[];
  removeTags?: string[];
  priority?: ConversationPriority;
}

/** Of each conversation, in the order in which they were named. */
export interface BulkChangeResult {
  items: { id: string; ok: boolean; error?: WireError }[];
}

export interface RatingView {
  /** From 1 to 5. */
  score: number;
  comment: string | null;
  ratedAt: IsoTime;
}

export type MessageType = 'text' | 'file' | 'system' | 'stream';
export type MessageState = 'streaming' | 'complete' | 'cancelled' | 'failed' | 'interrupted';

export interface AttachmentView {
  id: string;
  name: string;
  mimeType: string;
  size: number;
  url: string;
  thumbnailUrl?: string;
  width?: number;
  height?: number;
}

/** Where the thread under a message stands. Deleted replies are not counted. */
export interface ThreadView {
  replyCount: number;
  lastReplyAt: IsoTime;
  lastReplySeq: number;
}

export interface MessageView {
  id: string;
  conversationId: string;
  /** Order number within the conversation, from 1, dense, never used again. */
  seq: number;
  /** Number of the latest change to this message within the conversation's changes; 0 when never changed. */
  rev: number;
  clientMessageId: string | null;
  type: MessageType;
  sender: PersonView;
  /** Empty in a tombstone. */
  content: string;
  attachments: AttachmentView[];
  mentions: PrincipalRef[];
  /** Everybody who belongs to the group or channel is meant. */
  mentionsAll: boolean;
  threadRootId: string | null;
  /** A reply in a thread that is shown in the conversation as well. */
  alsoInConversation: boolean;
  /** Of a message that has been replied to in a thread. */
  thread: ThreadView | null;
  replyToId: string | null;
  reactions: ReactionView[];
  /** Of its first three links, where the environment has them on. They come a moment after the message. */
  linkPreviews: LinkPreview[];
  /** A note between agents; never shown to a user. */
  private: boolean;
  /** Has a banned word in it and waits for an agent: only its sender and those who read notes see it until then. */
  held: boolean;
  pinned: boolean;
  metadata: Record<string, unknown>;
  state: MessageState;
  createdAt: IsoTime;
  editedAt: IsoTime | null;
  deletedAt: IsoTime | null;
}

interface EventActor {
  actorType: PersonView['type'];
  actorId: string;
  /** As it was then. */
  actorName: string;
}

/**
 * `metadata` of a message of type `system`: what was done to the conversation, for clients to say in the reader's
 * language. `assigned`, `team_assigned`, and every status but `resolved`, are shown to agents only.
 */
export type SystemEvent = EventActor &
  (
    | { event: 'assigned'; assigneeId: string | null; assigneeName: string | null }
    | { event: 'team_assigned'; teamId: string | null; teamName: string | null }
    | {
        event: 'status_changed';
        status: ConversationStatus;
        previousStatus: ConversationStatus;
        /** Snoozed: until then. */
        until: IsoTime | null;
      }
    | { event: 'participants_added' | 'participants_removed'; agentIds: string[]; agentNames: string[] }
    | { event: 'joined' | 'left' }
    | { event: 'renamed'; name: string; previousName: string | null }
    | { event: 'archived' | 'unarchived' }
  );

/** Who reacted with it, in the order in which they did. */
export interface ReactionView {
  emoji: string;
  count: number;
  by: PrincipalRef[];
}

/** What is behind a link of a message, as the page itself says it. Plain text, of bounded length. */
export interface LinkPreview {
  /** As it is written in the message. */
  url: string;
  title: string;
  description: string | null;
  /** https only. */
  imageUrl: string | null;
  siteName: string | null;
}

export type ReviewDecision = 'approve' | 'reject';

export interface ReviewMessageBody {
  decision: ReviewDecision;
}

/** Where a message was said; `title` is its name or subject, or the name of its user. */
export interface PlaceView {
  id: string;
  kind: ConversationKind;
  title: string | null;
}

export interface HeldMessageView {
  message: MessageView;
  conversation: PlaceView;
}

export interface MessageRef {
  conversationId: string;
  messageId: string;
}

/** The message as it is after the change, with the `rev` that the change got. */
export interface ChangedMessage {
  message: MessageView;
}

export interface SendMessageBody {
  clientMessageId?: string;
  content: string;
  attachmentIds?: string[];
  /** Agents, and the user of the conversation. */
  mentions?: PrincipalRef[];
  /** Groups and channels only. */
  mentionsAll?: boolean;
  threadRootId?: string;
  /** With `threadRootId`: show it in the conversation as well. */
  alsoInConversation?: boolean;
  replyToId?: string;
  private?: boolean;
  metadata?: Record<string, unknown>;
}

export interface EditMessageBody {
  content: string;
  /** Left out: as before. */
  mentions?: PrincipalRef[];
  mentionsAll?: boolean;
}

/** What a message said before an edit. */
export interface MessageVersionView {
  content: string;
  writtenAt: IsoTime;
}

export interface MessageVersions {
  /** Oldest first; the newest 20. What the message says now is not among them. */
  items: MessageVersionView[];
}

export interface SentMessage {
  message: MessageView;
  /** True when this `clientMessageId` had been sent before: `message` is the first one. */
  duplicate: boolean;
}

export interface CreateConversationBody {
  clientConversationId?: string;
  message?: SendMessageBody;
  subject?: string;
  metadata?: Record<string, unknown>;
  /** Partner and agent. */
  userId?: string;
  memberId?: string;
  /** Agent only; a user's and a partner's are `support`. */
  kind?: ConversationKind;
  environmentId?: string;
  agentIds?: string[];
  name?: string;
  description?: string;
  visibility?: ChannelVisibility;
}

export interface CreatedConversation {
  conversation: ConversationView;
  message?: MessageView;
}

export interface MessageHistory {
  /** Ascending by `seq`. */
  items: MessageView[];
  headSeq: number;
  minSeq: number;
  /** More in the direction that was asked for; around a number, older ones. */
  hasMore: boolean;
  /** Of a page around a number: newer ones. */
  hasNewer?: boolean;
}

/** A message that a search has found. */
export interface FoundMessageView {
  message: MessageView;
  conversation: PlaceView;
  /** Some of the text around the first place, and where in it the words stand: start and end. */
  snippet: { text: string; ranges: [number, number][] };
}

export interface SyncPoint {
  id: string;
  afterSeq: number;
  afterRev: number;
}

export interface SyncedConversation {
  id: string;
  /** After `afterSeq`, ascending; with `reset` the newest 50. */
  messages: MessageView[];
  /** Messages changed after `afterRev`, by ascending `rev`. */
  changes: MessageView[];
  headSeq: number;
  headRev: number;
  minSeq: number;
  hasMore: boolean;
  /** The gap is too large or cannot be proved: throw away what is held and take `messages`. */
  reset: boolean;
  /** `lost`: no longer a participant, or never was; everything else is empty then. */
  access: 'ok' | 'lost';
}

export interface ReadMarker {
  readSeq: number;
  unread: number;
}

export interface ConversationHead {
  id: string;
  headSeq: number;
  headRev: number;
}
