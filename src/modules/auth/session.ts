/** One sign-in: the family of its refresh tokens, and what its access tokens and sockets live by. */
export interface Session {
  id: string;
  accountId: string;
  organizationId: string;
  agentId: string;
  createdAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
}

export interface RefreshToken {
  id: string;
  sessionId: string;
  tokenHash: Buffer;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
}

export function isLive({ endedAt, expiresAt }: Session, now: Date): boolean {
  return endedAt === null && expiresAt > now;
}
