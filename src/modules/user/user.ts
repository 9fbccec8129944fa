import type { EnvironmentScope } from '../../common/access/principal.js';
import type { UserEvent } from './user-event.js';
import type { Device, Page } from './user-sight.js';
import type { UserIdentity, UserProfile } from '../../contracts/users.js';

export interface User {
  id: string;
  organizationId: string;
  environmentId: string;
  memberId: string | null;
  identity: UserIdentity;
  profile: UserProfile;
  tags: string[];
  language: string | null;
  lastSeenAt: Date | null;
  /** Since then what they write is refused. */
  blockedAt: Date | null;
  /** The first time that they did. */
  consentedAt: Date | null;
  page: Page | null;
  /** Newest first. */
  devices: readonly Device[];
  createdAt: Date;
  /** What happened to it and has not been told outside yet. */
  events: UserEvent[];
}

/** Levels at which a member id is believed. Users of different levels never meet, even with the same member id. */
export type MemberIdentity = Exclude<UserIdentity, 'anonymous'>;

/** What conversations need to know of a user. */
export interface UserName {
  id: string;
  name: string;
  avatarUrl: string | null;
  email: string | null;
  language: string | null;
  memberId: string | null;
  identity: UserIdentity;
}

export function scopeOfUser({ organizationId, environmentId }: User): EnvironmentScope {
  return { organizationId, environmentId };
}

const VISITOR: Record<string, string> = { ko: '방문자', ja: '訪問者', en: 'Visitor' };

/** Somebody without a name gets one that is friendly, stable and tells nothing: `Visitor 4F2A`. */
export function displayNameOf(user: User): string {
  const language = user.language?.slice(0, 2) ?? 'en';
  return user.profile.name ?? `${VISITOR[language] ?? 'Visitor'} ${user.id.slice(-4).toUpperCase()}`;
}

export function nameOfUser(user: User): UserName {
  return {
    id: user.id,
    name: displayNameOf(user),
    avatarUrl: user.profile.avatarUrl,
    email: user.profile.email,
    language: user.language,
    memberId: user.memberId,
    identity: user.identity,
  };
}
