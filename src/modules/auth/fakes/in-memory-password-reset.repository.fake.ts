import { PasswordResetRepository, type PasswordReset } from '../password-reset.repository.js';

export class InMemoryPasswordResetRepository extends PasswordResetRepository {
  private readonly resets = new Map<string, PasswordReset>();

  async insert(reset: PasswordReset): Promise<void> {
    this.resets.set(reset.id, { ...reset });
  }

  async find(id: string): Promise<PasswordReset | null> {
    const reset = this.resets.get(id);
    return reset ? { ...reset } : null;
  }

  async use(id: string, at: Date): Promise<boolean> {
    const reset = this.resets.get(id);
    if (!reset || reset.usedAt !== null || reset.expiresAt <= at) return false;
    reset.usedAt = at;
    return true;
  }

  async useAllOf(accountId: string, at: Date): Promise<void> {
    for (const reset of this.resets.values()) {
      if (reset.accountId === accountId) reset.usedAt ??= at;
    }
  }

  async markMailed(id: string, at: Date): Promise<void> {
    const reset = this.resets.get(id);
    if (reset) reset.mailedAt = at;
  }

  async listUnmailedIds(now: Date, madeBefore: Date, limit: number): Promise<string[]> {
    return [...this.resets.values()]
      .filter(({ mailedAt, usedAt }) => mailedAt === null && usedAt === null)
      .filter(({ createdAt, expiresAt }) => createdAt < madeBefore && expiresAt > now)
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
      .slice(0, limit)
      .map(({ id }) => id);
  }
}
