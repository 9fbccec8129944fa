import jwt from 'jsonwebtoken';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IdentityVerification } from '../../contracts/tenants.js';
import type { MemberIdentity } from '../user/user.js';
import { IdentityProofRequired } from './auth.errors.js';

/** A token lives so short because a page may leak it; the rest is for clocks that differ. */
const MAX_TOKEN_SECONDS = 600;
const CLOCK_LEEWAY_SECONDS = 5;
const HASH = /^[0-9a-f]{64}$/;

export interface MemberClaim {
  memberId?: string;
  memberHash?: string;
  memberToken?: string;
}

export interface Member {
  memberId: string;
  identity: MemberIdentity;
}

/**
 * Who the page says that the visitor is, and how far that is believed. Null when it says nothing. A proof that is
 * given has to be right, whatever the setting: a wrong one is an attack or a fault, and never a lesser claim.
 */
export function memberFrom(
  claim: MemberClaim,
  verification: IdentityVerification,
  secret: Buffer | null,
  now: Date,
): Member | null {
  const { memberHash, memberToken } = claim;
  const tokenMemberId = memberToken === undefined ? undefined : memberIdOf(memberToken, secret, now);
  const memberId = claim.memberId ?? tokenMemberId;
  if (memberId === undefined) return refuseStrayHash(memberHash);
  if (tokenMemberId !== undefined && tokenMemberId !== memberId) throw new IdentityProofRequired();
  if (memberHash !== undefined) assertHash(memberId, memberHash, secret);
  const isProven = memberHash !== undefined || memberToken !== undefined;
  if (!isProven && verification === 'required') throw new IdentityProofRequired();
  return { memberId, identity: isProven ? 'verified' : 'claimed' };
}

function refuseStrayHash(memberHash: string | undefined): null {
  if (memberHash !== undefined) throw new IdentityProofRequired();
  return null;
}

function assertHash(memberId: string, memberHash: string, secret: Buffer | null): void {
  if (!secret || !HASH.test(memberHash)) throw new IdentityProofRequired();
  const expected = createHmac('sha256', secret).update(memberId).digest();
  if (!timingSafeEqual(expected, Buffer.from(memberHash, 'hex'))) throw new IdentityProofRequired();
}

function memberIdOf(memberToken: string, secret: Buffer | null, now: Date): string {
  const claims = secret && verifiedClaims(memberToken, secret, now);
  if (!claims || typeof claims.memberId !== 'string' || claims.memberId === '')
    throw new IdentityProofRequired();
  if (claims.memberId.length > 200 || !isShortLived(claims, now)) throw new IdentityProofRequired();
  return claims.memberId;
}

function verifiedClaims(memberToken: string, secret: Buffer, now: Date): jwt.JwtPayload | null {
  try {
    const clockTimestamp = Math.floor(now.getTime() / 1000);
    const claims = jwt.verify(memberToken, secret, { algorithms: ['HS256'], clockTimestamp });
    return typeof claims === 'object' ? claims : null;
  } catch {
    return null;
  }
}

function isShortLived({ exp, iat }: jwt.JwtPayload, now: Date): boolean {
  if (exp === undefined) return false;
  const left = exp - Math.floor(now.getTime() / 1000);
  const whole = iat === undefined ? left : exp - iat;
  return (
    left <= MAX_TOKEN_SECONDS + CLOCK_LEEWAY_SECONDS && whole <= MAX_TOKEN_SECONDS + CLOCK_LEEWAY_SECONDS
  );
}
