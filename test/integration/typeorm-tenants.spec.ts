import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { EnvironmentScope } from '../../src/common/access/principal.js';
import { newId } from '../../src/common/ids.js';
import { SnakeNamingStrategy } from '../../src/infrastructure/postgres/snake-naming.strategy.js';
import { UnitOfWork } from '../../src/infrastructure/postgres/unit-of-work.js';
import { EmailTaken } from '../../src/modules/agent/agent.errors.js';
import { anAgent, describeAgentRepository } from '../../src/modules/agent/agent.repository.contract.js';
import type { Account } from '../../src/modules/agent/agent.js';
import { AccountEntity } from '../../src/modules/agent/persistence/account.entity.js';
import { AgentEntity } from '../../src/modules/agent/persistence/agent.entity.js';
import { InvitationEntity } from '../../src/modules/agent/persistence/invitation.entity.js';
import { TypeormAccountRepository } from '../../src/modules/agent/persistence/typeorm-account.repository.js';
import { TypeormAgentRepository } from '../../src/modules/agent/persistence/typeorm-agent.repository.js';
import { TypeormInvitationRepository } from '../../src/modules/agent/persistence/typeorm-invitation.repository.js';
import { RefreshTokenEntity } from '../../src/modules/auth/persistence/refresh-token.entity.js';
import { SessionEntity } from '../../src/modules/auth/persistence/session.entity.js';
import { TypeormSessionRepository } from '../../src/modules/auth/persistence/typeorm-session.repository.js';
import { describeSessionRepository } from '../../src/modules/auth/session.repository.contract.js';
import type { ApiKey } from '../../src/modules/environment/api-key.js';
import { defaultSettings, type Environment } from '../../src/modules/environment/environment.js';
import { ApiKeyEntity } from '../../src/modules/environment/persistence/api-key.entity.js';
import { EnvironmentEntity } from '../../src/modules/environment/persistence/environment.entity.js';
import { TypeormApiKeyRepository } from '../../src/modules/environment/persistence/typeorm-api-key.repository.js';
import { TypeormEnvironmentRepository } from '../../src/modules/environment/persistence/typeorm-environment.repository.js';
import { DEFAULT_SETTINGS } from '../../src/modules/organization/organization.js';
import { OrganizationEntity } from '../../src/modules/organization/persistence/organization.entity.js';
import { TypeormOrganizationRepository } from '../../src/modules/organization/persistence/typeorm-organization.repository.js';
import { freshDatabases, type FreshDatabases } from '../support/engines.js';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const LATER = new Date('2026-11-27T12:00:00.000Z');
const ENTITIES = [
  OrganizationEntity,
  EnvironmentEntity,
  ApiKeyEntity,
  AccountEntity,
  AgentEntity,
  InvitationEntity,
  SessionEntity,
  RefreshTokenEntity,
];

let databases: FreshDatabases;
let source: DataSource;
let unitOfWork: UnitOfWork;

beforeAll(async () => {
  databases = await freshDatabases();
  source = new DataSource({
    type: 'postgres',
    url: databases.postgres,
    entities: ENTITIES,
    namingStrategy: new SnakeNamingStrategy(),
  });
  await source.initialize();
  unitOfWork = new UnitOfWork(source);
}, 60_000);

afterAll(async () => {
  await source.destroy();
  await databases.drop();
});

async function anOrganizationId(): Promise<string> {
  const organizations = new TypeormOrganizationRepository(unitOfWork);
  const id = newId();
  await organizations.insert({
    id,
    name: 'Acme',
    slug: `acme-${id}`,
    settings: DEFAULT_SETTINGS,
    createdAt: NOW,
  });
  return id;
}

async function anAccount(): Promise<Account> {
  const id = newId();
  const account = { id, email: `${id}@shop.example`, createdAt: NOW };
  await new TypeormAccountRepository(unitOfWork).insert(account);
  return account;
}

async function aMember() {
  const agent = anAgent(await anOrganizationId(), await anAccount());
  await new TypeormAgentRepository(unitOfWork).insert(agent);
  return agent;
}

function anEnvironment(organizationId: string): Environment {
  const limits = { messagesPerMinute: 60, anonymousMessagesPerMinute: 20, typingPerMinute: 10 };
  return {
    id: newId(),
    organizationId,
    name: 'live',
    pluginKey: `pk_${randomBytes(18).toString('base64url')}`,
    allowedOrigins: ['https://shop.example'],
    identityVerification: 'optional',
    identitySecret: randomBytes(60),
    identitySecretRotatedAt: NOW,
    settings: defaultSettings('Acme', limits),
    createdAt: NOW,
  };
}

describe(TypeormSessionRepository.name, () => {
  describeSessionRepository(() => new TypeormSessionRepository(unitOfWork), aMember);
});

describe(TypeormAgentRepository.name, () => {
  const inTransaction = <T>(work: () => Promise<T>) => unitOfWork.run(work);
  const agents = () => new TypeormAgentRepository(unitOfWork);
  describeAgentRepository(() => ({ agents: agents(), anOrganizationId, anAccount, inTransaction }));
});

