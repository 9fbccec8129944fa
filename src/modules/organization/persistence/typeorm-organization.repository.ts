import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Scope } from '../../../common/access/principal.js';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import type { Organization } from '../organization.js';
import { OrganizationRepository, type OrganizationChanges } from '../organization.repository.js';
import { OrganizationEntity } from './organization.entity.js';

@Injectable()
export class TypeormOrganizationRepository extends OrganizationRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  /** A taken slug must not break the transaction around it, so the conflict is let pass and counted. */
  async insert(organization: Organization): Promise<boolean> {
    const result = await this.unitOfWork.manager
      .createQueryBuilder()
      .insert()
      .into(OrganizationEntity)
      .values(organization)
      .orIgnore()
      .returning('id')
      .execute();
    return (result.raw as unknown[]).length > 0;
  }

  async find({ organizationId }: Scope): Promise<Organization | null> {
    const row = await this.unitOfWork.manager.findOneBy(OrganizationEntity, { id: organizationId });
    return row && toOrganization(row);
  }

  async findAll(ids: readonly string[]): Promise<Organization[]> {
    const rows = await this.unitOfWork.manager.findBy(OrganizationEntity, { id: In([...ids]) });
    return rows.map(toOrganization);
  }

  /** The store puts settings together: what was read before another change must not undo it. */
  async update(scope: Scope, { name, settings = {} }: OrganizationChanges): Promise<Organization | null> {
    await this.unitOfWork.manager
      .createQueryBuilder()
      .update(OrganizationEntity)
      .set({ name, settings: () => 'settings || :settings::jsonb' })
      .where({ id: scope.organizationId })
      .setParameter('settings', JSON.stringify(settings))
      .execute();
    return this.find(scope);
  }
}

function toOrganization({ id, name, slug, settings, createdAt }: OrganizationEntity): Organization {
  return { id, name, slug, settings, createdAt };
}
