import { EVERY_TENANT, type EveryTenant, type Scope } from '../../../common/access/principal.js';
import type { ConversationStatus } from '../../../contracts/chat.js';
import { normalizeForSearch } from '../../../common/text/grams.js';
import { newId } from '../../../common/ids.js';
import { SYSTEM, type EventFacts, type EventStamp, type Rating } from '../conversation-event.js';
import type { Conversation, ConversationFilter, LastMessage } from '../conversation.js';
import {
  ConversationRepository,
  type CombinedChange,
  type ConversationCursor,
  type ConversationDraft,
  type ConversationPatch,
  type Membership,
  type StatusChange,
  type SummaryChange,
  type TagChange,
  type Viewer,
} from '../conversation.repository.js';

interface Stored extends ConversationDraft {
  mentionedIds: string[];
  answeredAt: Date | null;
  statusSeq: number;
  statusRev: number;
  leftIds: string[];
  membersChangedAt?: Date;
}

export class InMemoryConversationRepository extends ConversationRepository {
  /** `storeTime`: what the store's own clock says. */
  constructor(private readonly storeTime: () => Date = () => new Date()) {
    super();
  }

  private readonly stored = new Map<string, Stored>();

  /** With what only the store knows. */
  storedIn(scope: Scope): Readonly<Stored>[] {
    return this.within(scope);
  }

  async create(
    scope: Scope,
    draft: ConversationDraft,
  ): Promise<{ conversation: Conversation; created: boolean }> {
    const first = this.within(scope).find((known) => isSameCreation(known, draft));
    if (!first) this.stored.set(draft.id, asStored(draft));
    return { conversation: toConversation(first ?? asStored(draft)), created: !first };
  }

  async find(scope: Scope, id: string): Promise<Conversation | null> {
    const found = this.findNow(scope, id);
    return found && toConversation(found);
  }

  async findMany(scope: Scope | EveryTenant, ids: readonly string[]): Promise<Conversation[]> {
    return this.within(scope)
      .filter(({ id }) => ids.includes(id))
      .map(toConversation);
  }

  async list(
    scope: Scope,
    viewer: Viewer,
    filter: ConversationFilter,
    { limit, after }: { limit: number; after?: ConversationCursor },
  ): Promise<Conversation[]> {
    return this.within(scope)
      .filter((one) => isVisibleTo(viewer, filter, one) && isMatching(filter, one))
      .filter((one) => isMentioned(viewer, filter, one))
      .filter((one) => !after || byNewest(one, after) > 0)
      .sort(byNewest)
      .slice(0, limit)
      .map(toConversation);
  }

  async listIdsOfUser(scope: Scope, userId: string): Promise<string[]> {
    return this.within(scope)
      .filter(({ user }) => user?.id === userId)
      .sort(byNewest)
      .map(({ id }) => id);
  }

  async listTeamIds(scope: Scope, agentId: string): Promise<string[]> {
    return this.within(scope)
      .filter(({ memberIds, visibility }) => memberIds.includes(agentId) || visibility === 'public')
      .map(({ id }) => id);
  }

  async listOfUsers(scope: Scope, userIds: readonly string[]): Promise<{ id: string; userId: string }[]> {
    return this.within(scope).flatMap(({ id, user }) =>
      user && userIds.includes(user.id) ? [{ id, userId: user.id }] : [],
    );
  }

  async listChangedSince(scope: Scope, since: Date, limit: number): Promise<Conversation[]> {
    return this.within(scope)
      .filter(({ updatedAt }) => updatedAt > since)
      .sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
      .slice(0, limit)
      .map(toConversation);
  }

  async applySummaries(changes: readonly SummaryChange[]): Promise<Set<string>> {
    const missing = new Set<string>();
    for (const change of changes) {
      const one = this.stored.get(change.conversationId);
      if (one) summarize(one, change);
      else missing.add(change.conversationId);
    }
    return missing;
  }

  async patch(
    scope: Scope,
    id: string,
    patch: ConversationPatch,
    by: EventStamp,
  ): Promise<Conversation | null> {
    const set = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const { name } = patch;
    return this.change(scope, id, by, { ...set, updatedAt: by.at }, ({ name: previousName }) =>
      name === undefined || name === previousName ? null : { event: 'renamed', name, previousName },
    );
  }

