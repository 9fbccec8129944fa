import type { EnvironmentScope } from '../../common/access/principal.js';
import type { UserView } from '../../contracts/users.js';

export interface UserUpdated {
  scope: EnvironmentScope;
  user: UserView;
}

/** An anonymous visitor has become a member: what was opened without proof must not go on. */
export interface UserPromoted {
  scope: EnvironmentScope;
  userId: string;
}

export interface UserErased {
  scope: EnvironmentScope;
  userId: string;
  receiptId: string;
}

declare module '../../common/events/domain-events.js' {
  interface DomainEvents {
    'user.updated': UserUpdated;
    'user.promoted': UserPromoted;
    'user.erased': UserErased;
  }
}
