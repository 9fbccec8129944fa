import { Injectable } from '@nestjs/common';
import {
  scopeOf,
  type AgentPrincipal,
  type Principal,
  type UserPrincipal,
} from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { Forbidden, NotFound, ValidationFailed } from '../../common/errors/common.errors.js';
import { DomainEventBus } from '../../common/events/domain-events.js';
import { decodeCursor, toPage } from '../../common/http/page.js';
import { newId } from '../../common/ids.js';
import { AppConfig } from '../../config/app-config.js';
import type {
  ConversationKind,
  ConversationStatus,
  ConversationView,
  CreateConversationBody,
  CreatedConversation,
  SendMessageBody,
} from '../../contracts/chat.js';
import type { Page } from '../../contracts/common.js';
import { AgentService } from '../agent/agent.service.js';
import { TeamService } from '../agent/team.service.js';
import { displayNameOf, type User } from '../user/user.js';
import { UserService } from '../user/user.service.js';
import './chat.events.js';
import { Blocked, ConversationArchived, InvalidMessage, NotParticipant, WrongKind } from './chat.errors.js';
import { ConversationAccess } from './conversation-access.js';
import type { EventStamp, Rating } from './conversation-event.js';
import { ConversationLog } from './conversation-log.js';
import { ConversationViews } from './conversation-views.js';
import {
  canManage,
  directKeyOf,
  senderOf,
  type Conversation,
  type ConversationFilter,
} from './conversation.js';
import {
  ConversationRepository,
  type ConversationCursor,
  type ConversationDraft,
  type ConversationPatch,
  type Viewer,
} from './conversation.repository.js';
import { MessageEffects } from './message-effects.js';
import { MessageService } from './message.service.js';
import { OutwardConversations } from './outward-conversations.js';
import { SendRules } from './send-rules.js';

export interface ConversationListing extends ConversationFilter {
  environmentId?: string;
  limit: number;
  cursor?: string;
}

const FOR_MANAGERS = 'This is for admins, and for who made it.';

