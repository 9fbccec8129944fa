import type { Scope } from '../../common/access/principal.js';
import type { Organization } from './organization.js';

/** Of the settings too only what is named changes. */
export interface OrganizationChanges {
  name?: string;
  settings?: Partial<Organization['settings']>;
}

export abstract class OrganizationRepository {
  /** False when the slug is taken. */
  abstract insert(organization: Organization): Promise<boolean>;
  abstract find(scope: Scope): Promise<Organization | null>;
  /** For an account, which may belong to several. */
  abstract findAll(ids: readonly string[]): Promise<Organization[]>;
  abstract update(scope: Scope, changes: OrganizationChanges): Promise<Organization | null>;
}