  async assign(
    scope: Scope,
    id: string,
    assigneeId: string | null,
    by: EventStamp,
  ): Promise<Conversation | null> {
    return this.change(scope, id, by, { assigneeId, updatedAt: by.at }, (before) =>
      before.assigneeId === assigneeId ? null : { event: 'assigned', assigneeId },
    );
  }

  async assignTeam(
    scope: Scope,
    id: string,
    teamId: string | null,
    by: EventStamp,
  ): Promise<Conversation | null> {
    return this.change(scope, id, by, { teamId, updatedAt: by.at }, (before) =>
      before.teamId === teamId ? null : { event: 'team_assigned', teamId },
    );
  }

  async forgetTeam(scope: Scope, teamId: string): Promise<void> {
    for (const one of this.within(scope)) if (one.teamId === teamId) one.teamId = null;
  }

  async changeMany(scope: Scope, changes: readonly CombinedChange[]): Promise<Conversation[]> {
    for (const { id, tags, priority, team, assignee, status } of changes) {
      if (tags) this.retag(scope, id, tags.change, tags.by);
      if (priority) await this.patch(scope, id, { priority: priority.to }, priority.by);
      if (team) await this.assignTeam(scope, id, team.id, team.by);
      if (assignee) await this.assign(scope, id, assignee.id, assignee.by);
      if (status) await this.setStatus(scope, id, status.change, status.by);
    }
    return this.findMany(
      scope,
      changes.map(({ id }) => id),
    );
  }

  async archive(scope: Scope, id: string, isArchived: boolean, by: EventStamp): Promise<Conversation | null> {
    const isSo = (this.findNow(scope, id)?.archivedAt !== null) === isArchived;
    const change = isSo ? {} : { archivedAt: isArchived ? by.at : null, updatedAt: by.at };
    return this.change(scope, id, by, change, () =>
      isSo ? null : { event: isArchived ? 'archived' : 'unarchived' },
    );
  }

  async setStatus(
    scope: Scope,
    id: string,
    change: StatusChange,
    by: EventStamp,
  ): Promise<Conversation | null> {
    const { lastSeq: statusSeq, lastRev: statusRev } = this.findNow(scope, id) ?? {};
    return this.change(scope, id, by, { ...change, statusSeq, statusRev, updatedAt: by.at }, (before) =>
      statusChanged(before, change.status, change.snoozedUntil),
    );
  }

  async rate(scope: Scope, id: string, rating: Rating, by: EventStamp): Promise<Conversation | null> {
    const change = { rating: { ...rating, ratedAt: by.at }, updatedAt: by.at };
    return this.change(scope, id, by, change, ({ rating: before }) =>
      before?.score === rating.score && before.comment === rating.comment
        ? null
        : { event: 'rated', ...rating },
    );
  }

  async addMembers(
    scope: Scope,
    id: string,
    agentIds: readonly string[],
    by: EventStamp,
  ): Promise<Conversation | null> {
    const added = (before: Stored) => [...new Set(agentIds)].filter((one) => !before.memberIds.includes(one));
    return this.changeMembers(scope, id, by, 'participants_added', added, (before) => ({
      memberIds: [...before.memberIds, ...added(before)],
      leftIds: before.leftIds.filter((one) => !agentIds.includes(one)),
    }));
  }

  async removeMembers(
    scope: Scope,
    id: string,
    agentIds: readonly string[],
    by: EventStamp,
  ): Promise<Conversation | null> {
    const removed = ({ memberIds }: Stored) => memberIds.filter((one) => agentIds.includes(one));
    return this.changeMembers(scope, id, by, 'participants_removed', removed, (before) => ({
      memberIds: before.memberIds.filter((one) => !agentIds.includes(one)),
      leftIds: [...new Set([...before.leftIds, ...removed(before)])],
    }));
  }

  async lastMembershipChange(): Promise<Date | null> {
    return (await this.listMembershipsSince(new Date(0))).at(-1)?.changedAt ?? null;
  }

  async listMembershipsSince(since: Date): Promise<Membership[]> {
    return this.within(EVERY_TENANT)
      .flatMap((one) => {
        const { membersChangedAt: changedAt, leftIds } = one;
        return changedAt && changedAt >= since
          ? [{ conversation: toConversation(one), leftIds, changedAt }]
          : [];
      })
      .sort((a, b) => a.changedAt.getTime() - b.changedAt.getTime());
  }

