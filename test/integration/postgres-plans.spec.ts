import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TypeormAgentRepository } from '../../src/modules/agent/persistence/typeorm-agent.repository.js';
import { TypeormInvitationRepository } from '../../src/modules/agent/persistence/typeorm-invitation.repository.js';
import { TypeormTeamRepository } from '../../src/modules/agent/persistence/typeorm-team.repository.js';
import { TypeormSavedReplyRepository } from '../../src/modules/desk/persistence/typeorm-saved-reply.repository.js';
import { TypeormSavedViewRepository } from '../../src/modules/desk/persistence/typeorm-saved-view.repository.js';
import { TypeormPasswordResetRepository } from '../../src/modules/auth/persistence/typeorm-password-reset.repository.js';
import { TypeormSessionRepository } from '../../src/modules/auth/persistence/typeorm-session.repository.js';
import { TypeormApiKeyRepository } from '../../src/modules/environment/persistence/typeorm-api-key.repository.js';
import { TypeormEnvironmentRepository } from '../../src/modules/environment/persistence/typeorm-environment.repository.js';
import { TypeormOrganizationRepository } from '../../src/modules/organization/persistence/typeorm-organization.repository.js';
import { TypeormWebhookRepository } from '../../src/modules/webhook/persistence/typeorm-webhook.repository.js';
import { TypeormPushSubscriptionRepository } from '../../src/modules/push/persistence/typeorm-push-subscription.repository.js';
import { planOf, QueryLog } from '../support/postgres-plans.js';
import { TenantSource } from '../support/tenant-source.js';

const LIMIT = 21;
const NOW = new Date('2026-11-20T12:00:00.000Z');
const HOUR_LATER = new Date('2026-11-20T13:00:00.000Z');

const TENANTS = 400;
const PER_TENANT = 50;

/** Ids that count up, so that a tenant's things lie together as they do when made one after another. */
const ID = (of: string) => `lpad(to_hex(${of}), 32, '0')::uuid`;
const ORGANIZATION = ID(`1 + i / ${PER_TENANT}`);

/** Enough tenants of equal size that reading all of a table costs far more than following an index. */
const ROWS = [
  `INSERT INTO organizations SELECT ${ID('i')}, 'Acme', 'acme-' || i, '{}', now()
   FROM generate_series(1, ${TENANTS}) i`,
  `INSERT INTO environments
   SELECT ${ID('i')}, ${ORGANIZATION}, 'live', 'pk_' || i, '{}', 'off', NULL, NULL, '{"widget": {"title": "Shop"}}', now(), NULL
   FROM generate_series(0, ${TENANTS * PER_TENANT - 1}) i`,
  `INSERT INTO api_keys
   SELECT ${ID('i')}, ${ORGANIZATION}, ${ID(`${PER_TENANT} * (i / ${PER_TENANT})`)}, 'Shop', 'ak_' || i,
     'x', '{}', NULL, NULL, now(), NULL
   FROM generate_series(0, ${TENANTS * PER_TENANT - 1}) i`,
  `INSERT INTO webhook_endpoints
   SELECT ${ID('i')}, ${ORGANIZATION}, ${ID(`${PER_TENANT} * (i / ${PER_TENANT})`)}, 'Shop', 'https://shop.example', NULL,
     '{}', false, false, 'x', NULL, NULL, 'enabled', NULL, NULL, i % 100 = 7, now()
   FROM generate_series(0, ${TENANTS * PER_TENANT - 1}) i`,
  `INSERT INTO accounts SELECT ${ID('i')}, i || '@shop.example', now()
   FROM generate_series(0, ${TENANTS * PER_TENANT - 1}) i`,
  `INSERT INTO agents
   SELECT ${ID('i')}, ${ORGANIZATION}, ${ID('i')}, 'agent', 'Minsu', NULL, 'available', NULL, now(), NULL, NULL
   FROM generate_series(0, ${TENANTS * PER_TENANT - 1}) i`,
  `INSERT INTO invitations
   SELECT ${ID('i')}, ${ORGANIZATION}, 'new@shop.example', 'agent', ${ID('i')}, now(), '2099-01-01', NULL, NULL, now()
   FROM generate_series(0, ${TENANTS * PER_TENANT - 1}) i`,
  `INSERT INTO sessions
   SELECT ${ID('i')}, ${ID('i')}, ${ORGANIZATION}, ${ID('i')}, now(), '2099-01-01', NULL
   FROM generate_series(0, ${TENANTS * PER_TENANT - 1}) i`,
  `INSERT INTO password_resets
   SELECT ${ID('i')}, ${ID('i')}, now(), '2099-01-01', NULL, now()
   FROM generate_series(0, ${TENANTS * PER_TENANT - 1}) i`,
  `INSERT INTO push_subscriptions
   SELECT ${ID('i')}, ${ORGANIZATION}, ${ID('i')}, ${ID('i')}, 'https://push.example/' || i, 'p', 'a', NULL, now()
   FROM generate_series(0, ${TENANTS * PER_TENANT - 1}) i`,
  `INSERT INTO teams SELECT ${ID('i')}, ${ORGANIZATION}, 'Team ' || i, NULL, now()
   FROM generate_series(0, ${TENANTS * PER_TENANT - 1}) i`,
  `INSERT INTO team_members SELECT ${ID('i')}, ${ID('i')} FROM generate_series(0, ${TENANTS * PER_TENANT - 1}) i`,
  `INSERT INTO saved_views
   SELECT ${ID('i')}, ${ORGANIZATION}, ${ID(`${PER_TENANT} * (i / ${PER_TENANT})`)}, 'View', '{}', i, now()
   FROM generate_series(0, ${TENANTS * PER_TENANT - 1}) i`,
  `INSERT INTO saved_replies
   SELECT ${ID('i')}, ${ORGANIZATION}, 'reply-' || i, 'Title', 'Content', now()
   FROM generate_series(0, ${TENANTS * PER_TENANT - 1}) i`,
  'ANALYZE',
];

