import { describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { createHmac, randomBytes } from 'node:crypto';
import { memberFrom, type MemberClaim } from './identity-proof.js';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const seconds = Math.floor(NOW.getTime() / 1000);
const secret = randomBytes(32);

function hashOf(memberId: string, key = secret): string {
  return createHmac('sha256', key).update(memberId).digest('hex');
}

function tokenOf(claims: object, algorithm: jwt.Algorithm = 'HS256'): string {
  return jwt.sign({ memberId: 'kim', iat: seconds, ...claims }, secret, { algorithm });
}

describe(memberFrom.name, () => {
  it('knows nobody without a member id', () => {
    expect(memberFrom({}, 'required', secret, NOW)).toBeNull();
  });

  it('believes a right hash or token, whatever the setting', () => {
    const proofs: MemberClaim[] = [
      { memberId: 'kim', memberHash: hashOf('kim') },
      { memberToken: tokenOf({ exp: seconds + 600 }) },
      { memberId: 'kim', memberHash: hashOf('kim'), memberToken: tokenOf({ exp: seconds + 60 }) },
    ];
    for (const verification of ['off', 'optional', 'required'] as const) {
      for (const proof of proofs) {
        expect(memberFrom(proof, verification, secret, NOW)).toEqual({
          memberId: 'kim',
          identity: 'verified',
        });
      }
    }
  });

  it('takes a bare member id for a claim, where no proof is required', () => {
    expect(memberFrom({ memberId: 'kim' }, 'off', null, NOW)).toEqual({
      memberId: 'kim',
      identity: 'claimed',
    });
    expect(memberFrom({ memberId: 'kim' }, 'optional', secret, NOW)?.identity).toBe('claimed');
    expect(() => memberFrom({ memberId: 'kim' }, 'required', secret, NOW)).toThrow(/proven/);
  });

  it.each<[string, MemberClaim]>([
    ['a hash of somebody else', { memberId: 'kim', memberHash: hashOf('lee') }],
    ['a hash with another secret', { memberId: 'kim', memberHash: hashOf('kim', randomBytes(32)) }],
    ['a hash in capitals', { memberId: 'kim', memberHash: hashOf('kim').toUpperCase() }],
    ['no hash at all', { memberId: 'kim', memberHash: '' }],
    ['a token without an end', { memberToken: tokenOf({}) }],
    ['a token that has ended', { memberToken: tokenOf({ exp: seconds - 1 }) }],
    ['a token for an hour', { memberToken: tokenOf({ exp: seconds + 3600 }) }],
    ['a token of another algorithm', { memberToken: tokenOf({ exp: seconds + 60 }, 'HS512') }],
    ['a token of somebody else', { memberId: 'lee', memberToken: tokenOf({ exp: seconds + 60 }) }],
    [
      'a right token with a wrong hash',
      { memberToken: tokenOf({ exp: seconds + 60 }), memberHash: hashOf('lee') },
    ],
  ])('refuses %s, even where nothing has to be proven', (_, claim) => {
    expect(() => memberFrom(claim, 'off', secret, NOW)).toThrow(/proven/);
  });

  it('refuses every proof while there is no secret', () => {
    const claim = { memberId: 'kim', memberHash: hashOf('kim', Buffer.alloc(0)) };
    expect(() => memberFrom(claim, 'off', null, NOW)).toThrow(/proven/);
  });
});
