import type { EnvironmentScope, Scope } from '../../../common/access/principal.js';
import type { UserIdentity } from '../../../contracts/users.js';
import type { UserEvent } from '../user-event.js';
import type { ErasedContent } from '../ports.js';
import { searchTextOf } from '../user-search.js';
import { MemberTaken } from '../user.errors.js';
import { UserRepository, type Erasure, type UserSearch } from '../user.repository.js';
import type { MemberIdentity, User } from '../user.js';

type Owned = Pick<User, 'organizationId' | 'environmentId'>;

export class InMemoryUserRepository extends UserRepository {
  private readonly users = new Map<string, User>();
  private readonly erasures = new Map<string, Erasure>();
  private readonly leases = new Map<string, number>();

  async insertOrFind(_scope: EnvironmentScope, user: User): Promise<User> {
    const first = this.twinOf(user);
    if (!first) this.users.set(user.id, structuredClone(user));
    return structuredClone(first ?? user);
  }

  async find(scope: Scope, id: string): Promise<User | null> {
    return this.findNow(scope, id);
  }

  async findInEnvironment(environmentId: string, id: string): Promise<User | null> {
    const user = this.users.get(id);
    return user?.environmentId === environmentId ? structuredClone(user) : null;
  }

  async findMany(scope: Scope, ids: readonly string[]): Promise<User[]> {
    return this.all(scope).filter(({ id }) => ids.includes(id));
  }

  async identitiesOf(ids: readonly string[]): Promise<Map<string, UserIdentity>> {
    const found = ids.flatMap((id) => this.users.get(id) ?? []);
    return new Map(found.map(({ id, identity }) => [id, identity]));
  }

  async findMember(scope: Scope, memberId: string, identity: MemberIdentity): Promise<User | null> {
    return this.all(scope).find((user) => user.memberId === memberId && user.identity === identity) ?? null;
  }

  async list(scope: Scope, { words, afterId, limit }: UserSearch): Promise<User[]> {
    return this.all(scope)
      .filter((user) => words.every((word) => searchTextOf(user).includes(word)))
      .filter(({ id }) => afterId === null || id < afterId)
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, limit);
  }

  async update(scope: Scope, id: string, change: (user: User) => User | null): Promise<User | null> {
    const user = this.findNow(scope, id);
    const changed = user && change(user);
    if (!changed) return user;
    if (this.twinOf(changed)) throw new MemberTaken();
    this.users.set(id, structuredClone(changed));
    return changed;
  }

  async touchSeen(scope: Scope, id: string, at: Date): Promise<void> {
    const user = await this.find(scope, id);
    if (user && (user.lastSeenAt === null || user.lastSeenAt < at))
      this.users.set(id, { ...user, lastSeenAt: at });
  }

  async remove(scope: Scope, id: string): Promise<void> {
    if (await this.find(scope, id)) this.users.delete(id);
  }

  async findErasure(scope: Scope, userId: string): Promise<Erasure | null> {
    return this.findErasureNow(scope, userId);
  }

  async listErased(scope: EnvironmentScope, userIds: readonly string[]): Promise<string[]> {
    const erasures = [...this.erasures.values()].filter((erasure) => isWithin(scope, erasure));
    return erasures.map(({ userId }) => userId).filter((id) => userIds.includes(id));
  }

  async beginErasure(scope: EnvironmentScope, erasure: Erasure): Promise<Erasure> {
    const begun = this.findErasureNow(scope, erasure.userId);
    if (!begun) this.erasures.set(erasure.id, structuredClone(erasure));
    return begun ?? structuredClone(erasure);
  }

  async claimErasure(scope: EnvironmentScope, id: string, now: Date, leaseMs: number): Promise<boolean> {
    const erasure = this.erasures.get(id);
    const isTaken = (this.leases.get(id) ?? 0) > now.getTime();
    if (!erasure || !isWithin(scope, erasure) || erasure.erased || isTaken) return false;
    this.leases.set(id, now.getTime() + leaseMs);
    return true;
  }

  async giveBackErasure(scope: EnvironmentScope, id: string): Promise<void> {
    const erasure = this.erasures.get(id);
    if (erasure && isWithin(scope, erasure)) this.leases.delete(id);
  }

  async finishErasure(
    scope: EnvironmentScope,
    id: string,
    erased: ErasedContent,
    untold: UserEvent | null,
  ): Promise<void> {
    const erasure = this.erasures.get(id);
    if (erasure && isWithin(scope, erasure)) this.erasures.set(id, { ...erasure, erased, untold });
  }

  async listUntold(before: Date, limit: number): Promise<User[]> {
    const untold = [...this.users.values()].filter(({ events }) => events.some(({ at }) => at <= before));
    return structuredClone(untold.slice(0, limit));
  }

  async completeEvents(scope: EnvironmentScope, id: string, eventIds: readonly string[]): Promise<void> {
    const user = this.users.get(id);
    if (user && isWithin(scope, user)) user.events = user.events.filter((one) => !eventIds.includes(one.id));
  }

  async listUntoldErasures(before: Date, limit: number): Promise<Erasure[]> {
    const untold = [...this.erasures.values()].filter((one) => one.untold && one.untold.at <= before);
    return structuredClone(untold.slice(0, limit));
  }

  async completeErasure(scope: EnvironmentScope, id: string): Promise<void> {
    const erasure = this.erasures.get(id);
    if (erasure && isWithin(scope, erasure)) erasure.untold = null;
  }

  /** Without a pause between reading and writing: two writers at the same moment come one after the other. */
  private findNow(scope: Scope, id: string): User | null {
    return this.all(scope).find((user) => user.id === id) ?? null;
  }

  private findErasureNow(scope: Scope, userId: string): Erasure | null {
    const found = [...this.erasures.values()].find(
      (erasure) => erasure.userId === userId && isWithin(scope, erasure),
    );
    return found ? structuredClone(found) : null;
  }

  private all(scope: Scope): User[] {
    return structuredClone([...this.users.values()].filter((user) => isWithin(scope, user)));
  }

  private twinOf({ id, environmentId, memberId, identity }: User): User | undefined {
    if (memberId === null) return undefined;
    return [...this.users.values()].find(
      (other) =>
        other.id !== id &&
        other.environmentId === environmentId &&
        other.memberId === memberId &&
        other.identity === identity,
    );
  }
}

function isWithin({ organizationId, environmentId }: Scope, owned: Owned): boolean {
  return (
    owned.organizationId === organizationId &&
    (environmentId === undefined || owned.environmentId === environmentId)
  );
}
