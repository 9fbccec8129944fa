import type { EnvironmentScope } from '../../common/access/principal.js';
import { ValidationFailed } from '../../common/errors/common.errors.js';
import type { PageVisit, UserProfile } from '../../contracts/users.js';
import { cleanProfile, EMPTY_PROFILE, mergeProfile, type ProfileChanges } from './user-profile.js';
import { devicesAfter, pageAfter, type DeviceLook } from './user-sight.js';
import type { User } from './user.js';

const MAX_TAGS = 30;

/** What is left out stays as it is. */
export interface UserChanges {
  profile?: ProfileChanges;
  tags?: string[];
  language?: string | null;
  addTags?: string[];
  removeTags?: string[];
  page?: PageVisit;
  device?: DeviceLook;
  consented?: true;
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
    consentedAt: null,
    page: null,
    devices: [],
    events: [],
  };
  return { ...init, organizationId, environmentId, ...empty };
}

/** Throws ValidationFailed with a path for each fault. */
export function applyChanges(user: User, changes: UserChanges, at: Date): User {
  const { profile, language, page, device, consented } = changes;
  return {
    ...user,
    profile: profile === undefined ? user.profile : mergeProfile(user.profile, cleanProfile(profile)),
    tags: tagsAfter(user.tags, changes),
    language: language === undefined ? user.language : cleanLanguage(language),
    page: page === undefined ? user.page : pageAfter(user.page, page, at),
    devices: device === undefined ? user.devices : devicesAfter(user.devices, device, at),
    consentedAt: consented ? (user.consentedAt ?? at) : user.consentedAt,
  };
}

/** In what others are told of. */
export function isSameUser(a: User, b: User): boolean {
  const tags = a.tags.length === b.tags.length && a.tags.every((tag, index) => tag === b.tags[index]);
  const states = a.blockedAt === b.blockedAt && a.consentedAt === b.consentedAt;
  return tags && states && a.language === b.language && isSameProfile(a.profile, b.profile);
}

/** Where and with what they were last seen: nobody is told of each step, whoever looks is shown the newest. */
export function isSeenAlike(a: User, b: User): boolean {
  return a.page === b.page && a.devices === b.devices;
}

function isSameProfile(a: UserProfile, b: UserProfile): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function tagsAfter(present: string[], { tags, addTags = [], removeTags = [] }: UserChanges): string[] {
  const removed = new Set(cleanTags(removeTags));
  const kept = (tags === undefined ? present : cleanTags(tags)).filter((tag) => !removed.has(tag));
  const all = [...new Set([...kept, ...cleanTags(addTags)])];
  if (all.length <= MAX_TAGS || all.length <= present.length) return all;
  throw new ValidationFailed([{ path: 'tags', message: `must be at most ${MAX_TAGS}` }]);
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
