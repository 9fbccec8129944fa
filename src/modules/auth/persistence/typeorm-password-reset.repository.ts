import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, MoreThan } from 'typeorm';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import { PasswordResetRepository, type PasswordReset } from '../password-reset.repository.js';
import { PasswordResetEntity } from './password-reset.entity.js';

@Injectable()
export class TypeormPasswordResetRepository extends PasswordResetRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async insert(reset: PasswordReset): Promise<void> {
    await this.manager.insert(PasswordResetEntity, { ...reset });
  }

  async find(id: string): Promise<PasswordReset | null> {
    const row = await this.manager.findOneBy(PasswordResetEntity, { id });
    return row && toPasswordReset(row);
  }

  async use(id: string, at: Date): Promise<boolean> {
    const open = { id, usedAt: IsNull(), expiresAt: MoreThan(at) };
    const { affected } = await this.manager.update(PasswordResetEntity, open, { usedAt: at });
    return affected === 1;
  }

  async useAllOf(accountId: string, at: Date): Promise<void> {
    await this.manager.update(PasswordResetEntity, { accountId, usedAt: IsNull() }, { usedAt: at });
  }

  async markMailed(id: string, at: Date): Promise<void> {
    await this.manager.update(PasswordResetEntity, { id }, { mailedAt: at });
  }

  async listUnmailedIds(now: Date, madeBefore: Date, limit: number): Promise<string[]> {
    const rows = await this.manager.find(PasswordResetEntity, {
      select: { id: true },
      where: {
        mailedAt: IsNull(),
        usedAt: IsNull(),
        createdAt: LessThan(madeBefore),
        expiresAt: MoreThan(now),
      },
      order: { createdAt: 'ASC' },
      take: limit,
    });
    return rows.map(({ id }) => id);
  }

  private get manager() {
    return this.unitOfWork.manager;
  }
}

function toPasswordReset(row: PasswordResetEntity): PasswordReset {
  const { id, accountId, createdAt, expiresAt, usedAt, mailedAt } = row;
  return { id, accountId, createdAt, expiresAt, usedAt, mailedAt };
}
