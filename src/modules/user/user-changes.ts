import type { EnvironmentScope } from '../../common/access/principal.js';
import { ValidationFailed } from '../../common/errors/common.errors.js';
import type { UserProfile } from '../../contracts/users.js';
import { cleanProfile, EMPTY_PROFILE, mergeProfile, type ProfileChanges } from './user-profile.js';
import type { User } from './user.js';

/** What is left out stays as it is. */
export interface UserChanges {
  profile?: ProfileChanges;
  tags?: string[];
  language?: string | null;
}

export function newUser(
  { organizationId, environmentId }: EnvironmentScope,
  init: Pick<User, 'id' | 'createdAt' | 'identity' | 'memberId'>,
): User {
  const empty = {
    profile: EMPTY_PROFILE,
    tags: [],
    language: null,
    lastSeenAt: null,
    blockedAt: null,
    events: [],
  };
  return { ...init, organizationId, environmentId, ...empty };
}

/** Throws ValidationFailed with a path for each fault. */
export function applyChanges(user: User, { profile, tags, language }: UserChanges): User {
  return {
    ...user,
    profile: profile === undefined ? user.profile : mergeProfile(user.profile, cleanProfile(profile)),
    tags: tags === undefined ? user.tags : cleanTags(tags),
    language: language === undefined ? user.language : cleanLanguage(language),
  };
}

/** In what changes can change. */
export function isSameUser(a: User, b: User): boolean {
  const tags = a.tags.length === b.tags.length && a.tags.every((tag, index) => tag === b.tags[index]);
  return tags && a.language === b.language && isSameProfile(a.profile, b.profile);
}

function isSameProfile(a: UserProfile, b: UserProfile): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function cleanTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim()).filter(Boolean))];
}

/** Canonical BCP 47, e.g. `ko-KR`. */
function cleanLanguage(language: string | null): string | null {
  if (language === null || language === '') return null;
  try {
    return Intl.getCanonicalLocales(language)[0] ?? null;
  } catch {
    throw new ValidationFailed([{ path: 'language', message: 'must be a language tag such as ko or en-GB' }]);
  }
}
