import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan } from 'typeorm';
import type { EnvironmentScope, Scope } from '../../../common/access/principal.js';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import { completeSettings, type Environment } from '../environment.js';
import { EnvironmentRepository, type EnvironmentChanges } from '../environment.repository.js';
import { EnvironmentEntity } from './environment.entity.js';

@Injectable()
export class TypeormEnvironmentRepository extends EnvironmentRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async insert(environment: Environment): Promise<void> {
    await this.manager.insert(EnvironmentEntity, { ...environment });
  }

  find({ organizationId, environmentId }: EnvironmentScope): Promise<Environment | null> {
    return this.findOne({ organizationId, id: environmentId });
  }

  findById(environmentId: string): Promise<Environment | null> {
    return this.findOne({ id: environmentId });
  }

  findByPluginKey(pluginKey: string): Promise<Environment | null> {
    return this.findOne({ pluginKey });
  }

  async page({ organizationId }: Scope, afterId: string | null, limit: number): Promise<Environment[]> {
    const after = afterId === null ? {} : { id: MoreThan(afterId) };
    const rows = await this.manager.find(EnvironmentEntity, {
      where: { organizationId, removedAt: IsNull(), ...after },
      order: { id: 'ASC' },
      take: limit,
    });
    return rows.map(toEnvironment);
  }

  async livePluginKeys(pluginKeys: readonly string[]): Promise<string[]> {
    const rows = await this.manager.find(EnvironmentEntity, {
      select: { pluginKey: true },
      where: { pluginKey: In([...pluginKeys]), removedAt: IsNull() },
    });
    return rows.map(({ pluginKey }) => pluginKey);
  }

  async listIds({ organizationId }: Scope): Promise<string[]> {
    const rows = await this.manager.find(EnvironmentEntity, {
      select: { id: true },
      where: { organizationId, removedAt: IsNull() },
      order: { id: 'ASC' },
    });
    return rows.map(({ id }) => id);
  }

  async update(scope: EnvironmentScope, changes: EnvironmentChanges): Promise<Environment | null> {
    const { organizationId, environmentId } = scope;
    await this.manager.update(
      EnvironmentEntity,
      { organizationId, id: environmentId, removedAt: IsNull() },
      { ...changes },
    );
    return this.find(scope);
  }

  async lockIds({ organizationId }: Scope): Promise<string[]> {
    const rows = await this.manager.find(EnvironmentEntity, {
      select: { id: true },
      where: { organizationId, removedAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return rows.map(({ id }) => id);
  }

  async remove({ organizationId, environmentId }: EnvironmentScope, at: Date): Promise<void> {
    await this.manager.update(
      EnvironmentEntity,
      { organizationId, id: environmentId, removedAt: IsNull() },
      { removedAt: at },
    );
  }

  private get manager() {
    return this.unitOfWork.manager;
  }

  private async findOne(where: {
    id?: string;
    organizationId?: string;
    pluginKey?: string;
  }): Promise<Environment | null> {
    const row = await this.manager.findOneBy(EnvironmentEntity, { ...where, removedAt: IsNull() });
    return row && toEnvironment(row);
  }
}

function toEnvironment(row: EnvironmentEntity): Environment {
  return {
    id: row.id,
    organizationId: row.organizationId,
    name: row.name,
    pluginKey: row.pluginKey,
    allowedOrigins: row.allowedOrigins,
    identityVerification: row.identityVerification,
    identitySecret: row.identitySecret,
    identitySecretRotatedAt: row.identitySecretRotatedAt,
    settings: completeSettings(row.settings),
    createdAt: row.createdAt,
  };
}
