import type { EnvironmentScope } from '../../common/access/principal.js';
import type { ApiKey } from './api-key.js';

/** Revoked keys are nowhere to be found. */
export abstract class ApiKeyRepository {
  abstract insert(apiKey: ApiKey): Promise<void>;
  /** Without a tenant: the key is what tells the tenant. */
  abstract findByKey(apiKey: string): Promise<ApiKey | null>;
  abstract page(scope: EnvironmentScope, afterId: string | null, limit: number): Promise<ApiKey[]>;
  /** The key that was revoked; null when there was none. */
  abstract revoke(scope: EnvironmentScope, id: string, at: Date): Promise<ApiKey | null>;
  /** Moves forward only. */
  abstract markUsed(uses: ReadonlyMap<string, Date>): Promise<void>;
}
