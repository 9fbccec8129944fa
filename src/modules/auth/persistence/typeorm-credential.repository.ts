import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import { CredentialRepository } from '../credential.repository.js';
import { CredentialEntity } from './credential.entity.js';

@Injectable()
export class TypeormCredentialRepository extends CredentialRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async findPasswordHash(accountId: string): Promise<string | null> {
    const row = await this.unitOfWork.manager.findOneBy(CredentialEntity, { accountId });
    return row?.passwordHash ?? null;
  }

  async save(accountId: string, passwordHash: string, at: Date): Promise<void> {
    const row = { accountId, passwordHash, changedAt: at };
    await this.unitOfWork.manager.upsert(CredentialEntity, row, ['accountId']);
  }
}
