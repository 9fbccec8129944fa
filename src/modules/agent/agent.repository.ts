import type { Scope } from '../../common/access/principal.js';
import type { AgentPreferences, NotificationSettings } from '../../contracts/tenants.js';
import type { Account, Agent, AgentStatus } from './agent.js';

export type AgentChanges = Partial<
  Pick<Agent, 'role' | 'name' | 'availability' | 'signedInAt' | 'disabledAt'> & AgentStatus & AgentPreferences
>;

/** `key`: of the picture that was uploaded here, if it was. */
export interface Picture {
  url: string;
  key: string | null;
}

export abstract class AgentRepository {
  /** Throws AlreadyMember. */
  abstract insert(agent: Agent): Promise<void>;
  /** Disabled ones too. */
  abstract find(scope: Scope, id: string): Promise<Agent | null>;
  abstract findByAccount(scope: Scope, accountId: string): Promise<Agent | null>;
  abstract findByEmail(scope: Scope, email: string): Promise<Agent | null>;
  abstract findMany(scope: Scope, ids: readonly string[]): Promise<Agent[]>;
  /** Active ones, oldest first, after the id given. */
  abstract page(scope: Scope, afterId: string | null, limit: number): Promise<Agent[]>;
  abstract update(scope: Scope, id: string, changes: AgentChanges): Promise<Agent | null>;
  /** Of several at once, each keeps what the others do not name. */
  abstract setNotifications(
    scope: Scope,
    id: string,
    changes: Partial<NotificationSettings>,
  ): Promise<Agent | null>;
  /** Answers the key of the picture that goes: of several that come at once, each takes the place of another. */
  abstract replacePicture(scope: Scope, id: string, picture: Picture | null): Promise<string | null>;
  /** Takes back what has expired, and answers whose it was; of two who ask at once, each gets others. Over tenants. */
  abstract takeExpiredStatuses(now: Date, limit: number): Promise<Agent[]>;
  /** Locks the owners until the transaction ends, so that two of them cannot both stop being the last but one. */
  abstract lockOwnerIds(scope: Scope): Promise<string[]>;
  /** All active memberships of an account, most recently used first. Over tenants: they are the account's own. */
  abstract listByAccount(accountId: string): Promise<Agent[]>;
  /** Active ones among these, for the sockets of a node. Over tenants. */
  abstract findActive(ids: readonly string[]): Promise<Agent[]>;
}

export abstract class AccountRepository {
  /** Throws EmailTaken. */
  abstract insert(account: Account): Promise<void>;
  abstract find(id: string): Promise<Account | null>;
  abstract findByEmail(email: string): Promise<Account | null>;
}