@Injectable()
export class ConversationService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly access: ConversationAccess,
    private readonly views: ConversationViews,
    private readonly messages: MessageService,
    private readonly rules: SendRules,
    private readonly log: ConversationLog,
    private readonly effects: MessageEffects,
    private readonly users: UserService,
    private readonly agents: AgentService,
    private readonly teams: TeamService,
    private readonly events: DomainEventBus,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly outward: OutwardConversations,
  ) {}

  /** `created` is false when the same creation had been asked for before, or the direct pair has its conversation. */
  async create(
    principal: Principal,
    body: CreateConversationBody,
  ): Promise<CreatedConversation & { created: boolean }> {
    this.checkMetadata(body.metadata);
    await this.rules.assertConsented(principal);
    // A refused message must not leave an empty conversation behind.
    if (body.message) {
      await this.messages.checkFirst(principal, body.kind ?? 'support', body.message);
    }
    await this.rules.checkWords(principal, body.subject ?? '');
    await this.rules.checkFirst(principal, body.message?.content ?? '');
    const draft = await this.draftFor(principal, body);
    const scope = { organizationId: draft.organizationId };
    if (await this.outward.isCreationWanted(draft.environmentId))
      draft.events.push({ ...this.stamp(principal), event: 'created' });
    const { conversation, created } = await this.conversations.create(scope, draft);
    if (created) await this.eraseWithUser(conversation);
    this.access.remember(conversation);
    if (created) await this.log.write(conversation);
    if (created) this.events.publish('conversation.created', { conversation });
    const first = firstMessageOf(body);
    const sent = first && (await this.messages.send(principal, conversation.id, first));
    const view = await this.view(principal, conversation.id);
    return { conversation: view, created, ...(sent && { message: sent.message }) };
  }

  /** Throws NotFound. */
  async view(principal: Principal, id: string): Promise<ConversationView> {
    await this.access.see(principal, id);
    await this.effects.flush();
    const conversation = await this.conversations.find(scopeOf(principal), id);
    if (!conversation) throw new NotFound('chat');
    return this.views.one(principal, conversation);
  }

  /** Four round trips for any number: the page, markers of all, the caller's own, unread. */
  async list(principal: Principal, listing: ConversationListing): Promise<Page<ConversationView>> {
    await this.effects.flush();
    const { limit, cursor, environmentId, ...filter } = listing;
    const after = cursor === undefined ? undefined : cursorFrom(cursor);
    const scope = scopeOf(principal, environmentId);
    const found = await this.conversations.list(scope, viewerOf(principal), filter, {
      limit: limit + 1,
      after,
    });
    const page = toPage(found, limit, ({ activityAt, id }) => [activityAt.toISOString(), id]);
    return { ...page, items: await this.views.many(principal, page.items) };
  }

  async update(principal: Principal, id: string, patch: ConversationPatch): Promise<ConversationView> {
    this.checkMetadata(patch.metadata);
    this.access.forget(id);
    const before = await this.access.write(principal, id);
    checkPatch(principal, before, patch);
    return this.changed(
      principal,
      await this.conversations.patch(scopeOf(principal), id, patch, this.stamp(principal)),
    );
  }

  /** Repeated, it changes nothing. */
  async archive(principal: AgentPrincipal, id: string, isArchived: boolean): Promise<ConversationView> {
    this.access.forget(id);
    const before = await this.access.belong(principal, id);
    assertTeam(before, 'Only groups and channels are archived.');
    if (!canManage(principal, before)) throw new Forbidden(FOR_MANAGERS);
    return this.changed(
      principal,
      await this.conversations.archive(scopeOf(principal), id, isArchived, this.stamp(principal)),
    );
  }

  async assign(principal: Principal, id: string, agentId: string | null): Promise<ConversationView> {
    const conversation = await this.access.write(principal, id);
    if (conversation.kind !== 'support') throw new Forbidden('Only support conversations have an assignee.');
    if (agentId !== null) await this.agents.assertActive(principal.organizationId, [agentId]);
    return this.changed(
      principal,
      await this.conversations.assign(scopeOf(principal), id, agentId, this.stamp(principal)),
    );
  }

  /** Throws TeamNotFound. */
  async assignTeam(principal: Principal, id: string, teamId: string | null): Promise<ConversationView> {
    const conversation = await this.access.write(principal, id);
    if (conversation.kind !== 'support') throw new Forbidden('Only support conversations have a team.');
    if (teamId !== null) await this.teams.get(principal.organizationId, teamId);
    return this.changed(
      principal,
      await this.conversations.assignTeam(scopeOf(principal), id, teamId, this.stamp(principal)),
    );
  }

  async setStatus(
    principal: Principal,
    id: string,
    status: ConversationStatus,
    until: Date | null,
  ): Promise<ConversationView> {
    const conversation = await this.access.write(principal, id);
    if (conversation.kind !== 'support')
      throw new Forbidden('Only support conversations have a status to set.');
    const stamp = this.stamp(principal);
    if (status === 'snoozed' && until !== null && until <= stamp.at) {
      throw new ValidationFailed([{ path: 'until', message: 'must be in the future' }]);
    }
    await this.effects.flush();
    const change = {
      status,
      snoozedUntil: status === 'snoozed' ? until : null,
      resolvedAt: status === 'resolved' ? stamp.at : null,
    };
    return this.changed(principal, await this.conversations.setStatus(scopeOf(principal), id, change, stamp));
  }

  /** By its user; the last one counts. */
  async rate(principal: UserPrincipal, id: string, rating: Rating): Promise<ConversationView> {
    const { kind } = await this.access.write(principal, id);
    if (kind !== 'support') throw new Forbidden('Only support conversations are rated.');
    await this.rules.checkWords(principal, rating.comment ?? '');
    const by = this.stamp(principal);
    return this.changed(principal, await this.conversations.rate(scopeOf(principal), id, rating, by));
  }

  async addParticipants(
    principal: AgentPrincipal,
    id: string,
    agentIds: string[],
  ): Promise<ConversationView> {
    const conversation = await this.forMembersOf(principal, id, agentIds);
    if (conversation.archivedAt) throw new ConversationArchived();
    await this.agents.assertActive(principal.organizationId, agentIds);
    const stamp = this.stamp(principal);
    const changed = await this.conversations.addMembers(scopeOf(principal), id, agentIds, stamp);
    const added = agentIds.filter((agentId) => !conversation.memberIds.includes(agentId));
    const view = await this.changed(principal, changed);
    if (changed && added.length > 0)
      this.events.publish('participants.added', {
        conversation: changed,
        agentIds: added,
        by: senderOf(principal),
      });
    return view;
  }

  /** A public channel; who belongs to it already is simply shown it. */
  async join(principal: AgentPrincipal, id: string): Promise<ConversationView> {
    assertTeam(await this.access.see(principal, id), 'Only public channels are joined.');
    return this.addParticipants(principal, id, [principal.id]);
  }

  /** Delivery ends at once; who did not belong to it is out all the same. */
  async leave(principal: AgentPrincipal, id: string): Promise<void> {
    assertTeam(await this.access.see(principal, id), 'Only groups and channels are left.');
    await this.removeParticipants(principal, id, [principal.id]);
  }

  async removeParticipants(principal: AgentPrincipal, id: string, agentIds: string[]): Promise<void> {
    const { memberIds } = await this.removableBy(principal, id, agentIds);
    const changed = await this.conversations.removeMembers(
      scopeOf(principal),
      id,
      agentIds,
      this.stamp(principal),
    );
    this.access.forget(id);
    const removed = agentIds.filter((agentId) => memberIds.includes(agentId));
    if (!changed || removed.length === 0) return;
    const by = senderOf(principal);
    this.events.publish('participants.removed', { conversation: changed, agentIds: removed, by });
    this.publishChange(changed);
    await this.log.write(changed);
  }

  /** Anyone may join a public channel or leave; the rest is for members. A pair stays a pair. */
  private async forMembersOf(
    principal: AgentPrincipal,
    id: string,
    agentIds: string[],
  ): Promise<Conversation> {
    const conversation = await this.access.see(principal, id);
    if (conversation.kind === 'support' || conversation.kind === 'direct') {
      throw new Forbidden('Who belongs to this conversation cannot be changed.');
    }
    const isSelf = agentIds.every((agentId) => agentId === principal.id);
    if (!isSelf && !conversation.memberIds.includes(principal.id)) throw new NotParticipant();
    return conversation;
  }

  /** Everybody may go by themselves. Sending others away is for admins and for who made it. */
  private async removableBy(
    principal: AgentPrincipal,
    id: string,
    agentIds: string[],
  ): Promise<Conversation> {
    this.access.forget(id);
    const conversation = await this.forMembersOf(principal, id, agentIds);
    const isSelf = agentIds.every((agentId) => agentId === principal.id);
    if (!isSelf && !canManage(principal, conversation)) throw new Forbidden(FOR_MANAGERS);
    return conversation;
  }

  private checkMetadata(metadata: Record<string, unknown> = {}): void {
    const { metadataBytes } = this.config.chat;
    if (Buffer.byteLength(JSON.stringify(metadata)) > metadataBytes) {
      throw new InvalidMessage('metadata', `must have at most ${metadataBytes} bytes`);
    }
  }

  private async changed(principal: Principal, conversation: Conversation | null): Promise<ConversationView> {
    if (!conversation) throw new NotFound('chat');
    this.access.remember(conversation);
    this.publishChange(conversation);
    await this.log.write(conversation);
    return this.views.one(principal, conversation);
  }

  private stamp(principal: Principal): EventStamp {
    return { id: newId(), at: this.clock.now(), actor: senderOf(principal) };
  }

  private publishChange({ id, organizationId }: Conversation): void {
    this.events.publish('conversation.changed', { conversationId: id, organizationId, isUrgent: true });
  }

  private async draftFor(principal: Principal, body: CreateConversationBody): Promise<ConversationDraft> {
    const kind = body.kind ?? 'support';
    if (principal.type === 'agent' && kind !== 'support') return this.teamDraft(principal, kind, body);
    if (kind !== 'support') throw new Forbidden('Only agents talk among themselves.');
    const user = await this.userFor(principal, body);
    return {
      ...this.emptyDraft(principal, body, 'support'),
      environmentId: user.environmentId,
      // Whoever writes first to a customer means to go on with it.
      assigneeId: principal.type === 'agent' ? principal.id : null,
      user: { id: user.id, name: displayNameOf(user), avatarUrl: user.profile.avatarUrl },
    };
  }

  private async teamDraft(
    principal: AgentPrincipal,
    kind: Exclude<ConversationKind, 'support'>,
    body: CreateConversationBody,
  ): Promise<ConversationDraft> {
    const memberIds = [...new Set([principal.id, ...(body.agentIds ?? [])])];
    await this.agents.assertActive(principal.organizationId, memberIds);
    checkTeam(kind, memberIds, body);
    return {
      ...this.emptyDraft(principal, body, kind),
      memberIds,
      name: kind === 'direct' ? null : (body.name ?? null),
      description: kind === 'direct' ? null : (body.description ?? null),
      visibility: kind === 'channel' ? (body.visibility ?? 'public') : null,
      directKey: kind === 'direct' ? directKeyOf(memberIds) : null,
    };
  }

  private emptyDraft(
    principal: Principal,
    body: CreateConversationBody,
    kind: ConversationKind,
  ): ConversationDraft {
    const now = this.clock.now();
    return {
      id: newId(),
      organizationId: principal.organizationId,
      environmentId: null,
      kind,
      status: 'open',
      subject: body.subject ?? null,
      name: null,
      description: null,
      visibility: null,
      user: null,
      assigneeId: null,
      teamId: null,
      memberIds: [],
      membersRev: 0,
      creatorKey: `${principal.type}:${principal.id}`,
      archivedAt: null,
      slowModeSeconds: 0,
      priority: 'normal',
      tags: [],
      metadata: body.metadata ?? {},
      traceId: newId(),
      lastSeq: 0,
      lastRev: 0,
      minSeq: 1,
      lastMessage: null,
      lastPublicMessage: null,
      activityAt: now,
      snoozedUntil: null,
      resolvedAt: null,
      createdAt: now,
      updatedAt: now,
      events: [],
      rating: null,
      clientConversationId: body.clientConversationId ?? null,
      directKey: null,
    };
  }

  private async userFor(principal: Principal, body: CreateConversationBody): Promise<User> {
    if (principal.type === 'user') return this.ownUser(principal);
    const scope = scopeOf(principal, body.environmentId);
    if (body.userId === undefined && body.memberId === undefined) {
      throw new ValidationFailed([{ path: 'userId', message: 'is needed, or memberId' }]);
    }
    const user =
      body.userId !== undefined
        ? await this.users.find(scope, body.userId)
        : await this.users.findByMember(scope, body.memberId ?? '');
    if (!user) throw new NotFound('user');
    return user;
  }

  /** The user may have been erased between the look and the write: then nobody looks for it again. Throws NotFound. */
  private async eraseWithUser({ organizationId, environmentId, user }: Conversation): Promise<void> {
    if (!user || environmentId === null) return;
    const scope = { organizationId, environmentId };
    if (await this.users.find(scope, user.id)) return;
    await this.conversations.eraseOfUser(scope, user.id);
    throw new NotFound('user');
  }

  private async ownUser({ organizationId, environmentId, id }: UserPrincipal): Promise<User> {
    const user = await this.users.find({ organizationId, environmentId }, id);
    if (!user) throw new NotFound('user');
    if (user.blockedAt) throw new Blocked();
    return user;
  }
}

