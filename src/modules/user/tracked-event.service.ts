import { Injectable } from '@nestjs/common';
import type { Scope, UserPrincipal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { afterIdOf } from '../../common/http/id-cursor.js';
import { toPage } from '../../common/http/page.js';
import { newId } from '../../common/ids.js';
import type { Page } from '../../contracts/common.js';
import type { TrackedEventView, TrackEventBody } from '../../contracts/users.js';
import { checkedProperties, EVENT_DAYS, MAX_EVENTS_PER_USER, type TrackedEvent } from './tracked-event.js';
import { TrackedEventRepository } from './tracked-event.repository.js';
import { UserService } from './user.service.js';
import { scopeOfUser } from './user.js';

const DAY_MS = 86_400_000;

@Injectable()
export class TrackedEventService {
  constructor(
    private readonly events: TrackedEventRepository,
    private readonly users: UserService,
    private readonly clock: Clock,
  ) {}

  /** Throws UserNotFound also for who has just been erased and may still be let in: nothing of them comes back. */
  async track(principal: UserPrincipal, { name, properties = {} }: TrackEventBody): Promise<void> {
    const checked = checkedProperties(properties);
    const user = await this.users.get(principal, principal.id);
    const scope = scopeOfUser(user);
    const event = { id: newId(), ...scope, userId: user.id, name, properties: checked, at: this.clock.now() };
    await this.events.append(scope, event, MAX_EVENTS_PER_USER);
  }

  /** Throws UserNotFound. */
  async list(
    scope: Scope,
    userId: string,
    page: { limit: number; cursor?: string },
  ): Promise<Page<TrackedEventView>> {
    const afterId = afterIdOf(page);
    const user = await this.users.get(scope, userId);
    const bounds = { since: this.oldest(), afterId, limit: page.limit + 1 };
    const found = await this.events.list(scopeOfUser(user), userId, bounds);
    return toPage(found.map(toView), page.limit, ({ id }) => [id]);
  }

  /** All that is kept, for the export of the user. */
  async all(scope: Scope, userId: string): Promise<TrackedEventView[]> {
    const everything = { since: this.oldest(), afterId: null, limit: MAX_EVENTS_PER_USER };
    return (await this.events.list(scope, userId, everything)).map(toView);
  }

  removeOld(): Promise<void> {
    return this.events.removeBefore(this.oldest());
  }

  private oldest(): Date {
    return new Date(this.clock.now().getTime() - EVENT_DAYS * DAY_MS);
  }
}

function toView({ id, name, properties, at }: TrackedEvent): TrackedEventView {
  return { id, name, properties, at: at.toISOString() };
}
