import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeAccountRepository } from '../../src/modules/agent/account.repository.contract.js';
import { anAgent, describeAgentRepository } from '../../src/modules/agent/agent.repository.contract.js';
import { describeInvitationRepository } from '../../src/modules/agent/invitation.repository.contract.js';
import { TypeormAccountRepository } from '../../src/modules/agent/persistence/typeorm-account.repository.js';
import { TypeormAgentRepository } from '../../src/modules/agent/persistence/typeorm-agent.repository.js';
import { TypeormInvitationRepository } from '../../src/modules/agent/persistence/typeorm-invitation.repository.js';
import { TypeormTeamRepository } from '../../src/modules/agent/persistence/typeorm-team.repository.js';
import { describeTeamRepository } from '../../src/modules/agent/team.repository.contract.js';
import { describeCredentialRepository } from '../../src/modules/auth/credential.repository.contract.js';
import { describePasswordResetRepository } from '../../src/modules/auth/password-reset.repository.contract.js';
import { TypeormCredentialRepository } from '../../src/modules/auth/persistence/typeorm-credential.repository.js';
import { TypeormPasswordResetRepository } from '../../src/modules/auth/persistence/typeorm-password-reset.repository.js';
import { TypeormSessionRepository } from '../../src/modules/auth/persistence/typeorm-session.repository.js';
import { describeSessionRepository } from '../../src/modules/auth/session.repository.contract.js';
import { TypeormSavedReplyRepository } from '../../src/modules/desk/persistence/typeorm-saved-reply.repository.js';
import { TypeormSavedViewRepository } from '../../src/modules/desk/persistence/typeorm-saved-view.repository.js';
import { describeSavedReplyRepository } from '../../src/modules/desk/saved-reply.repository.contract.js';
import { describeSavedViewRepository } from '../../src/modules/desk/saved-view.repository.contract.js';
import { describeApiKeyRepository } from '../../src/modules/environment/api-key.repository.contract.js';
import { describeEnvironmentRepository } from '../../src/modules/environment/environment.repository.contract.js';
import { TypeormApiKeyRepository } from '../../src/modules/environment/persistence/typeorm-api-key.repository.js';
import { TypeormEnvironmentRepository } from '../../src/modules/environment/persistence/typeorm-environment.repository.js';
import {
  aRecord,
  describeAuditRepository,
} from '../../src/modules/organization/audit.repository.contract.js';
import type { AuditRecord } from '../../src/modules/organization/audit.repository.js';
import { describeOrganizationRepository } from '../../src/modules/organization/organization.repository.contract.js';
import { AuditEntity } from '../../src/modules/organization/persistence/audit.entity.js';
import { TypeormAuditRepository } from '../../src/modules/organization/persistence/typeorm-audit.repository.js';
import { TypeormOrganizationRepository } from '../../src/modules/organization/persistence/typeorm-organization.repository.js';
import { TypeormWebhookRepository } from '../../src/modules/webhook/persistence/typeorm-webhook.repository.js';
import { describeWebhookRepository } from '../../src/modules/webhook/webhook.repository.contract.js';
import { TenantSource } from '../support/tenant-source.js';

import { newId } from '../../src/common/ids.js';
import { describePushSubscriptionRepository } from '../../src/modules/push/push-subscription.repository.contract.js';
import { TypeormPushKeyRepository } from '../../src/modules/push/persistence/typeorm-push-key.repository.js';
import { TypeormPushSubscriptionRepository } from '../../src/modules/push/persistence/typeorm-push-subscription.repository.js';

let tenants: TenantSource;

beforeAll(async () => {
  tenants = await TenantSource.open();
}, 60_000);

afterAll(() => tenants.close());

const anOrganizationId = () => tenants.anOrganizationId();
const anAccount = () => tenants.anAccount();
const anAccountId = async () => (await anAccount()).id;
const inTransaction = <T>(work: () => Promise<T>) => tenants.unitOfWork.run(work);

describe(TypeormOrganizationRepository.name, () => {
  describeOrganizationRepository(() => new TypeormOrganizationRepository(tenants.unitOfWork), inTransaction);
});

describe(TypeormAuditRepository.name, () => {
  const audit = () => new TypeormAuditRepository(tenants.unitOfWork);
  describeAuditRepository(() => ({ audit: audit(), anOrganizationId, recordsOf }));

  it('forgets a deed that was not done after all', async () => {
    const deed = aRecord(await anOrganizationId());
    const undone = inTransaction(async () => {
      await audit().append(deed);
      throw new Error('not done');
    });
    await expect(undone).rejects.toThrow('not done');
    expect(await recordsOf(deed.organizationId)).toEqual([]);
  });
});

