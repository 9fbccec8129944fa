import type { EnvironmentScope, Scope } from '../../common/access/principal.js';
import type { UserIdentity } from '../../contracts/users.js';
import type { MemberIdentity, User } from './user.js';
import type { UserEvent } from './user-event.js';
import type { ErasedContent } from './ports.js';

export interface UserSearch {
  /** Parts of name, e-mail, phone or member id that must all occur. */
  words: readonly string[];
  /** The id of the last user of the page before. */
  afterId: string | null;
  limit: number;
}

/** The proof that a user is gone; `erased` is null while the erasure runs. */
export interface Erasure {
  id: string;
  organizationId: string;
  environmentId: string;
  userId: string;
  startedAt: Date;
  erased: ErasedContent | null;
  /** That it is over, until it has been told outside; null when it was, or nobody asks for it. */
  untold: UserEvent | null;
}

export abstract class UserRepository {
  /** Answers the user of this member id and identity when there is one already: the store decides races. */
  abstract insertOrFind(scope: EnvironmentScope, user: User): Promise<User>;
  abstract find(scope: Scope, id: string): Promise<User | null>;
  /** For the handshake, which knows the environment before the organization. */
  abstract findInEnvironment(environmentId: string, id: string): Promise<User | null>;
  abstract findMany(scope: Scope, ids: readonly string[]): Promise<User[]>;
  /** By id, of those that are there. Without a tenant: the ids are of those who were let in. */
  abstract identitiesOf(ids: readonly string[]): Promise<Map<string, UserIdentity>>;
  abstract findMember(scope: Scope, memberId: string, identity: MemberIdentity): Promise<User | null>;
  /** Newest first. */
  abstract list(scope: Scope, search: UserSearch): Promise<User[]>;
  /**
   * Stores what `change` makes of the newest state; asks again when another writer was faster. A null of `change`
   * leaves the user as it is and is answered. Throws MemberTaken.
   */
  abstract update(scope: Scope, id: string, change: (user: User) => User | null): Promise<User | null>;
  /** Forward only. */
  abstract touchSeen(scope: Scope, id: string, at: Date): Promise<void>;
  abstract remove(scope: Scope, id: string): Promise<void>;

  abstract findErasure(scope: Scope, userId: string): Promise<Erasure | null>;
  /** Those among them whose erasure runs or ran. */
  abstract listErased(scope: EnvironmentScope, userIds: readonly string[]): Promise<string[]>;
  /** Answers the one that runs or ran already. */
  abstract beginErasure(scope: EnvironmentScope, erasure: Erasure): Promise<Erasure>;
  /** To whom asks first, for so long or until it is over or given back: false for all others. */
  abstract claimErasure(scope: EnvironmentScope, id: string, now: Date, leaseMs: number): Promise<boolean>;
  abstract giveBackErasure(scope: EnvironmentScope, id: string): Promise<void>;
  abstract finishErasure(
    scope: EnvironmentScope,
    id: string,
    erased: ErasedContent,
    untold: UserEvent | null,
  ): Promise<void>;

  /** Those with events from before that moment, of every tenant: whoever noted them did not come to tell them. */
  abstract listUntold(before: Date, limit: number): Promise<User[]>;
  /** Takes events off that have been told. */
  abstract completeEvents(scope: EnvironmentScope, id: string, eventIds: readonly string[]): Promise<void>;
  /** As listUntold. */
  abstract listUntoldErasures(before: Date, limit: number): Promise<Erasure[]>;
  /** It has been told. */
  abstract completeErasure(scope: EnvironmentScope, id: string): Promise<void>;
}
