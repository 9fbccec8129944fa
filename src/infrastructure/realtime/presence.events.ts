import type { PresenceState } from '../../contracts/socket.js';

/** Somebody came, or went and did not come back; on the node where they did. It may be as it was before. */
export interface PresenceAnnounced {
  state: PresenceState;
}

declare module '../../common/events/domain-events.js' {
  interface DomainEvents {
    'presence.announced': PresenceAnnounced;
  }
}
