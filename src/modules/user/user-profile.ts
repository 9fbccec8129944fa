import { isEmail, isURL } from 'class-validator';
import { ValidationFailed } from '../../common/errors/common.errors.js';
import type { FieldFault } from '../../contracts/common.js';
import type { UserProfile } from '../../contracts/users.js';

export type ProfileChanges = Partial<UserProfile>;

const MAX_ATTRIBUTES = 50;
const MAX_TEXT = 500;
/** No dot and no dollar: both mean something to the store. */
const ATTRIBUTE_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_ -]{0,49}$/u;
const PHONE = /^[+\d][\d ().-]{2,39}$/;

type Check = (text: string) => string | null;

const KNOWN: Record<string, Check> = {
  name: (text) => (text.length > 100 ? 'must have at most 100 characters' : null),
  email: (text) => (isEmail(text) ? null : 'must be an e-mail address'),
  phone: (text) => (PHONE.test(text) ? null : 'must be a phone number'),
  avatarUrl: (text) =>
    text.length <= 2_000 && isURL(text, { protocols: ['https'], require_protocol: true })
      ? null
      : 'must be an https address',
};

export const EMPTY_PROFILE: UserProfile = { name: null, email: null, phone: null, avatarUrl: null };

export function isAttributeName(name: string): boolean {
  return ATTRIBUTE_NAME.test(name);
}

/** Texts without surrounding space, empty ones as null. Throws ValidationFailed with a path for each fault. */
export function cleanProfile(changes: ProfileChanges): ProfileChanges {
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
  const cleaned = entries.map(([name, value]) => [name, cleanValue(value as unknown)] as const);
  const faults = cleaned.flatMap(([name, value]) => faultOf(name, value) ?? []);
  if (faults.length > 0) throw new ValidationFailed(faults);
  return Object.fromEntries(cleaned) as ProfileChanges;
}

/** The profile after the changes; null takes an attribute away. Throws ValidationFailed when it has too many. */
export function mergeProfile(profile: UserProfile, changes: ProfileChanges): UserProfile {
  const merged = Object.entries({ ...profile, ...changes }).filter(
    ([name, value]) => name in EMPTY_PROFILE || value !== null,
  );
  if (merged.length > MAX_ATTRIBUTES + Object.keys(EMPTY_PROFILE).length) {
    throw new ValidationFailed([
      { path: 'profile', message: `must have at most ${MAX_ATTRIBUTES} attributes` },
    ]);
  }
  return Object.fromEntries(merged) as UserProfile;
}

function cleanValue(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() || null : value;
}

function faultOf(name: string, value: unknown): FieldFault | null {
  const path = `profile.${name.slice(0, 60)}`;
  if (!isAttributeName(name)) return { path, message: 'is not a usable name of an attribute' };
  if (value === null) return null;
  const message = name in KNOWN ? knownFault(name, value) : attributeFault(value);
  return message === null ? null : { path, message };
}

function knownFault(name: string, value: unknown): string | null {
  return typeof value === 'string' ? (KNOWN[name]?.(value) ?? null) : 'must be a text or null';
}

function attributeFault(value: unknown): string | null {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return null;
  if (typeof value !== 'string') return 'must be a text, a number, true, false or null';
  return value.length > MAX_TEXT ? `must have at most ${MAX_TEXT} characters` : null;
}
