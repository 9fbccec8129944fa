import type { EnvironmentScope, Scope } from '../../../common/access/principal.js';
import { EnvironmentRepository, type EnvironmentChanges } from '../environment.repository.js';
import type { Environment } from '../environment.js';

export class InMemoryEnvironmentRepository extends EnvironmentRepository {
  private readonly environments = new Map<string, Environment>();
  /** Of removed ones too: a key is never given to somebody else. */
  private readonly pluginKeys = new Map<string, string>();

  async insert(environment: Environment): Promise<void> {
    this.claim(environment.pluginKey, environment.id);
    this.environments.set(environment.id, { ...environment });
  }

  async find({ organizationId, environmentId }: EnvironmentScope): Promise<Environment | null> {
    return this.first((known) => known.id === environmentId && known.organizationId === organizationId);
  }

  async findById(environmentId: string): Promise<Environment | null> {
    return this.first(({ id }) => id === environmentId);
  }

  async findByPluginKey(pluginKey: string): Promise<Environment | null> {
    return this.first((known) => known.pluginKey === pluginKey);
  }

  async page(scope: Scope, afterId: string | null, limit: number): Promise<Environment[]> {
    return this.within(scope)
      .filter(({ id }) => id > (afterId ?? ''))
      .slice(0, limit);
  }

  async livePluginKeys(pluginKeys: readonly string[]): Promise<string[]> {
    return [...this.environments.values()]
      .map(({ pluginKey }) => pluginKey)
      .filter((pluginKey) => pluginKeys.includes(pluginKey));
  }

  async listIds(scope: Scope): Promise<string[]> {
    return this.within(scope).map(({ id }) => id);
  }

  async update(scope: EnvironmentScope, changes: EnvironmentChanges): Promise<Environment | null> {
    const present = await this.find(scope);
    if (!present) return null;
    if (changes.pluginKey !== undefined) this.claim(changes.pluginKey, present.id);
    this.environments.set(present.id, { ...present, ...changes });
    return this.find(scope);
  }

  lockIds(scope: Scope): Promise<string[]> {
    return this.listIds(scope);
  }

  async remove(scope: EnvironmentScope): Promise<void> {
    const present = await this.find(scope);
    if (present) this.environments.delete(present.id);
  }

  private claim(pluginKey: string, environmentId: string): void {
    const owner = this.pluginKeys.get(pluginKey);
    if (owner !== undefined && owner !== environmentId) throw new Error('this plugin key is taken');
    this.pluginKeys.set(pluginKey, environmentId);
  }

  private first(isWanted: (environment: Environment) => boolean): Environment | null {
    const environment = [...this.environments.values()].find(isWanted);
    return environment ? { ...environment } : null;
  }

  private within({ organizationId }: Scope): Environment[] {
    return [...this.environments.values()]
      .filter((environment) => environment.organizationId === organizationId)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((environment) => ({ ...environment }));
  }
}
