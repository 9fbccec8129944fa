import type { EveryTenant, Scope } from '../../common/access/principal.js';
import type { ConversationStatus } from '../../contracts/chat.js';
import type { EventStamp, Rating } from './conversation-event.js';
import type { Conversation, ConversationFilter, LastMessage } from './conversation.js';

/** Whose list it is: an agent sees support and what they belong to, a user their own. */
export type Viewer = { type: 'agent'; id: string } | { type: 'user'; id: string } | { type: 'partner' };

export interface ConversationCursor {
  activityAt: Date;
  id: string;
}

export interface ConversationDraft extends Conversation {
  /** With `creatorKey`: makes creation repeatable. */
  clientConversationId: string | null;
  directKey: string | null;
}

/** Who belongs to a conversation between agents, as of a change to it. */
export interface Membership {
  conversation: Conversation;
  /** Who once belonged to it and does not now. */
  leftIds: string[];
  /** By the clock of the store, the same for all nodes. */
  changedAt: Date;
}

/** What a stored message changes in the summary of its conversation. */
export interface SummaryChange {
  conversationId: string;
  /** The newest number among what this is made of, and when it was given out. */
  lastSeq: number;
  lastAt: Date;
  /**
   * The newest that lists show: no event, no reply that stays in its thread, nothing that is held. Null when there is
   * none in this change.
   */
  lastMessage: LastMessage | null;
  /** The same without notes between agents. */
  lastPublicMessage: LastMessage | null;
  /** The newest change among what this is made of; 0 when there is none. */
  lastRev: number;
  /** When what lists show of it was said, or let through; null when they show nothing of it. */
  activityAt: Date | null;
  /** The user spoke, at this number: what was resolved or snoozed before is open again. */
  reopenedBySeq: number | null;
  /** The same by a change: what the user had said before was let through. */
  reopenedByRev: number | null;
  /** The agents who are mentioned in it. */
  mentionedIds: string[];
  /** When the earliest of it was said that an agent answers to a user who began; null when none was. */
  answeredAt: Date | null;
  /** By whom, and by which message: that it is open again is an event. Null when neither. */
  reopener: EventStamp | null;
}

export interface ConversationPatch {
  subject?: string | null;
  name?: string;
  description?: string | null;
  slowModeSeconds?: number;
  priority?: Conversation['priority'];
  tags?: string[];
  metadata?: Record<string, unknown>;
}

/** Those of `remove` go first. */
export interface TagChange {
  add: readonly string[];
  remove: readonly string[];
}

/** What is not named stays as it is. Each change that may leave an event has a stamp of its own. */
export interface CombinedChange {
  id: string;
  tags?: { change: TagChange; by: EventStamp };
  priority?: { to: Conversation['priority']; by: EventStamp };
  team?: { id: string | null; by: EventStamp };
  assignee?: { id: string | null; by: EventStamp };
  status?: { change: StatusChange; by: EventStamp };
}

export interface StatusChange {
  status: ConversationStatus;
  snoozedUntil: Date | null;
  resolvedAt: Date | null;
}

/** Where `by` is asked for: a change that makes a difference leaves an event on the conversation, in the same write. */
export abstract class ConversationRepository {
  /**
   * With the events that the draft has. Answers the first one when creator and clientConversationId, or the direct pair,
   * are there already.
   */
  abstract create(
    scope: Scope,
    draft: ConversationDraft,
  ): Promise<{ conversation: Conversation; created: boolean }>;
  abstract find(scope: Scope, id: string): Promise<Conversation | null>;
  abstract findMany(scope: Scope | EveryTenant, ids: readonly string[]): Promise<Conversation[]>;
  /** Newest activity first. */
  abstract list(
    scope: Scope,
    viewer: Viewer,
    filter: ConversationFilter,
    page: { limit: number; after?: ConversationCursor },
  ): Promise<Conversation[]>;
  abstract listIdsOfUser(scope: Scope, userId: string): Promise<string[]>;
  /** Those between agents that this one may see: where they belong, and the public ones. In no order. */
  abstract listTeamIds(scope: Scope, agentId: string): Promise<string[]>;
  /** Which conversations belong to which of these users. */
  abstract listOfUsers(scope: Scope, userIds: readonly string[]): Promise<{ id: string; userId: string }[]>;
  /** Changed since, newest first: for nodes that were cut off from the others. */
  abstract listChangedSince(scope: Scope, since: Date, limit: number): Promise<Conversation[]>;
  /**
   * One for each conversation. Conditional and repeatable: an older message never replaces a newer one. Answers which
   * conversations are not there.
   */
  abstract applySummaries(changes: readonly SummaryChange[]): Promise<Set<string>>;
  abstract patch(
    scope: Scope,
    id: string,
    patch: ConversationPatch,
    by: EventStamp,
  ): Promise<Conversation | null>;
  abstract assign(
    scope: Scope,
    id: string,
    agentId: string | null,
    by: EventStamp,
  ): Promise<Conversation | null>;
  abstract assignTeam(
    scope: Scope,
    id: string,
    teamId: string | null,
    by: EventStamp,
  ): Promise<Conversation | null>;
  /** Nobody says so: the team is gone. */
  abstract forgetTeam(scope: Scope, teamId: string): Promise<void>;
  /**
   * Many in one round trip, each as the changes by themselves, in that order; of several at once, each finds what the
   * others left. Answers those that are there.
   */
  abstract changeMany(scope: Scope, changes: readonly CombinedChange[]): Promise<Conversation[]>;
  /** Or takes it out of the archive. What is so already stays as it is, with the time at which it became so. */
  abstract archive(
    scope: Scope,
    id: string,
    isArchived: boolean,
    by: EventStamp,
  ): Promise<Conversation | null>;
  abstract setStatus(
    scope: Scope,
    id: string,
    change: StatusChange,
    by: EventStamp,
  ): Promise<Conversation | null>;
  /** The last one counts. */
  abstract rate(scope: Scope, id: string, rating: Rating, by: EventStamp): Promise<Conversation | null>;
  /** As removeMembers. */
  abstract addMembers(
    scope: Scope,
    id: string,
    agentIds: readonly string[],
    by: EventStamp,
  ): Promise<Conversation | null>;
  /** Durable when it answers, and from then on in listMembershipsSince. */
  abstract removeMembers(
    scope: Scope,
    id: string,
    agentIds: readonly string[],
    by: EventStamp,
  ): Promise<Conversation | null>;
  /** When members of any conversation of any tenant last changed; null when they never did. */
  abstract lastMembershipChange(): Promise<Date | null>;
  /** Those whose members changed at that moment or later, of every tenant, the earliest first. */
  abstract listMembershipsSince(since: Date): Promise<Membership[]>;
  /** Reopens what was snoozed until now, of every tenant; each is answered to one caller only. */
  abstract wakeOverdue(now: Date, limit: number): Promise<Conversation[]>;
  /** Those with events from before that moment, of every tenant: whoever noted them did not come to say them. */
  abstract listUnsaid(before: Date, limit: number): Promise<Conversation[]>;
  /** Takes events off that have been said. */
  abstract completeEvents(scope: Scope, id: string, eventIds: readonly string[]): Promise<void>;
  abstract renameUser(
    scope: Scope,
    userId: string,
    person: { name: string; avatarUrl: string | null },
  ): Promise<void>;
  abstract eraseOfUser(scope: Scope, userId: string): Promise<string[]>;
}