  async wakeOverdue(now: Date, limit: number): Promise<Conversation[]> {
    const overdue = this.within(EVERY_TENANT)
      .filter(
        ({ status, snoozedUntil }) => status === 'snoozed' && snoozedUntil !== null && snoozedUntil <= now,
      )
      .slice(0, limit);
    for (const one of overdue) {
      note(one, { id: newId(), at: now, actor: SYSTEM }, statusChanged(one, 'open', null));
      Object.assign(one, { status: 'open', snoozedUntil: null, activityAt: now, updatedAt: now });
    }
    return overdue.map(toConversation);
  }

  async listUnsaid(before: Date, limit: number): Promise<Conversation[]> {
    return this.within(EVERY_TENANT)
      .filter(({ events }) => events.some(({ at }) => at <= before))
      .slice(0, limit)
      .map(toConversation);
  }

  async completeEvents(scope: Scope, id: string, eventIds: readonly string[]): Promise<void> {
    const one = this.findNow(scope, id);
    if (one) one.events = one.events.filter((event) => !eventIds.includes(event.id));
  }

  async renameUser(
    scope: Scope,
    userId: string,
    person: { name: string; avatarUrl: string | null },
  ): Promise<void> {
    for (const one of this.within(scope)) if (one.user?.id === userId) one.user = { id: userId, ...person };
  }

  async eraseOfUser(scope: Scope, userId: string): Promise<string[]> {
    const ids = await this.listIdsOfUser(scope, userId);
    for (const id of ids) this.stored.delete(id);
    return ids;
  }

  private retag(scope: Scope, id: string, { add, remove }: TagChange, by: EventStamp): void {
    const kept = (this.findNow(scope, id)?.tags ?? []).filter((tag) => !remove.includes(tag));
    const tags = [...new Set([...kept, ...add])];
    this.change(scope, id, by, { tags, updatedAt: by.at }, () => null);
  }

  private changeMembers(
    scope: Scope,
    id: string,
    by: EventStamp,
    event: 'participants_added' | 'participants_removed',
    affected: (one: Stored) => string[],
    changeOf: (one: Stored) => Pick<Stored, 'memberIds' | 'leftIds'>,
  ): Conversation | null {
    const one = this.findNow(scope, id);
    if (!one) return null;
    const agentIds = affected(one);
    const change = {
      ...changeOf(one),
      membersRev: one.membersRev + 1,
      membersChangedAt: this.storeTime(),
      updatedAt: by.at,
    };
    return this.change(scope, id, by, change, () => (agentIds.length > 0 ? { event, agentIds } : null));
  }

  private change(
    scope: Scope,
    id: string,
    by: EventStamp,
    change: Partial<Stored>,
    factsOf: (before: Stored) => EventFacts | null,
  ): Conversation | null {
    const one = this.findNow(scope, id);
    if (!one) return null;
    note(one, by, factsOf(one));
    return toConversation(Object.assign(one, structuredClone(change)));
  }

  private findNow(scope: Scope, id: string): Stored | null {
    return this.within(scope).find((one) => one.id === id) ?? null;
  }

  private within(scope: Scope | EveryTenant): Stored[] {
    return [...this.stored.values()].filter((one) => scope === EVERY_TENANT || isOf(scope, one));
  }
}

function note(one: Stored, by: EventStamp, facts: EventFacts | null): void {
  if (facts) one.events.push({ ...by, ...facts });
}

function statusChanged(
  { status: previousStatus }: Stored,
  status: ConversationStatus,
  until: Date | null,
): EventFacts | null {
  return previousStatus === status ? null : { event: 'status_changed', status, previousStatus, until };
}

function isOf(scope: Scope, { organizationId, environmentId }: Conversation): boolean {
  const isSameEnvironment = scope.environmentId === undefined || scope.environmentId === environmentId;
  return organizationId === scope.organizationId && isSameEnvironment;
}

function isSameCreation(known: Stored, draft: ConversationDraft): boolean {
  const isRepeat =
    draft.clientConversationId !== null &&
    known.creatorKey === draft.creatorKey &&
    known.clientConversationId === draft.clientConversationId;
  return isRepeat || (draft.directKey !== null && known.directKey === draft.directKey);
}

