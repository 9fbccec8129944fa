import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { Conflict, NotFound } from '../../common/errors/common.errors.js';
import { DomainEventBus } from '../../common/events/domain-events.js';
import { FreshCache } from '../../common/fresh-cache.js';
import { newId } from '../../common/ids.js';
import type { OrganizationSettings, OrganizationView } from '../../contracts/tenants.js';
import { UnitOfWork } from '../../infrastructure/postgres/unit-of-work.js';
import type { AuditEntry } from './audit.js';
import { AuditRepository } from './audit.repository.js';
import { toOrganizationView } from './dto/organization-response.dto.js';
import { DEFAULT_SETTINGS, slugCandidates, type Organization } from './organization.js';
import { OrganizationRepository } from './organization.repository.js';
import { RequestTrace } from './request-trace.js';

export interface OrganizationPatch {
  name?: string;
  settings?: Partial<OrganizationSettings>;
}

@Injectable()
export class OrganizationService {
  private readonly cache = new FreshCache<Organization>(5_000);

  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly audit: AuditRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: DomainEventBus,
    private readonly clock: Clock,
    private readonly trace: RequestTrace,
  ) {}

  /** Joins the transaction of its caller. */
  async create(name: string): Promise<Organization> {
    const candidates = slugCandidates(name, () => randomBytes(4).toString('hex'));
    const base = { id: newId(), name, settings: DEFAULT_SETTINGS, createdAt: this.clock.now() };
    for (const slug of candidates) {
      const organization = { ...base, slug };
      if (await this.organizations.insert(organization)) return organization;
    }
    throw new Conflict('No free address was found for this name. Try another one.');
  }

  /** Throws NotFound. Up to five seconds old. */
  async get(organizationId: string): Promise<Organization> {
    const found = await this.cache.get(organizationId, () => this.organizations.find({ organizationId }));
    if (!found) throw new NotFound('organization');
    return found;
  }

  async view(organizationId: string): Promise<OrganizationView> {
    return toOrganizationView(await this.get(organizationId));
  }

  findAll(ids: readonly string[]): Promise<Organization[]> {
    return this.organizations.findAll(ids);
  }

  async update(principal: AgentPrincipal, patch: OrganizationPatch): Promise<OrganizationView> {
    const updated = await this.unitOfWork.run(() => this.change(principal, patch));
    this.cache.forget(updated.id);
    const organization = toOrganizationView(updated);
    this.events.publish('organization.updated', { organization });
    return organization;
  }

  /** Belongs into the transaction of the deed. */
  async recordDeed(entry: AuditEntry): Promise<void> {
    await this.audit.append({ ...entry, id: newId(), at: this.clock.now(), requestId: this.trace.requestId });
  }

  private async change(principal: AgentPrincipal, patch: OrganizationPatch): Promise<Organization> {
    const { organizationId } = principal;
    const { name } = patch;
    const settings = definedOf(patch.settings ?? {});
    const updated = await this.organizations.update({ organizationId }, { name, settings });
    if (!updated) throw new NotFound('organization');
    await this.recordDeed({
      organizationId,
      actor: principal,
      action: 'organization.update',
      target: { type: 'organization', id: organizationId },
    });
    return updated;
  }
}

function definedOf<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
