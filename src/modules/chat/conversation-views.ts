import { Injectable } from '@nestjs/common';
import {
  EVERY_TENANT,
  scopeOf,
  type EveryTenant,
  type Principal,
  type Scope,
} from '../../common/access/principal.js';
import { may } from '../../common/access/permissions.js';
import { Clock } from '../../common/clock.js';
import type {
  ConversationView,
  LastMessageView,
  ParticipantView,
  RatingView,
  PersonView,
} from '../../contracts/chat.js';
import type { PrincipalRef } from '../../contracts/common.js';
import { AgentService } from '../agent/agent.service.js';
import { TeamService } from '../agent/team.service.js';
import { isMuted, type Conversation, type LastMessage, type Marker } from './conversation.js';
import { MarkerRepository } from './marker.repository.js';
import { UnreadCounts } from './unread-counts.js';

type Person = Omit<PersonView, 'type'>;
type Team = NonNullable<ConversationView['team']>;

/** By id. */
interface Names {
  people: Map<string, Person>;
  teams: Map<string, Team>;
}

export type Audience = 'agents' | 'user';

/** From conversations to what clients see, with names, markers and unread: a constant number of round trips for any number. */
@Injectable()
export class ConversationViews {
  constructor(
    private readonly agents: AgentService,
    private readonly teams: TeamService,
    private readonly markers: MarkerRepository,
    private readonly unread: UnreadCounts,
    private readonly clock: Clock,
  ) {}

  async one(principal: Principal, conversation: Conversation): Promise<ConversationView> {
    const [view] = await this.many(principal, [conversation]);
    return view!;
  }

  async many(principal: Principal, conversations: readonly Conversation[]): Promise<ConversationView[]> {
    const audience = audienceOf(principal);
    const ids = conversations.map(({ id }) => id);
    const [{ toViews, markers }, unread] = await Promise.all([
      this.viewsOf(conversations, scopeOf(principal)),
      this.unread.ofConversations(principal, ids),
    ]);
    const now = this.clock.now();
    return toViews(audience).map((view) => ({
      ...view,
      unread: unread.get(view.id) ?? 0,
      mutedUntil: mutedUntilOf(principal, markers.get(view.id) ?? [], now),
    }));
  }

  /** Without anything personal, for those who hear of them at once: agents, and each one's user. */
  async forInboxes(conversations: readonly Conversation[]): Promise<Record<Audience, ConversationView[]>> {
    const { toViews } = await this.viewsOf(conversations, EVERY_TENANT);
    return { agents: toViews('agents'), user: toViews('user') };
  }

  /** Reads once what the views for any audience need. */
  private async viewsOf(
    conversations: readonly Conversation[],
    scope: Scope | EveryTenant,
  ): Promise<{ toViews: (audience: Audience) => ConversationView[]; markers: Map<string, Marker[]> }> {
    if (conversations.length === 0) return { toViews: () => [], markers: new Map() };
    const ids = conversations.map(({ id }) => id);
    const markers = groupByConversation(await this.markers.ofConversations(scope, ids));
    const [people, teams] = await Promise.all([
      this.namesFor(conversations, markers),
      this.teamsOf(conversations),
    ]);
    const names = { people, teams };
    const toViews = (audience: Audience) =>
      conversations.map((conversation) =>
        toView(conversation, markers.get(conversation.id) ?? [], names, audience),
      );
    return { toViews, markers };
  }

  private async namesFor(
    conversations: readonly Conversation[],
    markers: Map<string, Marker[]>,
  ): Promise<Map<string, Person>> {
    const wanted = new Map<string, Set<string>>();
    for (const conversation of conversations) {
      const ids = wanted.get(conversation.organizationId) ?? new Set();
      for (const id of agentIdsOf(conversation, markers.get(conversation.id) ?? [])) ids.add(id);
      wanted.set(conversation.organizationId, ids);
    }
    const found = await Promise.all(
      [...wanted].map(([organizationId, ids]) => this.agents.namesOf(organizationId, [...ids])),
    );
    return new Map(found.flatMap((names) => [...names]));
  }

  private async teamsOf(conversations: readonly Conversation[]): Promise<Map<string, Team>> {
    const given = conversations.flatMap(({ organizationId, teamId }) =>
      teamId === null ? [] : [{ organizationId, teamId }],
    );
    const byTenant = Map.groupBy(given, ({ organizationId }) => organizationId);
    const found = await Promise.all(
      [...byTenant].map(([organizationId, of]) =>
        this.teams.namesOf(
          organizationId,
          of.map(({ teamId }) => teamId),
        ),
      ),
    );
    const named = found.flatMap((names) => [...names]);
    return new Map(named.map(([id, { name }]) => [id, { id, name }]));
  }
}

function audienceOf(principal: Principal): Audience {
  return may(principal, 'message.read-private') ? 'agents' : 'user';
}

