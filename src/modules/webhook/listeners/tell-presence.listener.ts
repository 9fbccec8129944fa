import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { OnDomainEvent } from '../../../common/events/domain-events.js';
import { EventSink, type OutwardEvent } from '../../../common/events/event-sink.js';
import type { AgentView } from '../../../contracts/tenants.js';
import type { WebhookAgent } from '../../../contracts/webhooks.js';
import type { PresenceChanged } from '../../../infrastructure/realtime/presence.events.js';
import type { AgentUpdated } from '../../agent/agent.events.js';
import { AgentService } from '../../agent/agent.service.js';
import { EnvironmentService } from '../../environment/environment.service.js';
import { ToldPresence } from '../told-presence.js';

/**
 * Tells outside who of the agents is there. On the node that found out, and no more surely than presence itself is
 * known: a crash loses it, and what two nodes tell within the same second is one.
 */
@Injectable()
export class TellPresenceListener {
  constructor(
    private readonly agents: AgentService,
    private readonly environments: EnvironmentService,
    private readonly sink: EventSink,
    private readonly told: ToldPresence,
    private readonly clock: Clock,
  ) {}

  /** Of the change itself, whatever came after it: that is told by itself. */
  @OnDomainEvent('presence.changed')
  async presenceChanged({ state: { principal, status } }: PresenceChanged): Promise<void> {
    const [agent] = await this.agents.findActiveMany([principal.id]);
    if (!agent) return;
    const view = await this.agents.view(agent);
    await this.tell(agent.organizationId, { ...view, presence: status });
  }

  @OnDomainEvent('agent.updated')
  agentUpdated({ organizationId, agent }: AgentUpdated): Promise<void> {
    return this.tell(organizationId, agent);
  }

  private async tell(organizationId: string, view: AgentView): Promise<void> {
    const environmentIds = await this.environments.listIds(organizationId);
    const wanted = await Promise.all(
      environmentIds.map((id) => this.sink.isWanted(id, 'agent.presence_changed')),
    );
    const listening = environmentIds.filter((_, index) => wanted[index]);
    const agent = toWebhookAgent(view);
    const state = JSON.stringify([agent.presence, agent.availability, agent.statusEmoji, agent.statusText]);
    if (listening.length === 0 || !(await this.told.isNews(agent.id, state))) return;
    await this.sink.record(listening.map((id) => this.eventOf(organizationId, id, agent, state)));
  }

  private eventOf(
    organizationId: string,
    environmentId: string,
    agent: WebhookAgent,
    state: string,
  ): OutwardEvent {
    const type = 'agent.presence_changed';
    const at = this.clock.now();
    const second = Math.floor(at.getTime() / 1_000);
    const where = { organizationId, environmentId, conversationId: null, userId: null };
    const performedBy = { type: 'agent' as const, id: agent.id, name: agent.name };
    const id = `${type} ${agent.id} ${state} ${second}`;
    return { ...where, id, type, at, performedBy, isNote: false, data: { agent } };
  }
}

function toWebhookAgent(view: AgentView): WebhookAgent {
  const { id, name, presence, availability, statusEmoji, statusText } = view;
  return { id, name, presence, availability, statusEmoji, statusText };
}
