import { Injectable } from '@nestjs/common';
import { scopeOf, type AgentPrincipal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { Forbidden, NotFound, ValidationFailed } from '../../common/errors/common.errors.js';
import type { DomainError } from '../../common/errors/domain-error.js';
import { toRefusal } from '../../common/errors/wire-error.js';
import { DomainEventBus } from '../../common/events/domain-events.js';
import { isId, newId } from '../../common/ids.js';
import type { BulkChangeBody, BulkChangeResult } from '../../contracts/chat.js';
import { RateLimits } from '../../infrastructure/limits/rate-limits.js';
import { AgentService } from '../agent/agent.service.js';
import { TeamService } from '../agent/team.service.js';
import { InvalidMessage } from './chat.errors.js';
import './chat.events.js';
import { ConversationAccess } from './conversation-access.js';
import type { EventStamp } from './conversation-event.js';
import { ConversationLog } from './conversation-log.js';
import { canSee, MAX_TAGS, senderOf, type Conversation } from './conversation.js';
import { ConversationRepository, type CombinedChange, type TagChange } from './conversation.repository.js';
import { MessageEffects } from './message-effects.js';

const PER_MINUTE = 30;
/** So many events are said at once, and others served meanwhile. */
const SAID_AT_ONCE = 10;

/** One change for many support conversations, in as many round trips as for one. */
@Injectable()
export class ConversationBulkService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly access: ConversationAccess,
    private readonly log: ConversationLog,
    private readonly effects: MessageEffects,
    private readonly agents: AgentService,
    private readonly teams: TeamService,
    private readonly limits: RateLimits,
    private readonly events: DomainEventBus,
    private readonly clock: Clock,
  ) {}

  /** What is wrong for all of them is thrown before anything is changed. One that cannot be changed stops no other. */
  async change(
    principal: AgentPrincipal,
    body: BulkChangeBody,
    requestId: string,
  ): Promise<BulkChangeResult> {
    await this.limits.consume('bulk', `agent:${principal.id}`, PER_MINUTE);
    await this.check(principal, body);
    await this.effects.flush();
    const ids = [...new Set(body.ids)];
    const refusals = await this.refusalsOf(principal, ids, body);
    const accepted = ids.filter((id) => !refusals.has(id));
    const changes = accepted.map((id) => this.combined(principal, id, body));
    const changed = await this.conversations.changeMany(scopeOf(principal), changes);
    this.tellInboxes(changed);
    // Nobody waits for what is said in a hundred conversations; what is lost here, the relay says.
    void this.sayInEach(changed);
    const done = new Set(changed.map(({ id }) => id));
    return {
      items: ids.map((id) => (done.has(id) ? { id, ok: true } : refusedItem(id, refusals, requestId))),
    };
  }

  private async check({ organizationId }: AgentPrincipal, body: BulkChangeBody): Promise<void> {
    const { assigneeId, teamId, status, until } = body;
    if (assigneeId) await this.agents.assertActive(organizationId, [assigneeId]);
    if (teamId) await this.teams.get(organizationId, teamId);
    if (status === 'snoozed' && until && new Date(until) <= this.clock.now())
      throw new ValidationFailed([{ path: 'until', message: 'must be in the future' }]);
  }

  private async refusalsOf(
    principal: AgentPrincipal,
    ids: readonly string[],
    body: BulkChangeBody,
  ): Promise<Map<string, DomainError>> {
    const found = await this.conversations.findMany(scopeOf(principal), ids.filter(isId));
    const known = new Map(found.map((conversation) => [conversation.id, conversation]));
    return new Map(
      ids.flatMap((id) => {
        const refusal = refusalOf(principal, known.get(id), tagsOf(body));
        return refusal ? [[id, refusal] as const] : [];
      }),
    );
  }

  private combined(principal: AgentPrincipal, id: string, body: BulkChangeBody): CombinedChange {
    const { assigneeId, teamId, priority, status, until } = body;
    const at = this.clock.now();
    const by = (): EventStamp => ({ id: newId(), at, actor: senderOf(principal) });
    const tags = tagsOf(body);
    const change: CombinedChange = { id };
    if (tags.add.length + tags.remove.length > 0) change.tags = { change: tags, by: by() };
    if (priority) change.priority = { to: priority, by: by() };
    if (teamId !== undefined) change.team = { id: teamId, by: by() };
    if (assigneeId !== undefined) change.assignee = { id: assigneeId, by: by() };
    if (status) {
      const snoozedUntil = status === 'snoozed' && until ? new Date(until) : null;
      const resolvedAt = status === 'resolved' ? at : null;
      change.status = { change: { status, snoozedUntil, resolvedAt }, by: by() };
    }
    return change;
  }

  /** Together, in a moment. */
  private tellInboxes(changed: readonly Conversation[]): void {
    for (const conversation of changed) {
      const { id: conversationId, organizationId } = conversation;
      this.access.remember(conversation);
      this.events.publish('conversation.changed', { conversationId, organizationId, isUrgent: false });
    }
  }

  private async sayInEach(changed: readonly Conversation[]): Promise<void> {
    const waiting = [...changed];
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await this.log.write(next);
    };
    await Promise.all(Array.from({ length: SAID_AT_ONCE }, work));
  }
}

function tagsOf({ addTags = [], removeTags = [] }: BulkChangeBody): TagChange {
  return { add: addTags, remove: removeTags };
}

function refusalOf(
  principal: AgentPrincipal,
  conversation: Conversation | undefined,
  { add, remove }: TagChange,
): DomainError | null {
  if (!conversation || !canSee(principal, conversation)) return new NotFound('chat');
  if (conversation.kind !== 'support')
    return new Forbidden('Only support conversations are changed together.');
  const kept = conversation.tags.filter((tag) => !remove.includes(tag));
  if (new Set([...kept, ...add]).size > MAX_TAGS)
    return new InvalidMessage('addTags', `a conversation has at most ${MAX_TAGS} tags`);
  return null;
}

/** Or it went away in between. */
function refusedItem(id: string, refusals: Map<string, DomainError>, requestId: string) {
  const { error } = toRefusal(refusals.get(id) ?? new NotFound('chat'), requestId);
  return { id, ok: false, error };
}
