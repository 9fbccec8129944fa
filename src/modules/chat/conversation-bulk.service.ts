import { Injectable, Logger } from '@nestjs/common';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { toRefusal } from '../../common/errors/wire-error.js';
import type { BulkChangeBody, BulkChangeResult } from '../../contracts/chat.js';
import { RateLimits } from '../../infrastructure/limits/rate-limits.js';
import { AgentService } from '../agent/agent.service.js';
import { TeamService } from '../agent/team.service.js';
import { ConversationService } from './conversation.service.js';

type Item = BulkChangeResult['items'][number];

const PER_MINUTE = 30;
/** So many at once that they are soon done, and few enough that others are served meanwhile. */
const AT_ONCE = 5;

/** One change for many conversations, each as if it were made by hand. */
@Injectable()
export class ConversationBulkService {
  private readonly logger = new Logger(ConversationBulkService.name);

  constructor(
    private readonly conversations: ConversationService,
    private readonly agents: AgentService,
    private readonly teams: TeamService,
    private readonly limits: RateLimits,
  ) {}

  /** Whom it is to be given to is checked once, before anything is changed. One that fails stops no other. */
  async change(
    principal: AgentPrincipal,
    body: BulkChangeBody,
    requestId: string,
  ): Promise<BulkChangeResult> {
    const { organizationId } = principal;
    await this.limits.consume('bulk', `agent:${principal.id}`, PER_MINUTE);
    if (body.assigneeId) await this.agents.assertActive(organizationId, [body.assigneeId]);
    if (body.teamId) await this.teams.get(organizationId, body.teamId);
    const items = new Map<string, Item>();
    const waiting = [...new Set(body.ids)];
    const work = async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift())
        items.set(id, await this.attempt(principal, id, body, requestId));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return { items: [...new Set(body.ids)].map((id) => items.get(id)!) };
  }

  private async attempt(
    principal: AgentPrincipal,
    id: string,
    body: BulkChangeBody,
    requestId: string,
  ): Promise<Item> {
    try {
      await this.changeOne(principal, id, body);
      return { id, ok: true };
    } catch (thrown) {
      const { error, isUnexpected } = toRefusal(thrown, requestId);
      if (isUnexpected) this.logger.error({ err: thrown, requestId }, 'one of many changes failed');
      return { id, ok: false, error };
    }
  }

  private async changeOne(principal: AgentPrincipal, id: string, body: BulkChangeBody): Promise<void> {
    const { status, until, assigneeId, teamId, addTags = [], removeTags = [], priority } = body;
    if (addTags.length > 0 || removeTags.length > 0)
      await this.conversations.retag(principal, id, { add: addTags, remove: removeTags });
    if (priority) await this.conversations.update(principal, id, { priority });
    if (teamId !== undefined) await this.conversations.assignTeam(principal, id, teamId);
    if (assigneeId !== undefined) await this.conversations.assign(principal, id, assigneeId);
    if (status) await this.conversations.setStatus(principal, id, status, until ? new Date(until) : null);
  }
}
