import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Clock } from '../../common/clock.js';
import { Unauthenticated } from '../../common/errors/common.errors.js';
import { DomainEventBus } from '../../common/events/domain-events.js';
import { newId } from '../../common/ids.js';
import { AppConfig } from '../../config/app-config.js';
import type { SessionTokens } from '../../contracts/tenants.js';
import { UnitOfWork } from '../../infrastructure/postgres/unit-of-work.js';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { TokenReused } from './auth.errors.js';
import { SessionRepository, type SessionsOf } from './session.repository.js';
import { isLive, type RefreshToken, type Session } from './session.js';
import { TokenSigner } from './token-signer.js';

const PURPOSE = 'refresh-token';
const DAY_MS = 86_400_000;

export interface Member {
  id: string;
  accountId: string;
  organizationId: string;
}

@Injectable()
export class SessionService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly tokens: TokenSigner,
    private readonly secrets: SecretKeeper,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: DomainEventBus,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Joins the transaction of its caller. */
  async open({ id: agentId, accountId, organizationId }: Member): Promise<SessionTokens> {
    const createdAt = this.clock.now();
    const expiresAt = this.expiryFrom(createdAt);
    const session = { id: newId(), accountId, organizationId, agentId, createdAt, expiresAt, endedAt: null };
    return this.unitOfWork.run(async () => {
      await this.sessions.insert(session);
      return this.issue(session);
    });
  }

  /** Throws TokenReused, after ending the session: one of the two who have the token is a thief. */
  async refresh(refreshToken: string): Promise<{ tokens: SessionTokens; session: Session }> {
    const token = await this.sessions.findToken(this.hash(refreshToken));
    const session = token && (await this.sessions.find(token.sessionId));
    if (!token || !session) throw new Unauthenticated();
    if (token.usedAt) return this.refuseReuse(session);
    const now = this.clock.now();
    if (!isLive(session, now) || token.expiresAt <= now) return this.refuseEnded(token, session);
    const tokens = await this.rotate(token, session);
    return tokens ? { tokens, session } : this.refuseReuse(session);
  }

  /** Quiet about tokens that it does not know: to be signed out is what the caller wants. */
  async endByToken(refreshToken: string): Promise<void> {
    const token = await this.sessions.findToken(this.hash(refreshToken));
    if (token) await this.end({ id: token.sessionId });
  }

  async end(by: SessionsOf): Promise<void> {
    this.announce(await this.close(by));
  }

  /** Joins the transaction of its caller, who announces it once that is through. */
  close(by: SessionsOf): Promise<Session[]> {
    return this.sessions.end(by, this.clock.now());
  }

  announce(ended: readonly Session[]): void {
    for (const { id, organizationId, agentId } of ended) {
      this.events.publish('session.ended', { sessionId: id, organizationId, agentId });
    }
  }

  async findLive(id: string): Promise<Session | null> {
    const session = await this.sessions.find(id);
    return session && isLive(session, this.clock.now()) ? session : null;
  }

  findLiveIds(ids: readonly string[]): Promise<string[]> {
    return this.sessions.findLiveIds(ids, this.clock.now());
  }

  /** A day late, so that reuse of a token is still told from a token that never was. */
  removeExpired(): Promise<void> {
    return this.sessions.removeExpired(new Date(this.clock.now().getTime() - DAY_MS));
  }

  /** Null when somebody else used the token in the same moment: the row decides, not what was read before. */
  private rotate(token: RefreshToken, session: Session): Promise<SessionTokens | null> {
    return this.unitOfWork.run(async () => {
      if (!(await this.sessions.useToken(token.id, this.clock.now()))) return null;
      await this.sessions.extend(session.id, this.expiryFrom(this.clock.now()));
      return this.issue(session);
    });
  }

  /** Between the two looks others may have used the token, and one of them have ended the session for it. */
  private async refuseEnded({ tokenHash }: RefreshToken, session: Session): Promise<never> {
    const token = await this.sessions.findToken(tokenHash);
    if (token?.usedAt) return this.refuseReuse(session);
    throw new Unauthenticated();
  }

  private async refuseReuse(session: Session): Promise<never> {
    await this.end({ id: session.id });
    throw new TokenReused();
  }

  private async issue(session: Session): Promise<SessionTokens> {
    const refreshToken = `rt_${randomBytes(32).toString('base64url')}`;
    const createdAt = this.clock.now();
    await this.sessions.insertToken({
      id: newId(),
      sessionId: session.id,
      tokenHash: this.hash(refreshToken),
      createdAt,
      expiresAt: this.expiryFrom(createdAt),
      usedAt: null,
    });
    const expiresIn = this.config.auth.accessTokenSeconds;
    const claims = { sub: session.agentId, org: session.organizationId, sid: session.id };
    return { accessToken: this.tokens.sign('agent', claims, expiresIn), refreshToken, expiresIn };
  }

  private hash(refreshToken: string): Buffer {
    return this.secrets.hash(PURPOSE, refreshToken);
  }

  private expiryFrom(time: Date): Date {
    return new Date(time.getTime() + this.config.auth.refreshTokenDays * DAY_MS);
  }
}
