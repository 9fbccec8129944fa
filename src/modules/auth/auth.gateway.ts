import { OnDomainEvent } from '../../common/events/domain-events.js';
import { Realtime } from '../../infrastructure/realtime/realtime.js';
import { RealtimeGateway } from '../../infrastructure/realtime/realtime-gateway.js';
import { principalRoom, sessionRoom } from '../../infrastructure/realtime/rooms.js';
import type { AgentDisabled } from '../agent/agent.events.js';
import type { SessionEnded } from './auth.events.js';
import { SessionService } from './session.service.js';

@RealtimeGateway()
export class AuthGateway {
  constructor(
    private readonly sessions: SessionService,
    private readonly realtime: Realtime,
  ) {}

  @OnDomainEvent('session.ended')
  closeItsSockets({ sessionId }: SessionEnded): void {
    this.realtime.end(sessionRoom(sessionId), 'session:ended');
  }

  @OnDomainEvent('agent.disabled')
  async closeAllSockets({ agentId }: AgentDisabled): Promise<void> {
    this.realtime.end(principalRoom({ type: 'agent', id: agentId }), 'session:ended');
    await this.sessions.end({ agentId });
  }
}
