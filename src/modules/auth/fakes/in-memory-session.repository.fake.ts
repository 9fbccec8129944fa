import { SessionRepository, type SessionsOf } from '../session.repository.js';
import { isLive, type RefreshToken, type Session } from '../session.js';

export class InMemorySessionRepository extends SessionRepository {
  private sessions: Session[] = [];
  private tokens: RefreshToken[] = [];

  async insert(session: Session): Promise<void> {
    this.sessions.push({ ...session });
  }

  async find(id: string): Promise<Session | null> {
    const session = this.sessions.find((known) => known.id === id);
    return session ? { ...session } : null;
  }

  async extend(id: string, expiresAt: Date): Promise<void> {
    for (const session of this.sessions.filter((known) => known.id === id)) session.expiresAt = expiresAt;
  }

  async findLiveIds(ids: readonly string[], now: Date): Promise<string[]> {
    return this.sessions
      .filter((session) => ids.includes(session.id) && isLive(session, now))
      .map(({ id }) => id);
  }

  async end(by: SessionsOf, at: Date): Promise<Session[]> {
    const [[name, value] = ['', '']] = Object.entries<string>(by);
    const ended = this.sessions.filter(
      (session) => session.endedAt === null && session[name as keyof Session] === value,
    );
    for (const session of ended) session.endedAt = at;
    return ended.map((session) => ({ ...session }));
  }

  async insertToken(token: RefreshToken): Promise<void> {
    this.tokens.push({ ...token });
  }

  async findToken(tokenHash: Buffer): Promise<RefreshToken | null> {
    const token = this.tokens.find((known) => known.tokenHash.equals(tokenHash));
    return token ? { ...token } : null;
  }

  async useToken(id: string, at: Date): Promise<boolean> {
    const token = this.tokens.find((known) => known.id === id && known.usedAt === null);
    if (token) token.usedAt = at;
    return token !== undefined;
  }

  async removeExpired(before: Date): Promise<void> {
    this.sessions = this.sessions.filter(({ expiresAt }) => expiresAt >= before);
    const left = new Set(this.sessions.map(({ id }) => id));
    this.tokens = this.tokens.filter(({ sessionId }) => left.has(sessionId));
  }
}
