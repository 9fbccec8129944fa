export interface PasswordReset {
  id: string;
  accountId: string;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  mailedAt: Date | null;
}

/** Over tenants: an account belongs to none. */
export abstract class PasswordResetRepository {
  abstract insert(reset: PasswordReset): Promise<void>;
  abstract find(id: string): Promise<PasswordReset | null>;
  /** True for the one caller who used it first. */
  abstract use(id: string, at: Date): Promise<boolean>;
  /** Those of the account that are still open become unusable. */
  abstract useAllOf(accountId: string, at: Date): Promise<void>;
  abstract markMailed(id: string, at: Date): Promise<void>;
  /** Open ones that were made before and whose mail never went out. */
  abstract listUnmailedIds(now: Date, madeBefore: Date, limit: number): Promise<string[]>;
}
