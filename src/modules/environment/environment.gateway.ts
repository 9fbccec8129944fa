import { OnDomainEvent } from '../../common/events/domain-events.js';
import { Realtime } from '../../infrastructure/realtime/realtime.js';
import { RealtimeGateway } from '../../infrastructure/realtime/realtime-gateway.js';
import { environmentUsersRoom, organizationAgentsRoom } from '../../infrastructure/realtime/rooms.js';
import type { EnvironmentUpdated } from './environment.events.js';

@RealtimeGateway()
export class EnvironmentGateway {
  constructor(private readonly realtime: Realtime) {}

  @OnDomainEvent('environment.updated')
  tellAgentsAndVisitors({ scope: { organizationId, environmentId }, widget }: EnvironmentUpdated): void {
    this.realtime.emit(organizationAgentsRoom(organizationId), 'environment:updated', { environmentId });
    this.realtime.emit(environmentUsersRoom(environmentId), 'environment:updated', {
      environmentId,
      settings: widget,
    });
  }
}
