import { Injectable } from '@nestjs/common';
import jwt from 'jsonwebtoken';
import { createHash } from 'node:crypto';
import { Clock } from '../../common/clock.js';
import { Unauthenticated } from '../../common/errors/common.errors.js';
import { AppConfig } from '../../config/app-config.js';
import type { UserIdentity } from '../../contracts/users.js';
import { TokenExpired } from './auth.errors.js';

export interface AgentClaims {
  sub: string;
  /** Organization and session. */
  org: string;
  sid: string;
}

export interface UserClaims {
  sub: string;
  env: string;
  identity: UserIdentity;
}

export interface VisitorClaims extends UserClaims {
  /** Seconds, as JWT has it. */
  iat?: number;
}

interface ClaimsByAudience {
  agent: AgentClaims;
  user: UserClaims;
  visitor: VisitorClaims;
}
export type Audience = keyof ClaimsByAudience;

export const ISSUER = 'fast-light-chat';
export const ALGORITHM = 'HS256' as const;
const MAX_LENGTH = 4_096;

/** JWTs for agents, users and visitors. One is never good as another: audience and type differ and are checked. */
@Injectable()
export class TokenSigner {
  private readonly current: string;
  private readonly secrets: ReadonlyMap<string, string>;

  constructor(
    { auth }: AppConfig,
    private readonly clock: Clock,
  ) {
    this.current = keyIdOf(auth.jwtSecret);
    const accepted = auth.previousJwtSecret ? [auth.previousJwtSecret, auth.jwtSecret] : [auth.jwtSecret];
    this.secrets = new Map(accepted.map((secret) => [keyIdOf(secret), secret]));
  }

  sign<A extends Audience>(audience: A, claims: ClaimsByAudience[A], seconds: number): string {
    return jwt.sign({ ...claims, typ: typeOf(audience), iat: this.seconds() }, this.secretFor(this.current), {
      algorithm: ALGORITHM,
      issuer: ISSUER,
      audience,
      keyid: this.current,
      expiresIn: seconds,
    });
  }

  /** Throws TokenExpired, or Unauthenticated for anything else that is wrong with it. */
  verify<A extends Audience>(audience: A, token: string): ClaimsByAudience[A] {
    const secret = this.secretOf(token);
    if (secret === undefined) throw new Unauthenticated();
    try {
      const clockTimestamp = this.seconds();
      const expected = { algorithms: [ALGORITHM], issuer: ISSUER, audience, clockTimestamp };
      const claims = jwt.verify(token, secret, expected);
      if (typeof claims === 'object' && claims.typ === typeOf(audience))
        return claims as unknown as ClaimsByAudience[A];
    } catch (error) {
      if (error instanceof jwt.TokenExpiredError) throw new TokenExpired();
    }
    throw new Unauthenticated();
  }

  /** The secret that the token says to be signed with; undefined when it is none of ours. */
  secretOf(token: string): string | undefined {
    if (token.length > MAX_LENGTH) return undefined;
    const keyId = decodedHeaderOf(token)?.kid;
    return keyId === undefined ? undefined : this.secrets.get(keyId);
  }

  /** As JWT has it; of the clock that all nodes follow, so that each takes what another has signed. */
  private seconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }

  private secretFor(keyId: string): string {
    return this.secrets.get(keyId) ?? '';
  }
}

function typeOf(audience: Audience): string {
  return audience === 'visitor' ? 'visitor' : 'access';
}

/** Tells secrets apart and tells nothing of them. */
function keyIdOf(secret: string): string {
  return createHash('sha256').update(`kid:${secret}`).digest('hex').slice(0, 12);
}

function decodedHeaderOf(token: string): jwt.JwtHeader | undefined {
  try {
    return jwt.decode(token, { complete: true })?.header;
  } catch {
    return undefined;
  }
}
