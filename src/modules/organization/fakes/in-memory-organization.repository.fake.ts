import type { Scope } from '../../../common/access/principal.js';
import { OrganizationRepository, type OrganizationChanges } from '../organization.repository.js';
import type { Organization } from '../organization.js';

export class InMemoryOrganizationRepository extends OrganizationRepository {
  private readonly organizations = new Map<string, Organization>();

  async insert(organization: Organization): Promise<boolean> {
    const isTaken = [...this.organizations.values()].some(({ slug }) => slug === organization.slug);
    if (!isTaken) this.organizations.set(organization.id, { ...organization });
    return !isTaken;
  }

  async find({ organizationId }: Scope): Promise<Organization | null> {
    const organization = this.organizations.get(organizationId);
    return organization ? { ...organization } : null;
  }

  async findAll(ids: readonly string[]): Promise<Organization[]> {
    return [...this.organizations.values()]
      .filter(({ id }) => ids.includes(id))
      .map((organization) => ({ ...organization }));
  }

  async update(scope: Scope, { name, settings }: OrganizationChanges): Promise<Organization | null> {
    const present = this.organizations.get(scope.organizationId);
    if (present) {
      const changed = { name: name ?? present.name, settings: { ...present.settings, ...settings } };
      this.organizations.set(present.id, { ...present, ...changed });
    }
    return this.find(scope);
  }
}
