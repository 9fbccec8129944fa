import { OnDomainEvent } from '../../common/events/domain-events.js';
import { Realtime } from '../../infrastructure/realtime/realtime.js';
import { RealtimeGateway } from '../../infrastructure/realtime/realtime-gateway.js';
import { organizationAgentsRoom } from '../../infrastructure/realtime/rooms.js';
import type { OrganizationUpdated } from './organization.events.js';

@RealtimeGateway()
export class OrganizationGateway {
  constructor(private readonly realtime: Realtime) {}

  @OnDomainEvent('organization.updated')
  tellTheAgents({ organization }: OrganizationUpdated): void {
    this.realtime.emit(organizationAgentsRoom(organization.id), 'organization:updated', { organization });
  }
}