function mutedUntilOf(principal: Principal, markers: readonly Marker[], now: Date): string | null {
  const own = markers.find(
    ({ type, principalId }) => type === principal.type && principalId === principal.id,
  );
  return own && isMuted(own, now) ? own.mutedUntil!.toISOString() : null;
}

function agentIdsOf(conversation: Conversation, markers: readonly Marker[]): string[] {
  // Who has muted it, and not looked at it, takes no part by that.
  const readers = markers
    .filter(({ type, readSeq }) => type === 'agent' && readSeq > 0)
    .map(({ principalId }) => principalId);
  return [
    ...conversation.memberIds,
    ...(conversation.assigneeId ? [conversation.assigneeId] : []),
    ...readers,
  ];
}

function groupByConversation(markers: readonly Marker[]): Map<string, Marker[]> {
  return Map.groupBy(markers, ({ conversationId }) => conversationId);
}

function toView(
  conversation: Conversation,
  markers: readonly Marker[],
  { people: names, teams }: Names,
  audience: Audience,
): ConversationView {
  const isForAgents = audience === 'agents';
  const view: ConversationView = {
    id: conversation.id,
    kind: conversation.kind,
    environmentId: conversation.environmentId,
    status: conversation.status,
    subject: conversation.subject,
    description: conversation.description,
    assignee: conversation.assigneeId ? agentPerson(conversation.assigneeId, names) : null,
    team: isForAgents ? teamOf(conversation, teams) : null,
    participants: participantsOf(conversation, markers, names),
    priority: conversation.priority,
    // Labels are the agents' own words about the user.
    tags: isForAgents ? conversation.tags : [],
    metadata: conversation.metadata,
    traceId: conversation.traceId,
    headSeq: conversation.lastSeq,
    headRev: conversation.lastRev,
    lastMessage: toLastMessageView(isForAgents ? conversation.lastMessage : conversation.lastPublicMessage),
    snoozedUntil: conversation.snoozedUntil?.toISOString() ?? null,
    createdAt: conversation.createdAt.toISOString(),
    updatedAt: conversation.updatedAt.toISOString(),
    archivedAt: conversation.archivedAt?.toISOString() ?? null,
    slowModeSeconds: conversation.slowModeSeconds,
  };
  if (conversation.name !== null) view.name = conversation.name;
  if (conversation.visibility !== null) view.visibility = conversation.visibility;
  if (isManaged(conversation)) view.createdBy = creatorOf(conversation);
  if (conversation.user) view.user = { type: 'user', ...conversation.user };
  if (conversation.rating) view.rating = toRatingView(conversation.rating);
  if (conversation.resolvedAt) view.resolvedAt = conversation.resolvedAt.toISOString();
  return view;
}

/** What is gone is no team, whatever the conversation still says. */
function teamOf({ teamId }: Conversation, teams: Map<string, Team>): Team | null {
  return teamId === null ? null : (teams.get(teamId) ?? null);
}

function toRatingView({ score, comment, ratedAt }: NonNullable<Conversation['rating']>): RatingView {
  return { score, comment, ratedAt: ratedAt.toISOString() };
}

/** Only there does it matter who made it. A partner's key, for one, is nobody's business. */
function isManaged({ kind }: Conversation): boolean {
  return kind === 'group' || kind === 'channel';
}

function creatorOf({ creatorKey }: Conversation): PrincipalRef {
  return { type: 'agent', id: creatorKey.slice('agent:'.length) };
}

function participantsOf(
  conversation: Conversation,
  markers: readonly Marker[],
  names: Map<string, Person>,
): ParticipantView[] {
  const readSeqs = new Map(markers.map((marker) => [`${marker.type}:${marker.principalId}`, marker.readSeq]));
  const user = conversation.user ? [{ type: 'user' as const, ...conversation.user }] : [];
  // A former member's marker stays, but they are no participant any more.
  const isTeam = conversation.kind !== 'support';
  const agentIds = new Set(isTeam ? conversation.memberIds : agentIdsOf(conversation, markers));
  const agents = [...agentIds].map((id) => ({ ...agentPerson(id, names), type: 'agent' as const }));
  return [...user, ...agents].map((person) => ({
    ...person,
    readSeq: readSeqs.get(`${person.type}:${person.id}`) ?? 0,
  }));
}

function agentPerson(id: string, names: Map<string, Person>): PersonView {
  const known = names.get(id);
  return { type: 'agent', id, name: known?.name ?? '', avatarUrl: known?.avatarUrl ?? null };
}

function toLastMessageView(last: LastMessage | null): LastMessageView | null {
  if (!last) return null;
  const { id, seq, type, sender, content, createdAt } = last;
  return { id, seq, type, sender, content, private: last.private, createdAt: createdAt.toISOString() };
}
