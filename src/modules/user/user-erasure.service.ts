import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { performerOf } from '../../common/access/performer.js';
import type { EnvironmentScope, Principal, Scope } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { Unavailable } from '../../common/errors/common.errors.js';
import { EventSink } from '../../common/events/event-sink.js';
import { DomainEventBus } from '../../common/events/domain-events.js';
import { newId } from '../../common/ids.js';
import type { ErasureReceipt } from '../../contracts/users.js';
import { OutwardUsers } from './outward-users.js';
import { UserContentEraser, type ErasedContent } from './ports.js';
import { TrackedEventRepository } from './tracked-event.repository.js';
import { UserNotFound } from './user.errors.js';
import { UserRepository, type Erasure } from './user.repository.js';
import { scopeOfUser } from './user.js';
import { UserService } from './user.service.js';

/** Whoever died at it is followed by the next who asks. */
const LEASE_MS = 60_000;
const WAIT_MS = 10_000;
const LOOK_MS = 100;

/**
 * Forgets a user. Several stores of facts are involved and no transaction spans them, so the erasure is written
 * down first: repeated after a failure it goes on, repeated after its end it answers the same receipt.
 */
@Injectable()
export class UserErasureService {
  constructor(
    private readonly users: UserRepository,
    private readonly service: UserService,
    private readonly content: UserContentEraser,
    private readonly tracked: TrackedEventRepository,
    private readonly events: DomainEventBus,
    private readonly clock: Clock,
    private readonly sink: EventSink,
    private readonly outward: OutwardUsers,
  ) {}

  /** Throws UserNotFound, Unavailable while another is long at it. */
  async erase(scope: Scope, userId: string, by: Principal): Promise<ErasureReceipt> {
    const erasure = (await this.users.findErasure(scope, userId)) ?? (await this.begin(scope, userId));
    const erased = erasure.erased ?? (await this.runOnce(erasure, by));
    return { id: erasure.id, userId, erasedAt: erasure.startedAt.toISOString(), erased };
  }

  /** Those among them who are erased, or are being: what comes of them from now on comes too late. */
  async erasedAmong(scope: EnvironmentScope, userIds: readonly string[]): Promise<Set<string>> {
    return new Set(await this.users.listErased(scope, userIds));
  }

  private async begin(scope: Scope, userId: string): Promise<Erasure> {
    const user = await this.users.find(scope, userId);
    if (!user) return this.begunMeanwhile(scope, userId);
    const own = scopeOfUser(user);
    return this.users.beginErasure(own, {
      id: newId(),
      ...own,
      userId,
      startedAt: this.clock.now(),
      erased: null,
      untold: null,
    });
  }

  private async begunMeanwhile(scope: Scope, userId: string): Promise<Erasure> {
    const begun = await this.users.findErasure(scope, userId);
    if (!begun) throw new UserNotFound();
    return begun;
  }

  /** Of several who ask at once one does it, and all answer what came of that. */
  private async runOnce(erasure: Erasure, by: Principal): Promise<ErasedContent> {
    const { id, userId, organizationId, environmentId } = erasure;
    const scope: EnvironmentScope = { organizationId, environmentId };
    for (let waited = 0; waited < WAIT_MS; waited += LOOK_MS) {
      if (await this.users.claimErasure(scope, id, this.clock.now(), LEASE_MS))
        return this.runClaimed(erasure, by);
      const found = await this.users.findErasure(scope, userId);
      if (found?.erased) return found.erased;
      await sleep(LOOK_MS);
    }
    throw new Unavailable();
  }

  private async runClaimed(erasure: Erasure, by: Principal): Promise<ErasedContent> {
    try {
      return await this.run(erasure, by);
    } catch (error) {
      // Where the store is away, whoever asks again waits for the end of the lease.
      await this.users.giveBackErasure(erasure, erasure.id).catch(() => undefined);
      throw error;
    }
  }

  /** The user goes first and its sockets with it: nothing new can come while the rest is removed. */
  private async run(erasure: Erasure, by: Principal): Promise<ErasedContent> {
    const { id, userId, organizationId, environmentId } = erasure;
    const scope: EnvironmentScope = { organizationId, environmentId };
    await this.users.remove(scope, userId);
    this.service.forgetPrincipal(environmentId, userId);
    this.events.publish('user.erased', { scope, userId, receiptId: id });
    const erased = await this.content.erase(scope, userId);
    await this.tracked.eraseOfUser(scope, userId);
    await this.sink.eraseOfUser(scope, userId);
    const untold = await this.outward.note(environmentId, 'user.erased', performerOf(by));
    await this.users.finishErasure(scope, id, erased, untold);
    await this.outward.tellErasure({ ...erasure, untold });
    return erased;
  }
}
