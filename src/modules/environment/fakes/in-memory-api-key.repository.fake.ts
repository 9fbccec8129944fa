import type { EnvironmentScope } from '../../../common/access/principal.js';
import type { ApiKey } from '../api-key.js';
import { ApiKeyRepository } from '../api-key.repository.js';

export class InMemoryApiKeyRepository extends ApiKeyRepository {
  private readonly apiKeys = new Map<string, ApiKey>();
  /** Of revoked ones too: a key is never given to somebody else. */
  private readonly names = new Set<string>();

  async insert(apiKey: ApiKey): Promise<void> {
    if (this.names.has(apiKey.apiKey)) throw new Error('this API key is taken');
    this.names.add(apiKey.apiKey);
    this.apiKeys.set(apiKey.id, { ...apiKey });
  }

  async findByKey(apiKey: string): Promise<ApiKey | null> {
    const found = [...this.apiKeys.values()].find((known) => known.apiKey === apiKey);
    return found ? { ...found } : null;
  }

  async page(scope: EnvironmentScope, afterId: string | null, limit: number): Promise<ApiKey[]> {
    return [...this.apiKeys.values()]
      .filter((apiKey) => isWithin(scope, apiKey) && apiKey.id > (afterId ?? ''))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit)
      .map((apiKey) => ({ ...apiKey }));
  }

  async revoke(scope: EnvironmentScope, id: string): Promise<ApiKey | null> {
    const apiKey = this.apiKeys.get(id);
    if (!apiKey || !isWithin(scope, apiKey)) return null;
    this.apiKeys.delete(id);
    return apiKey;
  }

  async markUsed(uses: ReadonlyMap<string, Date>): Promise<void> {
    for (const [id, at] of uses) {
      const apiKey = this.apiKeys.get(id);
      if (apiKey && (apiKey.lastUsedAt === null || apiKey.lastUsedAt < at)) apiKey.lastUsedAt = at;
    }
  }
}

function isWithin(scope: EnvironmentScope, { organizationId, environmentId }: ApiKey): boolean {
  return scope.organizationId === organizationId && scope.environmentId === environmentId;
}