describe(TypeormOrganizationRepository.name, () => {
  it('says that a slug is taken without breaking the transaction around it', async () => {
    const organizations = new TypeormOrganizationRepository(unitOfWork);
    const base = { name: 'Acme', settings: DEFAULT_SETTINGS, createdAt: NOW };
    const [slug, id] = [`slug-${newId()}`, newId()];
    await organizations.insert({ ...base, id: newId(), slug });
    await unitOfWork.run(async () => {
      expect(await organizations.insert({ ...base, id, slug })).toBe(false);
      expect(await organizations.insert({ ...base, id, slug: `${slug}-2` })).toBe(true);
    });
    expect(await organizations.find({ organizationId: id })).toEqual({ ...base, id, slug: `${slug}-2` });
    const changed = await organizations.update({ organizationId: id }, { name: 'New' });
    expect(changed?.name).toBe('New');
    expect(await organizations.find({ organizationId: newId() })).toBeNull();
  });
});

describe(TypeormAccountRepository.name, () => {
  it('has an address once, however it is written', async () => {
    const accounts = new TypeormAccountRepository(unitOfWork);
    const account = await anAccount();
    const again = { ...account, id: newId(), email: account.email.toUpperCase() };
    await expect(accounts.insert(again)).rejects.toBeInstanceOf(EmailTaken);
    expect(await accounts.findByEmail(account.email.toUpperCase())).toEqual(account);
  });
});

describe(TypeormEnvironmentRepository.name, () => {
  it('finds, changes and removes, in its own organization only', async () => {
    const environments = new TypeormEnvironmentRepository(unitOfWork);
    const organizationId = await anOrganizationId();
    const environment = anEnvironment(organizationId);
    await environments.insert(environment);
    const scope = { organizationId, environmentId: environment.id };
    const stranger = { organizationId: await anOrganizationId(), environmentId: environment.id };
    expect(await environments.find(scope)).toEqual(environment);
    expect(await environments.findByPluginKey(environment.pluginKey)).toEqual(environment);
    expect(await environments.find(stranger)).toBeNull();
    expect(await environments.update(stranger, { name: 'x' })).toBeNull();
    expect(await environments.update(scope, { name: 'staging' })).toEqual({
      ...environment,
      name: 'staging',
    });
    await environments.remove(stranger, NOW);
    expect(await unitOfWork.run(() => environments.lockIds({ organizationId }))).toEqual([environment.id]);
    await environments.remove(scope, NOW);
    expect(await environments.findById(environment.id)).toBeNull();
    expect(await environments.listIds({ organizationId })).toEqual([]);
  });
});

describe(TypeormApiKeyRepository.name, () => {
  it('finds a key until it is revoked by its own environment', async () => {
    const apiKeys = new TypeormApiKeyRepository(unitOfWork);
    const scope = await anEnvironmentScope();
    const apiKey = anApiKey(scope);
    await apiKeys.insert(apiKey);
    await apiKeys.markUsed(new Map([[apiKey.id, LATER]]));
    await apiKeys.markUsed(new Map([[apiKey.id, NOW]]));
    expect(await apiKeys.findByKey(apiKey.apiKey)).toEqual({ ...apiKey, lastUsedAt: LATER });
    const other = await anEnvironmentScope();
    expect(await apiKeys.page(other, null, 10)).toEqual([]);
    expect(await apiKeys.revoke(other, apiKey.id, NOW)).toBeNull();
    expect((await apiKeys.revoke(scope, apiKey.id, NOW))?.id).toBe(apiKey.id);
    expect(await apiKeys.findByKey(apiKey.apiKey)).toBeNull();
    expect(await apiKeys.revoke(scope, apiKey.id, NOW)).toBeNull();
  });
});

async function anEnvironmentScope(): Promise<EnvironmentScope> {
  const environment = anEnvironment(await anOrganizationId());
  await new TypeormEnvironmentRepository(unitOfWork).insert(environment);
  return { organizationId: environment.organizationId, environmentId: environment.id };
}

function anApiKey(scope: EnvironmentScope): ApiKey {
  const [id, secretHash] = [newId(), randomBytes(32)];
  const times = { expiresAt: null, lastUsedAt: null, createdAt: NOW };
  return { ...scope, ...times, id, name: 'Shop', apiKey: `ak_${id}`, secretHash, scopes: ['users:read'] };
}

describe(TypeormInvitationRepository.name, () => {
  it('is good for one of two who accept at once, and not after it was taken back', async () => {
    const invitations = new TypeormInvitationRepository(unitOfWork);
    const organizationId = await anOrganizationId();
    const anInvitation = async () => {
      const invitation = {
        id: newId(),
        organizationId,
        email: 'new@shop.example',
        role: 'agent' as const,
        invitedBy: newId(),
        createdAt: NOW,
        expiresAt: LATER,
        acceptedAt: null,
        revokedAt: null,
        mailedAt: null,
      };
      await invitations.insert(invitation);
      return invitation;
    };
    const [accepted, revoked, waiting] = [await anInvitation(), await anInvitation(), await anInvitation()];
    const answers = await Promise.all([1, 2].map(() => invitations.markAccepted(accepted.id, NOW)));
    expect(answers.sort()).toEqual([false, true]);
    expect(await invitations.revoke({ organizationId: await anOrganizationId() }, revoked.id, NOW)).toBe(
      false,
    );
    expect(await invitations.revoke({ organizationId }, revoked.id, NOW)).toBe(true);
    expect(await invitations.markAccepted(revoked.id, NOW)).toBe(false);
    expect(await invitations.pageOpen({ organizationId }, NOW, null, 10)).toEqual([waiting]);
    expect(await invitations.listUnmailed(NOW, LATER, 10)).toEqual([waiting]);
    await invitations.markMailed(waiting.id, NOW);
    expect(await invitations.listUnmailed(NOW, LATER, 10)).toEqual([]);
    expect(await invitations.markAccepted(waiting.id, LATER)).toBe(false);
  });
});
