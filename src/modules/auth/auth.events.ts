export interface SessionEnded {
  sessionId: string;
  organizationId: string;
  agentId: string;
}

export interface PasswordForgotten {
  resetId: string;
}

declare module '../../common/events/domain-events.js' {
  interface DomainEvents {
    'session.ended': SessionEnded;
    'password.forgotten': PasswordForgotten;
  }
}
