import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { OnDomainEvent } from '../../common/events/domain-events.js';
import type { Ack } from '../../contracts/common.js';
import { Sheds } from '../../infrastructure/limits/load.guard.js';
import { Realtime } from '../../infrastructure/realtime/realtime.js';
import { ok, RealtimeGateway } from '../../infrastructure/realtime/realtime-gateway.js';
import { organizationAgentsRoom } from '../../infrastructure/realtime/rooms.js';
import type { AgentUpdated } from './agent.events.js';
import { AgentService } from './agent.service.js';
import { SetPresenceDto } from './dto/agent-request.dto.js';

@RealtimeGateway()
export class AgentGateway {
  constructor(
    private readonly agents: AgentService,
    private readonly realtime: Realtime,
  ) {}

  @SubscribeMessage('presence:set')
  @Access('presence.set')
  @Sheds('signal')
  async setPresence(
    @CurrentPrincipal() principal: AgentPrincipal,
    @MessageBody() body: SetPresenceDto,
  ): Promise<Ack<Record<string, never>>> {
    await this.agents.updateSelf(principal, body);
    return ok({});
  }

  @OnDomainEvent('agent.updated')
  tellTheAgents({ organizationId, agent }: AgentUpdated): void {
    this.realtime.emit(organizationAgentsRoom(organizationId), 'agent:updated', { agent });
  }
}
