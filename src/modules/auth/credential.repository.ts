export abstract class CredentialRepository {
  abstract findPasswordHash(accountId: string): Promise<string | null>;
  abstract save(accountId: string, passwordHash: string, at: Date): Promise<void>;
}
