import type { EnvironmentScope } from '../../common/access/principal.js';
import type { UserView } from '../../contracts/users.js';

export interface UserUpdated {
  scope: EnvironmentScope;
  user: UserView;
}

export interface UserErased {
  scope: EnvironmentScope;
  userId: string;
  receiptId: string;
}

declare module '../../common/events/domain-events.js' {
  interface DomainEvents {
    'user.updated': UserUpdated;
    'user.erased': UserErased;
  }
}
