import { CredentialRepository } from '../credential.repository.js';

export class InMemoryCredentialRepository extends CredentialRepository {
  private readonly hashes = new Map<string, string>();

  async findPasswordHash(accountId: string): Promise<string | null> {
    return this.hashes.get(accountId) ?? null;
  }

  async save(accountId: string, passwordHash: string): Promise<void> {
    this.hashes.set(accountId, passwordHash);
  }
}
