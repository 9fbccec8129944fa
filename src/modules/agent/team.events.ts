export interface TeamRemoved {
  organizationId: string;
  teamId: string;
}

declare module '../../common/events/domain-events.js' {
  interface DomainEvents {
    'team.removed': TeamRemoved;
  }
}