async function recordsOf(organizationId: string): Promise<AuditRecord[]> {
  const rows = await tenants.source.manager.find(AuditEntity, {
    where: { organizationId },
    order: { id: 'ASC' },
  });
  return rows.map(({ actorType, actorId, targetType, targetId, ...same }) => ({
    ...same,
    actor: { type: actorType as AuditRecord['actor']['type'], id: actorId },
    target: { type: targetType, id: targetId },
  }));
}

describe(TypeormAccountRepository.name, () => {
  describeAccountRepository(() => new TypeormAccountRepository(tenants.unitOfWork));
});

describe(TypeormAgentRepository.name, () => {
  const agents = () => new TypeormAgentRepository(tenants.unitOfWork);
  describeAgentRepository(() => ({ agents: agents(), anOrganizationId, anAccount, inTransaction }));
});

describe(TypeormTeamRepository.name, () => {
  const anAgentId = async (organizationId: string, isActive = true) => {
    const disabledAt = isActive ? null : new Date();
    const agent = anAgent(organizationId, await anAccount(), { disabledAt });
    await new TypeormAgentRepository(tenants.unitOfWork).insert(agent);
    return agent.id;
  };
  const teams = () => new TypeormTeamRepository(tenants.unitOfWork);
  describeTeamRepository(() => ({ teams: teams(), anOrganizationId, anAgentId }));
});

describe(TypeormSavedViewRepository.name, () => {
  const anOwner = async () => {
    const { organizationId, id } = await tenants.aMember();
    return { organizationId, agentId: id };
  };
  describeSavedViewRepository(() => new TypeormSavedViewRepository(tenants.unitOfWork), anOwner);
});

describe(TypeormSavedReplyRepository.name, () => {
  describeSavedReplyRepository(() => new TypeormSavedReplyRepository(tenants.unitOfWork), anOrganizationId);
});

describe(TypeormInvitationRepository.name, () => {
  const invitations = () => new TypeormInvitationRepository(tenants.unitOfWork);
  describeInvitationRepository(() => ({ invitations: invitations(), anOrganizationId }));
});

describe(TypeormEnvironmentRepository.name, () => {
  const environments = () => new TypeormEnvironmentRepository(tenants.unitOfWork);
  describeEnvironmentRepository(() => ({ environments: environments(), anOrganizationId, inTransaction }));
});

const aScope = async () => {
  const { organizationId, id } = await tenants.anEnvironment();
  return { organizationId, environmentId: id };
};

describe(TypeormApiKeyRepository.name, () => {
  describeApiKeyRepository(() => ({ apiKeys: new TypeormApiKeyRepository(tenants.unitOfWork), aScope }));
});

describe(TypeormWebhookRepository.name, () => {
  describeWebhookRepository(() => ({ webhooks: new TypeormWebhookRepository(tenants.unitOfWork), aScope }));
});

describe(TypeormCredentialRepository.name, () => {
  describeCredentialRepository(() => new TypeormCredentialRepository(tenants.unitOfWork), anAccountId);
});

describe(TypeormPasswordResetRepository.name, () => {
  describePasswordResetRepository(() => new TypeormPasswordResetRepository(tenants.unitOfWork), anAccountId);
});

describe(TypeormSessionRepository.name, () => {
  const aMember = () => tenants.aMember();
  describeSessionRepository(() => new TypeormSessionRepository(tenants.unitOfWork), aMember);
});

describe(TypeormPushSubscriptionRepository.name, () => {
  const aMember = async () => {
    const { id: agentId, accountId, organizationId } = await tenants.aMember();
    const sessionId = newId();
    const [createdAt, expiresAt] = [new Date(), new Date('2099-01-01')];
    const session = {
      id: sessionId,
      accountId,
      organizationId,
      agentId,
      createdAt,
      expiresAt,
      endedAt: null,
    };
    await new TypeormSessionRepository(tenants.unitOfWork).insert(session);
    return { organizationId, agentId, sessionId };
  };
  describePushSubscriptionRepository(
    () => new TypeormPushSubscriptionRepository(tenants.unitOfWork),
    aMember,
  );
});

describe(TypeormPushKeyRepository.name, () => {
  it('keeps the first of two that are made at once', async () => {
    const keys = new TypeormPushKeyRepository(tenants.unitOfWork);
    let made = 0;
    const make = () => ({
      publicKey: `key-${++made}`,
      sealedPrivateKey: Buffer.from('x'),
      createdAt: new Date(),
    });
    const found = await Promise.all([1, 2, 3].map(() => keys.findOrInsert(make)));
    expect(new Set(found.map(({ publicKey }) => publicKey)).size).toBe(1);
    expect(await keys.findOrInsert(make)).toEqual(found[0]);
  });
});
