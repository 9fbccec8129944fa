import type { OrganizationSettings } from '../../contracts/tenants.js';

export interface Organization {
  id: string;
  name: string;
  slug: string;
  settings: OrganizationSettings;
  createdAt: Date;
}

export const DEFAULT_SETTINGS: OrganizationSettings = { language: 'ko', timeZone: 'Asia/Seoul' };

const MAX_SLUG = 48;

/** Readable and fit for a URL; null when the name has nothing of that kind, e.g. a Korean one. */
export function slugFrom(name: string): string | null {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG)
    .replace(/^-+|-+$/g, '');
  return slug.length >= 2 ? slug : null;
}

/** What to try, in order: the plain one, then ones that nobody else can have taken but by chance. */
export function slugCandidates(name: string, random: () => string): string[] {
  const plain = slugFrom(name);
  const numbered = [random(), random(), random()].map((suffix) => `${plain ?? 'team'}-${suffix}`);
  return plain === null ? numbered : [plain, ...numbered];
}
