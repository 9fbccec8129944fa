import { expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { EnvironmentScope } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import { defaultSettings, type Environment } from './environment.js';
import type { EnvironmentRepository } from './environment.repository.js';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const LIMITS = { messagesPerMinute: 60, anonymousMessagesPerMinute: 20, typingPerMinute: 10 };

export interface EnvironmentSurroundings {
  environments: EnvironmentRepository;
  anOrganizationId: () => Promise<string>;
  inTransaction: <T>(work: () => Promise<T>) => Promise<T>;
}

export function anEnvironment(organizationId: string, given: Partial<Environment> = {}): Environment {
  return {
    id: newId(),
    organizationId,
    name: 'live',
    pluginKey: aPluginKey(),
    allowedOrigins: ['https://shop.example'],
    identityVerification: 'optional',
    identitySecret: randomBytes(60),
    identitySecretRotatedAt: NOW,
    settings: defaultSettings('Acme', LIMITS),
    createdAt: NOW,
    ...given,
  };
}

function aPluginKey(): string {
  return `pk_${randomBytes(18).toString('base64url')}`;
}

function scopeOf({ organizationId, id }: Environment): EnvironmentScope {
  return { organizationId, environmentId: id };
}

/** What every EnvironmentRepository does, the fake as well as the real one. */
export function describeEnvironmentRepository(create: () => EnvironmentSurroundings): void {
  async function aStored(organizationId: string, given: Partial<Environment> = {}): Promise<Environment> {
    const environment = anEnvironment(organizationId, given);
    await create().environments.insert(environment);
    return environment;
  }

  it('gives back what was stored', async () => {
    const { environments, anOrganizationId } = create();
    const bare = { identitySecret: null, identitySecretRotatedAt: null, allowedOrigins: [] };
    const organizationId = await anOrganizationId();
    for (const environment of [await aStored(organizationId), await aStored(organizationId, bare)]) {
      expect(await environments.find(scopeOf(environment))).toEqual(environment);
      expect(await environments.findById(environment.id)).toEqual(environment);
      expect(await environments.findByPluginKey(environment.pluginKey)).toEqual(environment);
    }
    expect(await environments.findByPluginKey('pk_unknown')).toBeNull();
  });

  it('shows nothing to another tenant, and lets it change nothing', async () => {
    const { environments, anOrganizationId, inTransaction } = create();
    const environment = await aStored(await anOrganizationId());
    const stranger = { organizationId: await anOrganizationId(), environmentId: environment.id };
    expect(await environments.find(stranger)).toBeNull();
    expect(await environments.page(stranger, null, 10)).toEqual([]);
    expect(await environments.listIds(stranger)).toEqual([]);
    expect(await inTransaction(() => environments.lockIds(stranger))).toEqual([]);
    expect(await environments.update(stranger, { name: 'mine now' })).toBeNull();
    await environments.remove(stranger, NOW);
    expect(await environments.find(scopeOf(environment))).toEqual(environment);
  });

  it('pages through an organization’s own, oldest first', async () => {
    const { environments, anOrganizationId } = create();
    const organizationId = await anOrganizationId();
    const stored = [
      await aStored(organizationId),
      await aStored(organizationId),
      await aStored(organizationId),
    ];
    const first = await environments.page({ organizationId }, null, 2);
    const rest = await environments.page({ organizationId }, first.at(-1)?.id ?? null, 2);
    expect([...first, ...rest]).toEqual(stored);
    expect(await environments.listIds({ organizationId })).toEqual(stored.map(({ id }) => id));
  });

  it('changes what is named', async () => {
    const { environments, anOrganizationId } = create();
    const environment = await aStored(await anOrganizationId());
    const changes = { identityVerification: 'required', pluginKey: aPluginKey() } as const;
    const changed = await environments.update(scopeOf(environment), changes);
    expect(changed).toEqual({ ...environment, ...changes });
    expect(await environments.findByPluginKey(environment.pluginKey)).toBeNull();
    expect(await environments.findByPluginKey(changes.pluginKey)).toEqual(changed);
    const keys = [environment.pluginKey, changes.pluginKey];
    expect(await environments.livePluginKeys(keys)).toEqual([changes.pluginKey]);
  });

  it('has a plugin key once, over all tenants', async () => {
    const { environments, anOrganizationId } = create();
    const [{ pluginKey }, other] = [
      await aStored(await anOrganizationId()),
      await aStored(await anOrganizationId()),
    ];
    await expect(aStored(other.organizationId, { pluginKey })).rejects.toThrow();
    await expect(environments.update(scopeOf(other), { pluginKey })).rejects.toThrow();
  });

  it('finds nothing of what was removed', async () => {
    const { environments, anOrganizationId } = create();
    const environment = await aStored(await anOrganizationId());
    const scope = scopeOf(environment);
    await environments.remove(scope, NOW);
    expect(await environments.find(scope)).toBeNull();
    expect(await environments.findById(environment.id)).toBeNull();
    expect(await environments.findByPluginKey(environment.pluginKey)).toBeNull();
    expect(await environments.livePluginKeys([environment.pluginKey])).toEqual([]);
    expect(await environments.page(scope, null, 10)).toEqual([]);
    expect(await environments.update(scope, { name: 'back' })).toBeNull();
  });

  it('keeps the last one of two that are removed at once', async () => {
    const { environments, anOrganizationId, inTransaction } = create();
    const organizationId = await anOrganizationId();
    const stored = [await aStored(organizationId), await aStored(organizationId)];
    const removeUnlessLast = (environment: Environment) =>
      inTransaction(async () => {
        const ids = await environments.lockIds({ organizationId });
        if (ids.length > 1) await environments.remove(scopeOf(environment), NOW);
      });
    await Promise.all(stored.map(removeUnlessLast));
    expect(await environments.listIds({ organizationId })).toHaveLength(1);
  });
}
