import type { OrganizationView } from '../../contracts/tenants.js';

export interface OrganizationUpdated {
  organization: OrganizationView;
}

declare module '../../common/events/domain-events.js' {
  interface DomainEvents {
    'organization.updated': OrganizationUpdated;
  }
}
