import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { CallOrigin } from '../../common/access/principal-resolver.js';
import type { AgentPrincipal, EnvironmentScope, PartnerPrincipal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { NotFound, ValidationFailed } from '../../common/errors/common.errors.js';
import { DomainEventBus } from '../../common/events/domain-events.js';
import { FreshCache } from '../../common/fresh-cache.js';
import { newId } from '../../common/ids.js';
import type { IdentityVerification, OfficeHoursView } from '../../contracts/tenants.js';
import { AppConfig } from '../../config/app-config.js';
import { UnitOfWork } from '../../infrastructure/postgres/unit-of-work.js';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { OrganizationService } from '../organization/organization.service.js';
import { ApiKeyService } from './api-key.service.js';
import { LastEnvironment, OriginNotAllowed } from './environment.errors.js';
import {
  defaultSettings,
  isOriginAllowed,
  mergeSettings,
  type Environment,
  type SettingsPatch,
} from './environment.js';
import { officeHoursAt } from './office-hours.js';
import { EnvironmentRepository, type EnvironmentChanges } from './environment.repository.js';

export interface EnvironmentPatch {
  name?: string;
  allowedOrigins?: string[];
  identityVerification?: IdentityVerification;
  settings?: SettingsPatch;
}

const IDENTITY_SECRET = 'identity-secret';

@Injectable()
export class EnvironmentService {
  private readonly byPluginKey = new FreshCache<Environment>(5_000);
  private readonly byId = new FreshCache<Environment>(5_000);
  private readonly idLists = new FreshCache<string[]>(5_000);

  constructor(
    private readonly environments: EnvironmentRepository,
    private readonly apiKeys: ApiKeyService,
    private readonly organizations: OrganizationService,
    private readonly secrets: SecretKeeper,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: DomainEventBus,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Joins the transaction of its caller. */
  async createFirst(organizationId: string, title: string): Promise<Environment> {
    const environment = this.draft(organizationId, 'live', title);
    await this.environments.insert(environment);
    return environment;
  }

  async create(principal: AgentPrincipal, name: string, patch: EnvironmentPatch): Promise<Environment> {
    this.assertPossible(patch);
    const { organizationId } = principal;
    const organization = await this.organizations.get(organizationId);
    const draft = this.draft(organizationId, name, organization.name);
    const environment = { ...draft, ...changesOf(draft, patch) };
    await this.unitOfWork.run(async () => {
      await this.environments.insert(environment);
      await this.record(principal, 'environment.create', environment.id);
    });
    this.forget(environment);
    return environment;
  }

  page(organizationId: string, afterId: string | null, limit: number): Promise<Environment[]> {
    return this.environments.page({ organizationId }, afterId, limit);
  }

  /** The first one made; an organization always has one. */
  async first(organizationId: string): Promise<Environment> {
    const [environment] = await this.environments.page({ organizationId }, null, 1);
    if (!environment) throw new NotFound('environment');
    return environment;
  }

  /** Throws NotFound also when it is another tenant's. */
  async get(scope: EnvironmentScope): Promise<Environment> {
    const found = await this.environments.find(scope);
    if (!found) throw new NotFound('environment');
    return found;
  }

  async update(
    principal: AgentPrincipal,
    environmentId: string,
    patch: EnvironmentPatch,
  ): Promise<Environment> {
    this.assertPossible(patch);
    const updated = await this.change(principal, environmentId, 'environment.update', (present) =>
      changesOf(present, patch),
    );
    this.publishUpdate(updated);
    return updated;
  }

  async rotatePluginKey(principal: AgentPrincipal, environmentId: string): Promise<Environment> {
    const before = await this.get({ organizationId: principal.organizationId, environmentId });
    const updated = await this.change(principal, environmentId, 'environment.rotate-plugin-key', () => ({
      pluginKey: newPluginKey(),
    }));
    this.byPluginKey.forget(before.pluginKey);
    this.publishUpdate(updated);
    return updated;
  }

  /** The hex of it is shown this once. */
  async rotateIdentitySecret(principal: AgentPrincipal, environmentId: string): Promise<string> {
    const secret = randomBytes(32);
    await this.change(principal, environmentId, 'environment.rotate-identity-secret', () => ({
      identitySecret: this.secrets.seal(IDENTITY_SECRET, secret),
      identitySecretRotatedAt: this.clock.now(),
    }));
    return secret.toString('hex');
  }

  async remove(principal: AgentPrincipal, environmentId: string): Promise<void> {
    const { organizationId } = principal;
    const scope = { organizationId, environmentId };
    const environment = await this.get(scope);
    await this.unitOfWork.run(async () => {
      const ids = await this.environments.lockIds({ organizationId });
      if (!ids.includes(environmentId)) throw new NotFound('environment');
      if (ids.length === 1) throw new LastEnvironment();
      await this.environments.remove(scope, this.clock.now());
      await this.record(principal, 'environment.remove', environmentId);
    });
    this.forget(environment);
    this.events.publish('environment.removed', { scope });
  }

  /** Up to five seconds old; null for an unknown key. */
  findByPluginKey(pluginKey: string): Promise<Environment | null> {
    return this.byPluginKey.get(pluginKey, () => this.environments.findByPluginKey(pluginKey));
  }

  /** Those among them that are good now. */
  livePluginKeys(pluginKeys: readonly string[]): Promise<string[]> {
    return this.environments.livePluginKeys(pluginKeys);
  }

  /** Up to five seconds old. */
  findById(environmentId: string): Promise<Environment | null> {
    return this.byId.get(environmentId, () => this.environments.findById(environmentId));
  }

  /** Up to five seconds old. */
  async listIds(organizationId: string): Promise<string[]> {
    return (
      (await this.idLists.get(organizationId, () => this.environments.listIds({ organizationId }))) ?? []
    );
  }

  /** Throws OriginNotAllowed. */
  assertOrigin(environment: Environment, from: CallOrigin): void {
    const own = new URL(this.config.server.publicUrl).origin;
    if (!isOriginAllowed(environment.allowedOrigins, own, [from.origin, from.parentOrigin]))
      throw new OriginNotAllowed();
  }

  /** The bytes that member proofs are made with; null when none were made yet. */
  identitySecretOf(environment: Environment): Buffer | null {
    return environment.identitySecret && this.secrets.open(IDENTITY_SECRET, environment.identitySecret);
  }

  /** Of a file that a user or partner uploads: what the environment lets them, at most what the installation does. */
  maxFileBytesOf({ settings }: Environment): number {
    const { maxBytes } = this.config.files;
    return Math.min(settings.files.maxBytes ?? maxBytes, maxBytes);
  }

  officeHoursOf({ settings }: Environment): OfficeHoursView | null {
    return officeHoursAt(settings.officeHours, this.clock.now());
  }

  /** Null when the key is unknown, expired or revoked, the secret wrong, or the environment removed. */
  async findPartner(apiKey: string, apiSecret: string): Promise<PartnerPrincipal | null> {
    const partner = await this.apiKeys.findPartner(apiKey, apiSecret);
    return partner && (await this.findById(partner.environmentId)) ? partner : null;
  }

  /** An environment may take smaller files than the installation, not larger ones. */
  private assertPossible({ settings }: EnvironmentPatch): void {
    const { maxBytes } = this.config.files;
    if ((settings?.files?.maxBytes ?? 0) <= maxBytes) return;
    throw new ValidationFailed([
      { path: 'settings.files.maxBytes', message: `must not be greater than ${maxBytes}` },
    ]);
  }

  private draft(organizationId: string, name: string, title: string): Environment {
    const { messagesPerMinute, anonymousMessagesPerMinute, typingPerMinute } = this.config.chat;
    return {
      id: newId(),
      organizationId,
      name,
      pluginKey: newPluginKey(),
      allowedOrigins: [],
      identityVerification: 'optional',
      identitySecret: null,
      identitySecretRotatedAt: null,
      settings: defaultSettings(title, { messagesPerMinute, anonymousMessagesPerMinute, typingPerMinute }),
      createdAt: this.clock.now(),
    };
  }

  private async change(
    principal: AgentPrincipal,
    environmentId: string,
    action: string,
    decide: (present: Environment) => EnvironmentChanges,
  ): Promise<Environment> {
    const scope = { organizationId: principal.organizationId, environmentId };
    const updated = await this.unitOfWork.run(async () => {
      // Settings are made from those that are there: whoever changes others at the same moment waits.
      await this.environments.lockIds(scope);
      const present = await this.get(scope);
      await this.record(principal, action, environmentId);
      return this.environments.update(scope, decide(present));
    });
    if (!updated) throw new NotFound('environment');
    this.forget(updated);
    return updated;
  }

  private record(principal: AgentPrincipal, action: string, environmentId: string): Promise<void> {
    const { organizationId } = principal;
    const target = { type: 'environment', id: environmentId };
    return this.organizations.recordDeed({ organizationId, actor: principal, action, target });
  }

  private forget({ id, organizationId, pluginKey }: Environment): void {
    this.byId.forget(id);
    this.byPluginKey.forget(pluginKey);
    this.idLists.forget(organizationId);
  }

  private publishUpdate({ id, organizationId, settings }: Environment): void {
    const scope = { organizationId, environmentId: id };
    this.events.publish('environment.updated', { scope, widget: settings.widget });
  }
}

function newPluginKey(): string {
  return `pk_${randomBytes(18).toString('base64url')}`;
}

function changesOf(present: Environment, patch: EnvironmentPatch): EnvironmentChanges {
  return {
    name: patch.name ?? present.name,
    allowedOrigins: patch.allowedOrigins ?? present.allowedOrigins,
    identityVerification: patch.identityVerification ?? present.identityVerification,
    settings: mergeSettings(present.settings, patch.settings ?? {}),
  };
}
