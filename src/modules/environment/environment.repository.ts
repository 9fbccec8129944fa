import type { EnvironmentScope, Scope } from '../../common/access/principal.js';
import type { Environment } from './environment.js';

export type EnvironmentChanges = Partial<Omit<Environment, 'id' | 'organizationId' | 'createdAt'>>;

/** Removed environments are nowhere to be found. */
export abstract class EnvironmentRepository {
  abstract insert(environment: Environment): Promise<void>;
  abstract find(scope: EnvironmentScope): Promise<Environment | null>;
  /** Without a tenant: the id was read from something that belongs to it. */
  abstract findById(environmentId: string): Promise<Environment | null>;
  /** Without a tenant: the key is what tells the tenant. */
  abstract findByPluginKey(pluginKey: string): Promise<Environment | null>;
  /** Those among them that open an environment. */
  abstract livePluginKeys(pluginKeys: readonly string[]): Promise<string[]>;
  /** Oldest first, after the id given. */
  abstract page(scope: Scope, afterId: string | null, limit: number): Promise<Environment[]>;
  abstract listIds(scope: Scope): Promise<string[]>;
  abstract update(scope: EnvironmentScope, changes: EnvironmentChanges): Promise<Environment | null>;
  /** Locks the organization's environments until the transaction ends, so that two removals cannot both be the last but one. */
  abstract lockIds(scope: Scope): Promise<string[]>;
  abstract remove(scope: EnvironmentScope, at: Date): Promise<void>;
}
