import type { AgentPrincipal } from '../../../common/access/principal.js';
import type { DomainEventBus } from '../../../common/events/domain-events.js';
import { newId } from '../../../common/ids.js';
import type { AppConfig } from '../../../config/app-config.js';
import { oneAtATime } from '../../../infrastructure/postgres/one-at-a-time.fake.js';
import type { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import { SecretKeeper } from '../../../infrastructure/secrets/secret-keeper.js';
import { OrganizationService } from '../organization.service.js';
import type { RequestTrace } from '../request-trace.js';
import { InMemoryAuditRepository } from './in-memory-audit.repository.fake.js';
import { InMemoryOrganizationRepository } from './in-memory-organization.repository.fake.js';

const config = {
  auth: { secretsKey: 's'.repeat(40) },
  chat: { messagesPerMinute: 60, anonymousMessagesPerMinute: 20, typingPerMinute: 10 },
  files: { maxBytes: 20 * 1024 * 1024 },
  server: { publicUrl: 'https://chat.example' },
} as AppConfig;

/** What the services of tenants stand on, without a store: a clock to turn, and what was told and recorded. */
export class House {
  now = new Date('2026-11-20T12:00:00.000Z');
  readonly told: string[] = [];
  readonly config = config;
  readonly clock = { now: () => this.now };
  readonly secrets = new SecretKeeper(config);
  readonly events = { publish: (name: string) => this.told.push(name) } as unknown as DomainEventBus;
  readonly audit = new InMemoryAuditRepository();
  readonly unitOfWork: UnitOfWork;
  readonly organizations: OrganizationService;

  constructor() {
    const run = oneAtATime();
    this.unitOfWork = { run, runInTurn: (_, work) => run(work) } as UnitOfWork;
    this.organizations = new OrganizationService(
      new InMemoryOrganizationRepository(),
      this.audit,
      this.unitOfWork,
      this.events,
      this.clock,
      { requestId: null } as RequestTrace,
    );
  }

  async anAdmin(role: AgentPrincipal['role'] = 'owner'): Promise<AgentPrincipal> {
    const { id: organizationId } = await this.organizations.create('Acme');
    const ids = { id: newId(), organizationId, accountId: newId(), sessionId: newId() };
    return { type: 'agent', ...ids, role, name: 'Jiwoo Park', avatarUrl: null };
  }

  pass(ms: number): void {
    this.now = new Date(this.now.getTime() + ms);
  }

  deedsIn(organizationId: string): string[] {
    return this.audit.recordsOf(organizationId).map(({ action }) => action);
  }
}
