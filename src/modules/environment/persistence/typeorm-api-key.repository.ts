import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import type { EnvironmentScope } from '../../../common/access/principal.js';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import type { ApiKey } from '../api-key.js';
import { ApiKeyRepository } from '../api-key.repository.js';
import { ApiKeyEntity } from './api-key.entity.js';

@Injectable()
export class TypeormApiKeyRepository extends ApiKeyRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async insert(apiKey: ApiKey): Promise<void> {
    await this.unitOfWork.manager.insert(ApiKeyEntity, { ...apiKey });
  }

  async findByKey(apiKey: string): Promise<ApiKey | null> {
    const row = await this.unitOfWork.manager.findOneBy(ApiKeyEntity, { apiKey, revokedAt: IsNull() });
    return row && toApiKey(row);
  }

  async page(scope: EnvironmentScope, afterId: string | null, limit: number): Promise<ApiKey[]> {
    const after = afterId === null ? {} : { id: MoreThan(afterId) };
    const rows = await this.unitOfWork.manager.find(ApiKeyEntity, {
      where: { ...whereScope(scope), revokedAt: IsNull(), ...after },
      order: { id: 'ASC' },
      take: limit,
    });
    return rows.map(toApiKey);
  }

  /** The row decides who of two revoked it. */
  async revoke(scope: EnvironmentScope, id: string, at: Date): Promise<ApiKey | null> {
    const where = { ...whereScope(scope), id, revokedAt: IsNull() };
    const row = await this.unitOfWork.manager.findOneBy(ApiKeyEntity, where);
    if (!row) return null;
    const { affected } = await this.unitOfWork.manager.update(ApiKeyEntity, where, { revokedAt: at });
    return affected === 1 ? toApiKey(row) : null;
  }

  async markUsed(uses: ReadonlyMap<string, Date>): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE api_keys SET last_used_at = GREATEST(last_used_at, used.at)
       FROM unnest($1::uuid[], $2::timestamptz[]) AS used (id, at) WHERE api_keys.id = used.id`,
      [[...uses.keys()], [...uses.values()]],
    );
  }
}

function whereScope({ organizationId, environmentId }: EnvironmentScope) {
  return { organizationId, environmentId };
}

function toApiKey(row: ApiKeyEntity): ApiKey {
  return {
    id: row.id,
    organizationId: row.organizationId,
    environmentId: row.environmentId,
    name: row.name,
    apiKey: row.apiKey,
    secretHash: row.secretHash,
    scopes: row.scopes,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
    createdAt: row.createdAt,
  };
}