/** A creation that may be repeated says its first message once, also when only the conversation was given an id. */
function firstMessageOf({
  message,
  clientConversationId,
}: CreateConversationBody): SendMessageBody | undefined {
  return message && { ...message, clientMessageId: message.clientMessageId ?? clientConversationId };
}

function assertTeam({ kind }: Conversation, otherwise: string): void {
  if (kind === 'support' || kind === 'direct') throw new WrongKind(otherwise);
}

/** Names are for members to give; how fast they talk is decided by those who manage it. */
function checkPatch(principal: Principal, conversation: Conversation, patch: ConversationPatch): void {
  const { name, description, slowModeSeconds } = patch;
  if (name !== undefined || description !== undefined) {
    assertTeam(conversation, 'Only groups and channels have a name and a description.');
  }
  const isOfAgents = principal.type === 'agent' && conversation.kind !== 'support';
  if (slowModeSeconds !== undefined && isOfAgents && !canManage(principal, conversation)) {
    throw new Forbidden(FOR_MANAGERS);
  }
}

function checkTeam(
  kind: Exclude<ConversationKind, 'support'>,
  memberIds: readonly string[],
  { name }: CreateConversationBody,
): void {
  if (kind === 'direct' && memberIds.length !== 2) {
    throw new ValidationFailed([{ path: 'agentIds', message: 'must name one other agent' }]);
  }
  if (kind === 'group' && memberIds.length < 2) {
    throw new ValidationFailed([{ path: 'agentIds', message: 'must name at least one other agent' }]);
  }
  if (kind === 'channel' && !name?.trim()) {
    throw new ValidationFailed([{ path: 'name', message: 'is needed for a channel' }]);
  }
}

function viewerOf(principal: Principal): Viewer {
  return principal.type === 'partner' ? { type: 'partner' } : { type: principal.type, id: principal.id };
}

function cursorFrom(cursor: string): ConversationCursor {
  const [activityAt = '', id = ''] = decodeCursor(cursor, 2);
  const date = new Date(activityAt);
  if (Number.isNaN(date.getTime())) {
    throw new ValidationFailed([{ path: 'cursor', message: 'is not a cursor from an earlier page' }]);
  }
  return { activityAt: date, id };
}
