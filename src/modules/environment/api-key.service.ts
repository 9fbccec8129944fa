import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { API_KEY_SCOPES } from '../../common/access/permissions.js';
import type { AgentPrincipal, EnvironmentScope, PartnerPrincipal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { NotFound, ValidationFailed } from '../../common/errors/common.errors.js';
import { FreshCache } from '../../common/fresh-cache.js';
import { newId } from '../../common/ids.js';
import { UnitOfWork } from '../../infrastructure/postgres/unit-of-work.js';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { OrganizationService } from '../organization/organization.service.js';
import { isExpired, type ApiKey } from './api-key.js';
import { ApiKeyRepository } from './api-key.repository.js';

export interface ApiKeyDraft {
  name: string;
  scopes?: string[];
  expiresAt?: string;
}

const PURPOSE = 'api-secret';
const FLUSH_MS = 15_000;

@Injectable()
export class ApiKeyService implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(ApiKeyService.name);
  private readonly cache = new FreshCache<ApiKey>(5_000);
  private readonly uses = new Map<string, Date>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly apiKeys: ApiKeyRepository,
    private readonly organizations: OrganizationService,
    private readonly secrets: SecretKeeper,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.flushUses(), FLUSH_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.flushUses();
  }

  /** The secret leaves the server this once. */
  async create(
    principal: AgentPrincipal,
    environmentId: string,
    draft: ApiKeyDraft,
  ): Promise<{ apiKey: ApiKey; apiSecret: string }> {
    const apiSecret = `sk_${randomBytes(32).toString('base64url')}`;
    const apiKey = this.toApiKey(principal, environmentId, draft, apiSecret);
    await this.unitOfWork.run(async () => {
      await this.apiKeys.insert(apiKey);
      await this.record(principal, 'api-key.create', apiKey.id);
    });
    return { apiKey, apiSecret };
  }

  page(scope: EnvironmentScope, afterId: string | null, limit: number): Promise<ApiKey[]> {
    return this.apiKeys.page(scope, afterId, limit);
  }

  async revoke(principal: AgentPrincipal, environmentId: string, id: string): Promise<void> {
    const scope = { organizationId: principal.organizationId, environmentId };
    const revoked = await this.unitOfWork.run(async () => {
      const found = await this.apiKeys.revoke(scope, id, this.clock.now());
      if (found) await this.record(principal, 'api-key.revoke', id);
      return found;
    });
    if (!revoked) throw new NotFound('environment');
    this.cache.forget(revoked.apiKey);
  }

  async findPartner(apiKey: string, apiSecret: string): Promise<PartnerPrincipal | null> {
    const found = await this.cache.get(apiKey, () => this.apiKeys.findByKey(apiKey));
    const now = this.clock.now();
    if (!found || !this.secrets.matches(PURPOSE, apiSecret, found.secretHash) || isExpired(found, now))
      return null;
    this.uses.set(found.id, now);
    const { id, organizationId, environmentId, scopes, name } = found;
    return { type: 'partner', id, organizationId, environmentId, scopes, name };
  }

  private toApiKey(
    { organizationId }: AgentPrincipal,
    environmentId: string,
    draft: ApiKeyDraft,
    apiSecret: string,
  ): ApiKey {
    const now = this.clock.now();
    const expiresAt = draft.expiresAt === undefined ? null : new Date(draft.expiresAt);
    if (expiresAt && expiresAt <= now)
      throw new ValidationFailed([{ path: 'expiresAt', message: 'is in the past' }]);
    return {
      id: newId(),
      organizationId,
      environmentId,
      name: draft.name,
      apiKey: `ak_${randomBytes(15).toString('base64url')}`,
      secretHash: this.secrets.hash(PURPOSE, apiSecret),
      scopes: draft.scopes ?? [...API_KEY_SCOPES],
      expiresAt,
      lastUsedAt: null,
      createdAt: now,
    };
  }

  private record(principal: AgentPrincipal, action: string, id: string): Promise<void> {
    const { organizationId } = principal;
    return this.organizations.recordDeed({
      organizationId,
      actor: principal,
      action,
      target: { type: 'api-key', id },
    });
  }

  /** Beside the requests: that a key was used is worth knowing, but not worth a write per call. */
  private async flushUses(): Promise<void> {
    if (this.uses.size === 0) return;
    const uses = new Map(this.uses);
    this.uses.clear();
    try {
      await this.apiKeys.markUsed(uses);
    } catch (error) {
      this.logger.warn({ err: error }, 'the last use of API keys could not be saved');
    }
  }
}