/** In the middle of each table, so that no scan from either end comes upon it soon. */
const MIDDLE = TENANTS / 2;
const scope = { organizationId: idOf(1 + MIDDLE), environmentId: idOf(MIDDLE * PER_TENANT) };
const own = { agentId: idOf(MIDDLE * PER_TENANT), accountId: idOf(MIDDLE * PER_TENANT) };
const halfWay = idOf(MIDDLE * PER_TENANT + PER_TENANT / 2);

function idOf(number: number): string {
  const hex = number.toString(16).padStart(32, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

describe('what is listed from PostgreSQL', () => {
  const log = new QueryLog();
  let tenants: TenantSource;

  beforeAll(async () => {
    tenants = await TenantSource.open(log);
    for (const statement of ROWS) await tenants.source.query(statement);
  }, 60_000);

  afterAll(() => tenants.close());

  const agents = () => new TypeormAgentRepository(tenants.unitOfWork);
  const environments = () => new TypeormEnvironmentRepository(tenants.unitOfWork);
  const apiKeys = () => new TypeormApiKeyRepository(tenants.unitOfWork);
  const invitations = () => new TypeormInvitationRepository(tenants.unitOfWork);
  const webhooks = () => new TypeormWebhookRepository(tenants.unitOfWork);
  const organizations = () => new TypeormOrganizationRepository(tenants.unitOfWork);
  const sessions = () => new TypeormSessionRepository(tenants.unitOfWork);
  const devices = () => new TypeormPushSubscriptionRepository(tenants.unitOfWork);
  const teams = () => new TypeormTeamRepository(tenants.unitOfWork);
  const views = () => new TypeormSavedViewRepository(tenants.unitOfWork);
  const replies = () => new TypeormSavedReplyRepository(tenants.unitOfWork);
  const resets = () => new TypeormPasswordResetRepository(tenants.unitOfWork);

  const lists: [name: string, index: RegExp, read: () => Promise<unknown[]>][] = [
    ['agents', /^agents_organization$/, () => agents().page(scope, null, LIMIT)],
    ['the next page of agents', /^agents_organization$/, () => agents().page(scope, halfWay, LIMIT)],
    ['environments', /^environments_organization$/, () => environments().page(scope, null, LIMIT)],
    ['the ids of environments', /^environments_organization$/, () => environments().listIds(scope)],
    ['API keys', /^api_keys_environment$/, () => apiKeys().page(scope, null, LIMIT)],
    ['webhooks', /^webhook_endpoints_environment$/, () => webhooks().page(scope, null, LIMIT)],
    [
      'the webhooks of an event',
      /^webhook_endpoints_environment$/,
      () => webhooks().listEnabled(scope.environmentId),
    ],
    ['invitations', /^invitations_organization$/, () => invitations().pageOpen(scope, NOW, halfWay, LIMIT)],
    ['memberships', /^agents_account$/, () => agents().listByAccount(own.accountId)],
    ['organizations', /^organizations_pkey$/, () => organizations().findAll([scope.organizationId])],
    ['the live sessions of sockets', /^sessions_pkey$/, () => sessions().findLiveIds([own.agentId], NOW)],
    ['the sessions of an agent', /^sessions_agent$/, () => sessions().end({ agentId: own.agentId }, NOW)],
    ['the devices of an agent', /^push_subscriptions_agent$/, () => devices().listOf(scope, [own.agentId])],
    ['teams, with their members', /^teams_organization$/, () => teams().page(scope, null, LIMIT)],
    ['the teams of conversations', /^teams_(pkey|organization)$/, () => teams().findMany(scope, [halfWay])],
    ['saved views', /^saved_views_agent$/, () => views().list({ ...scope, ...own })],
    [
      'saved replies',
      /^saved_replies_shortcut_unique$/,
      () => replies().page(scope, { text: 'reply', limit: LIMIT }),
    ],
    ['agents of sockets', /^agents_pkey$/, () => agents().findActive([own.agentId])],
  ];

  it.each(lists)('%s: by the index made for it, without reading past the page', async (_, index, read) => {
    let found: unknown[] = [];
    const queries = await log.during(async () => (found = await read()));
    const plans = await Promise.all(queries.map((query) => planOf(tenants.source, query)));
    expect(found.length).toBeGreaterThan(0);
    expect(plans.flatMap(({ nodes }) => nodes)).not.toContain('Seq Scan');
    expect(plans[0]?.indexes).toEqual(expect.arrayContaining([expect.stringMatching(index)]));
    for (const { rowsRead } of plans) expect(rowsRead).toBeLessThanOrEqual(PER_TENANT);
  });

  const mails: [name: string, index: RegExp, read: () => Promise<unknown[]>][] = [
    ['invitations', /^invitations_unmailed$/, () => invitations().listUnmailed(NOW, HOUR_LATER, LIMIT)],
    ['webhooks', /^webhook_endpoints_unnoticed$/, () => webhooks().listUnnoticed(LIMIT)],
    ['resets', /^password_resets_unmailed$/, () => resets().listUnmailedIds(NOW, HOUR_LATER, LIMIT)],
  ];

  it.each(mails)('unmailed %s: by an index that holds nothing else', async (_, index, read) => {
    const queries = await log.during(read);
    const plans = await Promise.all(queries.map((query) => planOf(tenants.source, query)));
    expect(plans.flatMap(({ indexes }) => indexes)).toEqual([expect.stringMatching(index)]);
    expect(plans.flatMap(({ nodes }) => nodes)).not.toContain('Seq Scan');
  });
});
