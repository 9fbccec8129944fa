import { expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { EnvironmentScope } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import type { ApiKey } from './api-key.js';
import type { ApiKeyRepository } from './api-key.repository.js';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const LATER = new Date('2026-11-21T12:00:00.000Z');

export interface ApiKeySurroundings {
  apiKeys: ApiKeyRepository;
  aScope: () => Promise<EnvironmentScope>;
}

export function anApiKey(scope: EnvironmentScope, given: Partial<ApiKey> = {}): ApiKey {
  return {
    ...scope,
    id: newId(),
    name: 'Shop',
    apiKey: `ak_${randomBytes(15).toString('base64url')}`,
    secretHash: randomBytes(32),
    scopes: ['users:read'],
    expiresAt: null,
    lastUsedAt: null,
    createdAt: NOW,
    ...given,
  };
}

/** What every ApiKeyRepository does, the fake as well as the real one. */
export function describeApiKeyRepository(create: () => ApiKeySurroundings): void {
  async function aStored(scope: EnvironmentScope, given: Partial<ApiKey> = {}): Promise<ApiKey> {
    const apiKey = anApiKey(scope, given);
    await create().apiKeys.insert(apiKey);
    return apiKey;
  }

  it('gives back what was stored, by the key itself', async () => {
    const { apiKeys, aScope } = create();
    const apiKey = await aStored(await aScope(), { expiresAt: LATER, scopes: ['users:read', 'users:write'] });
    expect(await apiKeys.findByKey(apiKey.apiKey)).toEqual(apiKey);
    expect(await apiKeys.findByKey('ak_unknown')).toBeNull();
  });

  it('has a key once, over all tenants', async () => {
    const { aScope } = create();
    const { apiKey } = await aStored(await aScope());
    await expect(aStored(await aScope(), { apiKey })).rejects.toThrow();
  });

  it('pages through an environment’s own', async () => {
    const { apiKeys, aScope } = create();
    const scope = await aScope();
    const stored = [await aStored(scope), await aStored(scope), await aStored(scope)];
    const first = await apiKeys.page(scope, null, 2);
    const rest = await apiKeys.page(scope, first.at(-1)?.id ?? null, 2);
    expect([...first, ...rest]).toEqual(stored);
  });

  it('shows nothing to another tenant or another environment, and lets them revoke nothing', async () => {
    const { apiKeys, aScope } = create();
    const scope = await aScope();
    const apiKey = await aStored(scope);
    const other = await aScope();
    const { organizationId, environmentId } = scope;
    for (const stranger of [other, { ...other, organizationId }, { ...other, environmentId }]) {
      expect(await apiKeys.page(stranger, null, 10)).toEqual([]);
      expect(await apiKeys.revoke(stranger, apiKey.id, NOW)).toBeNull();
    }
    expect(await apiKeys.findByKey(apiKey.apiKey)).toEqual(apiKey);
  });

  it('is revoked by one of two who try at once, and is nowhere to be found then', async () => {
    const { apiKeys, aScope } = create();
    const scope = await aScope();
    const apiKey = await aStored(scope);
    const answers = await Promise.all([1, 2].map(() => apiKeys.revoke(scope, apiKey.id, NOW)));
    expect(answers.filter((answer) => answer !== null)).toEqual([apiKey]);
    expect(await apiKeys.findByKey(apiKey.apiKey)).toBeNull();
    expect(await apiKeys.page(scope, null, 10)).toEqual([]);
    expect(await apiKeys.revoke(scope, apiKey.id, NOW)).toBeNull();
  });

  it('remembers the last use of each, also when the news comes out of order', async () => {
    const { apiKeys, aScope } = create();
    const scope = await aScope();
    const [used, unused] = [await aStored(scope), await aStored(scope)];
    await apiKeys.markUsed(
      new Map([
        [used.id, LATER],
        [newId(), NOW],
      ]),
    );
    await apiKeys.markUsed(new Map([[used.id, NOW]]));
    expect(await apiKeys.page(scope, null, 10)).toEqual([{ ...used, lastUsedAt: LATER }, unused]);
  });
}
