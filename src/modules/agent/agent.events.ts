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

/** The picture that lies under the key is shown no more. */
export interface PictureReplaced {
  key: string;
}

declare module '../../common/events/domain-events.js' {
  interface DomainEvents {
    'agent.updated': AgentUpdated;
    'agent.disabled': AgentDisabled;
    'agent.picture_replaced': PictureReplaced;
    'agent.invited': AgentInvited;
  }
}
