import { Injectable } from '@nestjs/common';
import type { Scope } from '../../common/access/principal.js';
import type { PresenceState } from '../../contracts/socket.js';
import type { DeviceView, UserView } from '../../contracts/users.js';
import { PresenceStore } from '../../infrastructure/realtime/presence-store.js';
import { presenceKey } from '../../infrastructure/realtime/presence.js';
import { UnreadCounter } from './ports.js';
import type { Device } from './user-sight.js';
import type { User } from './user.js';

/** Users with what others know of them: two questions more, however many users. */
@Injectable()
export class UserViews {
  constructor(
    private readonly presence: PresenceStore,
    private readonly unread: UnreadCounter,
  ) {}

  async of(scope: Scope, users: readonly User[]): Promise<UserView[]> {
    if (users.length === 0) return [];
    const principals = users.map(({ id }) => ({ type: 'user' as const, id }));
    const [states, unread] = await Promise.all([
      this.presence.statesOf(principals),
      this.unread.countFor(
        scope,
        users.map(({ id }) => id),
      ),
    ]);
    return users.map((user) =>
      toUserView(user, states.get(presenceKey({ type: 'user', id: user.id })), unread.get(user.id) ?? 0),
    );
  }
}

function toUserView(user: User, state: PresenceState | undefined, unread: number): UserView {
  return {
    id: user.id,
    memberId: user.memberId,
    identity: user.identity,
    profile: user.profile,
    tags: user.tags,
    language: user.language,
    unread,
    presence: state?.status ?? 'unknown',
    lastSeenAt: newest(user.lastSeenAt?.toISOString() ?? null, state?.lastSeenAt ?? null),
    blockedAt: user.blockedAt?.toISOString() ?? null,
    consentedAt: user.consentedAt?.toISOString() ?? null,
    page: user.page && { url: user.page.url, title: user.page.title, at: user.page.at.toISOString() },
    devices: user.devices.map(toDeviceView),
    createdAt: user.createdAt.toISOString(),
  };
}

function toDeviceView({ kind, browser, os, lastSeenAt }: Device): DeviceView {
  return { kind, browser, os, lastSeenAt: lastSeenAt.toISOString() };
}

function newest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
