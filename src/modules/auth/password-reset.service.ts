import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { RateLimited } from '../../common/errors/common.errors.js';
import { DomainEventBus } from '../../common/events/domain-events.js';
import { isId, newId } from '../../common/ids.js';
import { RateLimits } from '../../infrastructure/limits/rate-limits.js';
import { UnitOfWork } from '../../infrastructure/postgres/unit-of-work.js';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { AgentService } from '../agent/agent.service.js';
import { OrganizationService } from '../organization/organization.service.js';
import { ResetNotFound } from './auth.errors.js';
import { CredentialRepository } from './credential.repository.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordResetRepository, type PasswordReset } from './password-reset.repository.js';
import { assertUsable } from './password-rules.js';
import { SessionService } from './session.service.js';

const PURPOSE = 'password-reset';
const LIFE_MS = 3_600_000;
const PER_HOUR = 5;

export interface ResetMail {
  email: string;
  token: string;
  language: 'ko' | 'en';
}

/** As with invitations, the token is the id and its keyed hash: no job and no table holds it. */
@Injectable()
export class PasswordResetService {
  private readonly logger = new Logger(PasswordResetService.name);

  constructor(
    private readonly resets: PasswordResetRepository,
    private readonly agents: AgentService,
    private readonly organizations: OrganizationService,
    private readonly credentials: CredentialRepository,
    private readonly sessions: SessionService,
    private readonly hasher: PasswordHasher,
    private readonly secrets: SecretKeeper,
    private readonly limits: RateLimits,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: DomainEventBus,
    private readonly clock: Clock,
  ) {}

  /** Answers before anything is looked up: neither the answer nor its time tells whether the address is known. */
  request(email: string): void {
    this.make(email).catch((error: unknown) => {
      if (!(error instanceof RateLimited))
        this.logger.error({ err: error }, 'a password reset could not be made');
    });
  }

  /** Throws ResetNotFound for any token that is not good now. All sessions of the account end. */
  async reset(token: string, password: string): Promise<void> {
    const reset = await this.getOpen(token);
    const account = await this.agents.findAccount(reset.accountId);
    if (!account) throw new ResetNotFound();
    assertUsable(password, account.email);
    const passwordHash = await this.hasher.hash(password);
    const ended = await this.unitOfWork.run(async () => {
      const now = this.clock.now();
      if (!(await this.resets.use(reset.id, now))) throw new ResetNotFound();
      await this.resets.useAllOf(account.id, now);
      await this.credentials.save(account.id, passwordHash, now);
      return this.sessions.close({ accountId: account.id });
    });
    this.sessions.announce(ended);
  }

  /** What the mail needs; null when there is nothing to be mailed any more. */
  async findUnmailed(id: string): Promise<ResetMail | null> {
    const reset = await this.resets.find(id);
    if (!reset || reset.mailedAt !== null || !isOpen(reset, this.clock.now())) return null;
    const account = await this.agents.findAccount(reset.accountId);
    if (!account) return null;
    return { email: account.email, token: this.tokenOf(id), language: await this.languageOf(account.id) };
  }

  markMailed(id: string): Promise<void> {
    return this.resets.markMailed(id, this.clock.now());
  }

  listForgottenIds(olderThanMs: number, limit: number): Promise<string[]> {
    const now = this.clock.now();
    return this.resets.listUnmailedIds(now, new Date(now.getTime() - olderThanMs), limit);
  }

  private async make(email: string): Promise<void> {
    const account = await this.agents.findAccountByEmail(email);
    if (!account) return;
    await this.limits.consume(PURPOSE, account.id, PER_HOUR, LIFE_MS / 1000);
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + LIFE_MS);
    const reset = { id: newId(), accountId: account.id, createdAt, expiresAt, usedAt: null, mailedAt: null };
    await this.resets.insert(reset);
    this.events.publish('password.forgotten', { resetId: reset.id });
  }

  private async getOpen(token: string): Promise<PasswordReset> {
    const [id = '', signature = ''] = token.split('.');
    const isOurs = isId(id) && this.secrets.matches(PURPOSE, id, Buffer.from(signature, 'base64url'));
    const reset = isOurs ? await this.resets.find(id) : null;
    if (!reset || !isOpen(reset, this.clock.now())) throw new ResetNotFound();
    return reset;
  }

  private tokenOf(id: string): string {
    return `${id}.${this.secrets.hash(PURPOSE, id).toString('base64url')}`;
  }

  private async languageOf(accountId: string): Promise<'ko' | 'en'> {
    const [agent] = await this.agents.listMemberships(accountId);
    if (!agent) return 'en';
    return agent.language ?? (await this.organizations.get(agent.organizationId)).settings.language;
  }
}

function isOpen({ usedAt, expiresAt }: PasswordReset, now: Date): boolean {
  return usedAt === null && expiresAt > now;
}
