import type { AgentPrincipal, PartnerPrincipal, Principal, Scope } from '../../common/access/principal.js';
import type {
  ChannelVisibility,
  ConversationKind,
  ConversationPriority,
  ConversationStatus,
  MessageType,
  PersonView,
  PlaceView,
} from '../../contracts/chat.js';
import type { ConversationEvent, Rating } from './conversation-event.js';

export interface Conversation {
  id: string;
  organizationId: string;
  /** Null for the kinds between agents. */
  environmentId: string | null;
  kind: ConversationKind;
  status: ConversationStatus;
  subject: string | null;
  name: string | null;
  /** What a group or channel is for. */
  description: string | null;
  visibility: ChannelVisibility | null;
  /** Support only; a snapshot that follows the user's profile. */
  user: { id: string; name: string; avatarUrl: string | null } | null;
  assigneeId: string | null;
  /** Support only. A team that is gone has no name any more. */
  teamId: string | null;
  /** The agents who belong to a kind between agents. Empty for support: every agent may answer. */
  memberIds: string[];
  /** How often members came or went: which of two states of `memberIds` is the later one. */
  membersRev: number;
  /** Who made it, as `agent:<id>`. */
  creatorKey: string;
  /** Groups and channels: nobody writes in it from then on. */
  archivedAt: Date | null;
  /** How long a sender waits between two messages; 0: not at all. */
  slowModeSeconds: number;
  priority: ConversationPriority;
  tags: string[];
  metadata: Record<string, unknown>;
  traceId: string;
  /** Derived from the messages, at most a moment behind; the index on messages decides. */
  lastSeq: number;
  lastRev: number;
  minSeq: number;
  lastMessage: LastMessage | null;
  /** The same without notes between agents: what the user may know. */
  lastPublicMessage: LastMessage | null;
  /** Newest activity first is the order of every list. */
  activityAt: Date;
  snoozedUntil: Date | null;
  resolvedAt: Date | null;
  /** The user's, the latest of them; null before the first. */
  rating: (Rating & { ratedAt: Date }) | null;
  createdAt: Date;
  updatedAt: Date;
  /** What was done to it and has not been said in it yet. */
  events: ConversationEvent[];
}

export interface LastMessage {
  id: string;
  seq: number;
  /** Of the latest change to it that is shown here. */
  rev: number;
  type: MessageType;
  sender: PersonView;
  content: string | null;
  private: boolean;
  createdAt: Date;
}

/** How far one participant has read, and what else is theirs alone. */
export interface Marker {
  conversationId: string;
  type: 'agent' | 'user';
  principalId: string;
  readSeq: number;
  hasWritten: boolean;
  /** Nothing but mentions is notified until then. */
  mutedUntil: Date | null;
}

/** Further away than anybody waits: muted for good. */
export const FOR_GOOD = new Date('9999-12-31T23:59:59.999Z');

export function isMuted(marker: Pick<Marker, 'mutedUntil'> | undefined, now: Date): boolean {
  return marker?.mutedUntil != null && marker.mutedUntil > now;
}

/** As many as are set at once. */
export const MAX_TAGS = 30;

export interface ConversationFilter {
  status?: ConversationStatus;
  kind?: ConversationKind;
  assigneeId?: string;
  unassigned?: boolean;
  /** Support only, as is `priority`. */
  teamId?: string;
  priority?: ConversationPriority;
  /** Only those in which the viewer, an agent, is mentioned. */
  mentioned?: boolean;
  tag?: string;
  userId?: string;
  query?: string;
  /** Only those that are archived; without it, only those that are not. */
  archived?: boolean;
  /** Of the kinds between agents, only those that the viewer belongs to; false: only the others. */
  joined?: boolean;
}

/** May this caller know of the conversation? Another tenant's, or another person's, is *not found*. */
export function canSee(principal: Principal, conversation: Conversation): boolean {
  if (conversation.organizationId !== principal.organizationId) return false;
  switch (principal.type) {
    case 'user':
      return conversation.environmentId === principal.environmentId && conversation.user?.id === principal.id;
    case 'partner':
      return conversation.kind === 'support' && conversation.environmentId === principal.environmentId;
    case 'agent':
      return (
        conversation.kind === 'support' ||
        conversation.memberIds.includes(principal.id) ||
        conversation.visibility === 'public'
      );
  }
}

/** May this caller write in it? A public channel is open to look at, and to its members to write in. */
export function canWrite(principal: Principal, conversation: Conversation): boolean {
  if (!canSee(principal, conversation)) return false;
  if (conversation.kind === 'support') return true;
  return principal.type === 'agent' && conversation.memberIds.includes(principal.id);
}

/** May this agent decide over a conversation of agents: who is sent out of it, whether it is archived, how slow it is? */
export function canManage({ role, type, id }: AgentPrincipal, { creatorKey }: Conversation): boolean {
  return role === 'owner' || role === 'admin' || creatorKey === `${type}:${id}`;
}

/** Two agents have one direct conversation, whoever began it. */
export function directKeyOf(agentIds: readonly string[]): string {
  return [...agentIds].sort().join(':');
}

export function senderOf(principal: Principal): PersonView {
  if (principal.type === 'partner') return botOf(principal);
  return { type: principal.type, id: principal.id, name: principal.name, avatarUrl: principal.avatarUrl };
}

/** What a company's server writes is shown as a bot's: it speaks for nobody in particular. */
function botOf(principal: PartnerPrincipal): PersonView {
  return { type: 'bot', id: principal.id, name: principal.name, avatarUrl: null };
}

export function placeViewOf({ id, kind, name, subject, user }: Conversation): PlaceView {
  return { id, kind, title: name ?? subject ?? user?.name ?? null };
}

/** The key under which a sender's clientMessageId is unique. */
export function senderKeyOf(sender: Pick<PersonView, 'type' | 'id'>): string {
  return `${sender.type}:${sender.id}`;
}

export function scopeOfConversation(
  conversation: Pick<Conversation, 'organizationId' | 'environmentId'>,
): Scope {
  return conversation.environmentId === null
    ? { organizationId: conversation.organizationId }
    : { organizationId: conversation.organizationId, environmentId: conversation.environmentId };
}