function asStored(draft: ConversationDraft): Stored {
  return {
    ...structuredClone(draft),
    statusSeq: 0,
    statusRev: 0,
    leftIds: [],
    mentionedIds: [],
    answeredAt: null,
  };
}

function toConversation(stored: Stored): Conversation {
  const {
    clientConversationId,
    directKey,
    statusSeq,
    statusRev,
    leftIds,
    membersChangedAt,
    mentionedIds,
    answeredAt,
    ...conversation
  } = structuredClone(stored);
  return conversation;
}

function isVisibleTo(
  viewer: Viewer,
  { joined }: ConversationFilter,
  { kind, user, memberIds, visibility }: Conversation,
): boolean {
  switch (viewer.type) {
    case 'partner':
      return kind === 'support';
    case 'user':
      return kind === 'support' && user?.id === viewer.id;
    case 'agent':
      if (kind === 'support') return true;
      return memberIds.includes(viewer.id) ? joined !== false : visibility === 'public' && joined !== true;
  }
}

function isMatching(filter: ConversationFilter, one: Conversation): boolean {
  const { status, kind, assigneeId, unassigned, tag, userId, query, archived = false } = filter;
  const { teamId, priority } = filter;
  const isAssigned = unassigned ? one.assigneeId === null : !assigneeId || one.assigneeId === assigneeId;
  return (
    isAssigned &&
    archived === (one.archivedAt !== null) &&
    (!status || one.status === status) &&
    (!kind || one.kind === kind) &&
    (!teamId || one.teamId === teamId) &&
    (!priority || (one.kind === 'support' && one.priority === priority)) &&
    (!tag || one.tags.includes(tag)) &&
    (!userId || one.user?.id === userId) &&
    (!query || isFound(query, one))
  );
}

function isMentioned(viewer: Viewer, { mentioned }: ConversationFilter, one: Stored): boolean {
  return !mentioned || viewer.type !== 'agent' || one.mentionedIds.includes(viewer.id);
}

function isFound(query: string, { subject, name, user }: Conversation): boolean {
  const texts = [subject, name, user?.name].map((text) => normalizeForSearch(text ?? ''));
  const words = normalizeForSearch(query).split(' ');
  return words.every((word) => texts.some((text) => text.includes(word)));
}

/** Newest activity first, then the newest id. */
function byNewest(a: ConversationCursor, b: ConversationCursor): number {
  return b.activityAt.getTime() - a.activityAt.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

function summarize(one: Stored, change: SummaryChange): void {
  const { lastSeq, lastAt, lastMessage, lastPublicMessage, lastRev, activityAt } = change;
  one.updatedAt = later(one.updatedAt, one.lastRev < lastRev ? new Date() : lastAt);
  one.mentionedIds = [...new Set([...one.mentionedIds, ...change.mentionedIds])];
  if (change.answeredAt && !(one.answeredAt && one.answeredAt < change.answeredAt))
    one.answeredAt = change.answeredAt;
  one.lastSeq = Math.max(one.lastSeq, lastSeq);
  one.lastRev = Math.max(one.lastRev, lastRev);
  if (activityAt) one.activityAt = later(one.activityAt, activityAt);
  if (lastMessage && isOlder(one.lastMessage, lastMessage)) one.lastMessage = lastMessage;
  if (lastPublicMessage && isOlder(one.lastPublicMessage, lastPublicMessage)) {
    one.lastPublicMessage = lastPublicMessage;
  }
  const isClosed = one.status === 'resolved' || one.status === 'snoozed';
  if (!isClosed || !isLaterThanStatus(one, change)) return;
  if (change.reopener) note(one, change.reopener, statusChanged(one, 'open', null));
  Object.assign(one, { status: 'open', resolvedAt: null, snoozedUntil: null });
}

function isLaterThanStatus(
  { statusSeq, statusRev }: Stored,
  { reopenedBySeq, reopenedByRev }: SummaryChange,
): boolean {
  return statusSeq < (reopenedBySeq ?? 0) || statusRev < (reopenedByRev ?? 0);
}

function isOlder(shown: LastMessage | null, { seq, rev }: LastMessage): boolean {
  if (!shown || shown.seq < seq) return true;
  return shown.seq === seq && shown.rev < rev;
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
