import { EmailTaken } from '../agent.errors.js';
import { AccountRepository } from '../agent.repository.js';
import type { Account } from '../agent.js';

export class InMemoryAccountRepository extends AccountRepository {
  private readonly accounts: Account[] = [];

  async insert(account: Account): Promise<void> {
    if (this.withEmail(account.email)) throw new EmailTaken();
    this.accounts.push({ ...account });
  }

  async find(id: string): Promise<Account | null> {
    const account = this.accounts.find((known) => known.id === id);
    return account ? { ...account } : null;
  }

  async findByEmail(email: string): Promise<Account | null> {
    const account = this.withEmail(email);
    return account ? { ...account } : null;
  }

  private withEmail(email: string): Account | undefined {
    return this.accounts.find((known) => known.email.toLowerCase() === email.toLowerCase());
  }
}
