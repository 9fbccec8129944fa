export interface SessionEnded {
  sessionId: string;
  organizationId: string;
  agentId: string;
}

declare module '../../common/events/domain-events.js' {
  interface DomainEvents {
    'session.ended': SessionEnded;
  }
}
