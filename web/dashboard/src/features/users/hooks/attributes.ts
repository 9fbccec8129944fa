import type { UserProfile } from '../../../lib/wire';

const KNOWN = new Set(['name', 'email', 'phone', 'avatarUrl']);

export interface AttributeRow {
  name: string;
  value: string;
}

/** What the company knows besides the name and the ways to reach them. */
export function attributesOf(profile: UserProfile): AttributeRow[] {
  return Object.entries(profile)
    .filter(([name, value]) => !KNOWN.has(name) && value !== null && value !== '')
    .map(([name, value]) => ({ name, value: String(value) }));
}

/** What has to be sent for the profile to have these rows; what is left out stays. */
export function attributeChanges(profile: UserProfile, rows: readonly AttributeRow[]): Partial<UserProfile> {
  const wanted = new Map(
    rows.map(({ name, value }) => [name.trim(), valueOf(value)] as const).filter(([name]) => name !== ''),
  );
  const removed = attributesOf(profile).flatMap(({ name }) =>
    wanted.has(name) ? [] : [[name, null] as const],
  );
  const changed = [...wanted].filter(([name, value]) => profile[name] !== value);
  return Object.fromEntries([...removed, ...changed]);
}

export function isKnownField(name: string): boolean {
  return KNOWN.has(name.trim());
}

/** A number is one when it is written as numbers are: `007` and a phone number stay texts. */
function valueOf(text: string): string | number | boolean | null {
  const trimmed = text.trim();
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true';
  const number = Number(trimmed);
  return trimmed !== '' && String(number) === trimmed ? number : trimmed || null;
}
