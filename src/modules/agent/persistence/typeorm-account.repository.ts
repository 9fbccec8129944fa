import { Injectable } from '@nestjs/common';
import { brokenUniqueRule } from '../../../infrastructure/postgres/unique-violation.js';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import { EmailTaken } from '../agent.errors.js';
import { AccountRepository } from '../agent.repository.js';
import type { Account } from '../agent.js';
import { AccountEntity } from './account.entity.js';

@Injectable()
export class TypeormAccountRepository extends AccountRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async insert(account: Account): Promise<void> {
    try {
      await this.unitOfWork.manager.insert(AccountEntity, { ...account });
    } catch (error) {
      if (brokenUniqueRule(error) === 'accounts_email_unique') throw new EmailTaken();
      throw error;
    }
  }

  async find(id: string): Promise<Account | null> {
    const row = await this.unitOfWork.manager.findOneBy(AccountEntity, { id });
    return row && toAccount(row);
  }

  async findByEmail(email: string): Promise<Account | null> {
    const row = await this.unitOfWork.manager.findOneBy(AccountEntity, { email });
    return row && toAccount(row);
  }
}

function toAccount({ id, email, createdAt }: AccountEntity): Account {
  return { id, email, createdAt };
}
