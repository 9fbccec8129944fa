import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { House } from '../organization/fakes/house.fake.js';
import { ApiKeyService } from './api-key.service.js';
import { LastEnvironment } from './environment.errors.js';
import { EnvironmentService } from './environment.service.js';
import type { Environment } from './environment.js';
import { InMemoryApiKeyRepository } from './fakes/in-memory-api-key.repository.fake.js';
import { InMemoryEnvironmentRepository } from './fakes/in-memory-environment.repository.fake.js';

const NOT_FOUND = { code: 'environment.not_found' };

let house: House;
let apiKeys: ApiKeyService;
let environments: EnvironmentService;
let owner: AgentPrincipal;
let live: Environment;

beforeEach(async () => {
  house = new House();
  const { organizations, secrets, unitOfWork, events, clock, config } = house;
  apiKeys = new ApiKeyService(new InMemoryApiKeyRepository(), organizations, secrets, unitOfWork, clock);
  environments = new EnvironmentService(
    new InMemoryEnvironmentRepository(),
    apiKeys,
    organizations,
    secrets,
    unitOfWork,
    events,
    clock,
    config,
  );
  owner = await house.anAdmin();
  live = await environments.createFirst(owner.organizationId, 'Acme');
});

describe(EnvironmentService.name, () => {
  it('keeps the last environment, also when two go at once', async () => {
    const staging = await environments.create(owner, 'staging', {});
    const removals = await Promise.allSettled(
      [live, staging].map(({ id }) => environments.remove(owner, id)),
    );
    expect(removals.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: expect.any(LastEnvironment) },
    ]);
    expect(await environments.page(owner.organizationId, null, 10)).toHaveLength(1);
    expect(house.told).toEqual(['environment.removed']);
  });

  it('does not know an old plugin key any more, though it was asked for a moment ago', async () => {
    expect(await environments.findByPluginKey(live.pluginKey)).not.toBeNull();
    const { pluginKey } = await environments.rotatePluginKey(owner, live.id);
    expect(await environments.findByPluginKey(live.pluginKey)).toBeNull();
    expect((await environments.findByPluginKey(pluginKey))?.id).toBe(live.id);
  });

  it('stores the identity secret sealed, and opens it again', async () => {
    const hex = await environments.rotateIdentitySecret(owner, live.id);
    const stored = await environments.get({
      organizationId: owner.organizationId,
      environmentId: live.id,
    });
    expect(stored.identitySecret?.toString('hex')).not.toContain(hex);
    expect(environments.identitySecretOf(stored)?.toString('hex')).toBe(hex);
    expect(environments.identitySecretOf(live)).toBeNull();
  });

  it('has nothing of another tenant’s to change', async () => {
    const stranger = await house.anAdmin();
    for (const attempt of [
      () => environments.update(stranger, live.id, { name: 'mine' }),
      () => environments.rotatePluginKey(stranger, live.id),
      () => environments.rotateIdentitySecret(stranger, live.id),
      () => environments.remove(stranger, live.id),
    ]) {
      await expect(attempt()).rejects.toMatchObject(NOT_FOUND);
    }
    expect(await environments.findById(live.id)).toEqual(live);
  });
});

describe(ApiKeyService.name, () => {
  it('knows a partner by key and secret together', async () => {
    const { apiKey, apiSecret } = await apiKeys.create(owner, live.id, { name: 'Shop' });
    expect(await environments.findPartner(apiKey.apiKey, apiSecret)).toMatchObject({
      type: 'partner',
      id: apiKey.id,
      organizationId: owner.organizationId,
      environmentId: live.id,
    });
    expect(await environments.findPartner(apiKey.apiKey, `${apiSecret}x`)).toBeNull();
    expect(await environments.findPartner('ak_unknown', apiSecret)).toBeNull();
    expect(apiKey.secretHash.toString('hex')).not.toContain(Buffer.from(apiSecret).toString('hex'));
  });

  it('forgets a revoked key at once, and an expired one in time', async () => {
    const expiresAt = new Date(house.now.getTime() + 1_000).toISOString();
    const revoked = await apiKeys.create(owner, live.id, { name: 'Shop' });
    const expiring = await apiKeys.create(owner, live.id, { name: 'Shop', expiresAt });
    const isKnown = async ({ apiKey, apiSecret }: typeof revoked) =>
      (await environments.findPartner(apiKey.apiKey, apiSecret)) !== null;
    expect([await isKnown(revoked), await isKnown(expiring)]).toEqual([true, true]);
    await apiKeys.revoke(owner, live.id, revoked.apiKey.id);
    house.pass(1_000);
    expect([await isKnown(revoked), await isKnown(expiring)]).toEqual([false, false]);
  });

  it('is revoked by its own organization only, and the deed is on record once', async () => {
    const { apiKey } = await apiKeys.create(owner, live.id, { name: 'Shop' });
    const stranger = await house.anAdmin();
    await expect(apiKeys.revoke(stranger, live.id, apiKey.id)).rejects.toMatchObject(NOT_FOUND);
    await apiKeys.revoke(owner, live.id, apiKey.id);
    await expect(apiKeys.revoke(owner, live.id, apiKey.id)).rejects.toMatchObject(NOT_FOUND);
    expect(house.deedsIn(owner.organizationId)).toEqual(['api-key.create', 'api-key.revoke']);
  });

  it('ends with its environment', async () => {
    const staging = await environments.create(owner, 'staging', {});
    const { apiKey, apiSecret } = await apiKeys.create(owner, staging.id, { name: 'Shop' });
    expect(await environments.findPartner(apiKey.apiKey, apiSecret)).not.toBeNull();
    await environments.remove(owner, staging.id);
    expect(await environments.findPartner(apiKey.apiKey, apiSecret)).toBeNull();
  });

  it('saves when a key was last used', async () => {
    const { apiKey, apiSecret } = await apiKeys.create(owner, live.id, { name: 'Shop' });
    await environments.findPartner(apiKey.apiKey, apiSecret);
    await apiKeys.onModuleDestroy();
    const scope = { organizationId: owner.organizationId, environmentId: live.id };
    expect(await apiKeys.page(scope, null, 10)).toMatchObject([{ id: apiKey.id, lastUsedAt: house.now }]);
  });
});
