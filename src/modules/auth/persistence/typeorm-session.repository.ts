import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, MoreThan } from 'typeorm';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import { SessionRepository, type SessionsOf } from '../session.repository.js';
import type { RefreshToken, Session } from '../session.js';
import { RefreshTokenEntity } from './refresh-token.entity.js';
import { SessionEntity } from './session.entity.js';

@Injectable()
export class TypeormSessionRepository extends SessionRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async insert(session: Session): Promise<void> {
    await this.manager.insert(SessionEntity, { ...session });
  }

  async find(id: string): Promise<Session | null> {
    const row = await this.manager.findOneBy(SessionEntity, { id });
    return row && toSession(row);
  }

  async extend(id: string, expiresAt: Date): Promise<void> {
    await this.manager.update(SessionEntity, { id }, { expiresAt });
  }

  async findLiveIds(ids: readonly string[], now: Date): Promise<string[]> {
    const rows = await this.manager.find(SessionEntity, {
      select: { id: true },
      where: { id: In([...ids]), endedAt: IsNull(), expiresAt: MoreThan(now) },
    });
    return rows.map(({ id }) => id);
  }

  /** The row decides whose end it was: of two at once, only one gets the session back. */
  async end(by: SessionsOf, at: Date): Promise<Session[]> {
    const rows = await this.manager.findBy(SessionEntity, { ...by, endedAt: IsNull() });
    if (rows.length === 0) return [];
    const result = await this.manager
      .createQueryBuilder()
      .update(SessionEntity)
      .set({ endedAt: at })
      .where({ id: In(rows.map(({ id }) => id)), endedAt: IsNull() })
      .returning('id')
      .execute();
    const ended = new Set((result.raw as { id: string }[]).map(({ id }) => id));
    return rows.filter(({ id }) => ended.has(id)).map((row) => ({ ...toSession(row), endedAt: at }));
  }

  async insertToken(token: RefreshToken): Promise<void> {
    await this.manager.insert(RefreshTokenEntity, { ...token });
  }

  async findToken(tokenHash: Buffer): Promise<RefreshToken | null> {
    const row = await this.manager.findOneBy(RefreshTokenEntity, { tokenHash });
    return row && toRefreshToken(row);
  }

  /** A second user waits for the first one's row lock and then finds nothing left to update. */
  async useToken(id: string, at: Date): Promise<boolean> {
    const { affected } = await this.manager.update(
      RefreshTokenEntity,
      { id, usedAt: IsNull() },
      { usedAt: at },
    );
    return affected === 1;
  }

  async removeExpired(before: Date): Promise<void> {
    await this.manager.delete(SessionEntity, { expiresAt: LessThan(before) });
  }

  private get manager() {
    return this.unitOfWork.manager;
  }
}

function toSession(row: SessionEntity): Session {
  const { id, accountId, organizationId, agentId, createdAt, expiresAt, endedAt } = row;
  return { id, accountId, organizationId, agentId, createdAt, expiresAt, endedAt };
}

function toRefreshToken(row: RefreshTokenEntity): RefreshToken {
  const { id, sessionId, tokenHash, createdAt, expiresAt, usedAt } = row;
  return { id, sessionId, tokenHash, createdAt, expiresAt, usedAt };
}
