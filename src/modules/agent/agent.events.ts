import type { AgentView } from '../../contracts/tenants.js';

export interface AgentUpdated {
  organizationId: string;
  agent: AgentView;
}

export interface AgentDisabled {
  organizationId: string;
  agentId: string;
}

export interface AgentInvited {
  organizationId: string;
  invitationId: string;
}

declare module '../../common/events/domain-events.js' {
  interface DomainEvents {
    'agent.updated': AgentUpdated;
    'agent.disabled': AgentDisabled;
    'agent.invited': AgentInvited;
  }
}
