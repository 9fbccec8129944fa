export interface ApiKey {
  id: string;
  organizationId: string;
  environmentId: string;
  name: string;
  apiKey: string;
  secretHash: Buffer;
  scopes: string[];
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  createdAt: Date;
}

export function isExpired({ expiresAt }: ApiKey, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}
