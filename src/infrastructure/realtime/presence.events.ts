import type { PresenceState } from '../../contracts/socket.js';

/** The status of an agent is another. Once for each change, on whichever node found out first. */
export interface PresenceChanged {
  state: PresenceState;
}

declare module '../../common/events/domain-events.js' {
  interface DomainEvents {
    'presence.changed': PresenceChanged;
  }
}
