import { expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { DEFAULT_SETTINGS, type Organization } from './organization.js';
import type { OrganizationRepository } from './organization.repository.js';

export function anOrganization(given: Partial<Organization> = {}): Organization {
  const id = newId();
  const createdAt = new Date('2026-11-20T12:00:00.000Z');
  return { id, name: 'Acme', slug: `acme-${id}`, settings: DEFAULT_SETTINGS, createdAt, ...given };
}

/** What every OrganizationRepository does, the fake as well as the real one. */
export function describeOrganizationRepository(
  create: () => OrganizationRepository,
  inTransaction: <T>(work: () => Promise<T>) => Promise<T>,
): void {
  it('gives back what was stored, to its own members only', async () => {
    const organizations = create();
    const [mine, theirs] = [anOrganization({ name: '한빛 상점' }), anOrganization()];
    for (const organization of [mine, theirs]) await organizations.insert(organization);
    expect(await organizations.find({ organizationId: mine.id })).toEqual(mine);
    expect(await organizations.findAll([mine.id, newId()])).toEqual([mine]);
    expect(await organizations.find({ organizationId: newId() })).toBeNull();
  });

  it('says that a slug is taken without breaking the transaction around it', async () => {
    const organizations = create();
    const first = anOrganization();
    await organizations.insert(first);
    const second = anOrganization({ slug: first.slug });
    const other = { ...second, slug: `${first.slug}-2` };
    await inTransaction(async () => {
      expect(await organizations.insert(second)).toBe(false);
      expect(await organizations.insert(other)).toBe(true);
    });
    expect(await organizations.find({ organizationId: second.id })).toEqual(other);
  });

  it('gives a slug to one of two who want it at once', async () => {
    const organizations = create();
    const { slug } = anOrganization();
    const answers = await Promise.all([1, 2].map(() => organizations.insert(anOrganization({ slug }))));
    expect(answers.sort()).toEqual([false, true]);
  });

  it('changes what is named, and nobody else’s', async () => {
    const organizations = create();
    const [mine, theirs] = [anOrganization(), anOrganization()];
    for (const organization of [mine, theirs]) await organizations.insert(organization);
    const settings = { language: 'en', timeZone: 'Europe/Berlin' } as const;
    await organizations.update({ organizationId: mine.id }, { settings });
    const changed = await organizations.update({ organizationId: mine.id }, { name: 'Acme Berlin' });
    expect(changed).toEqual({ ...mine, name: 'Acme Berlin', settings });
    expect(await organizations.find({ organizationId: theirs.id })).toEqual(theirs);
    expect(await organizations.update({ organizationId: newId() }, { name: 'X' })).toBeNull();
  });

  it('keeps what several change at once', async () => {
    const organizations = create();
    const { id: organizationId, settings } = anOrganization();
    await organizations.insert({ ...anOrganization(), id: organizationId });
    const scope = { organizationId };
    await Promise.all([
      organizations.update(scope, { settings: { language: 'en' } }),
      organizations.update(scope, { settings: { timeZone: 'Europe/Berlin' } }),
      organizations.update(scope, { name: 'Acme Berlin' }),
    ]);
    expect(await organizations.find(scope)).toMatchObject({
      name: 'Acme Berlin',
      settings: { ...settings, language: 'en', timeZone: 'Europe/Berlin' },
    });
  });
}
