import { describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import type { AppConfig } from '../../config/app-config.js';
import { Clock } from '../../common/clock.js';
import { TokenSigner } from './token-signer.js';

const OLD = 'o'.repeat(40);
const NEW = 'n'.repeat(40);
const CLAIMS = { sub: 'agent', org: 'organization', sid: 'session' };

function signerWith(jwtSecret: string, previousJwtSecret?: string, clock = new Clock()): TokenSigner {
  return new TokenSigner({ auth: { jwtSecret, previousJwtSecret } } as AppConfig, clock);
}

describe(TokenSigner.name, () => {
  it('reads back what it has signed, for the same audience only', () => {
    const signer = signerWith(NEW);
    const token = signer.sign('agent', CLAIMS, 60);
    expect(signer.verify('agent', token)).toMatchObject(CLAIMS);
    expect(() => signer.verify('user', token)).toThrow('Sign in first.');
    expect(() => signer.verify('visitor', token)).toThrow('Sign in first.');
  });

  it('accepts the previous secret while the new one is rolled out', () => {
    const token = signerWith(OLD).sign('agent', CLAIMS, 60);
    expect(signerWith(NEW, OLD).verify('agent', token)).toMatchObject(CLAIMS);
    expect(() => signerWith(NEW).verify('agent', token)).toThrow('Sign in first.');
  });

  it('says that a token has expired', () => {
    const signer = signerWith(NEW);
    const token = signer.sign('agent', CLAIMS, -1);
    expect(() => signer.verify('agent', token)).toThrow(
      expect.objectContaining({ code: 'auth.token_expired' }),
    );
  });

  it('goes by the clock that all nodes follow, whatever this machine takes for the time', () => {
    let now = Date.now() + 600_000;
    const signer = signerWith(NEW, undefined, { now: () => new Date(now) });
    const token = signer.sign('agent', CLAIMS, 60);
    expect(signer.verify('agent', token)).toMatchObject({ iat: Math.floor(now / 1000) });
    now += 61_000;
    expect(() => signer.verify('agent', token)).toThrow(
      expect.objectContaining({ code: 'auth.token_expired' }),
    );
  });

  it('refuses what it has not made', () => {
    const signer = signerWith(NEW);
    const keyid = jwt.decode(signer.sign('agent', CLAIMS, 60), { complete: true })?.header.kid;
    const foreign = jwt.sign(CLAIMS, 'another secret', {
      keyid,
      audience: 'agent',
      issuer: 'fast-light-chat',
    });
    const unsigned = jwt.sign(CLAIMS, '', { algorithm: 'none', header: { alg: 'none', kid: keyid } });
    const untyped = jwt.sign(CLAIMS, NEW, { keyid, audience: 'agent', issuer: 'fast-light-chat' });
    for (const token of [foreign, unsigned, untyped, 'x', '', 'a.b.c', 'x'.repeat(10_000)]) {
      expect(() => signer.verify('agent', token)).toThrow('Sign in first.');
    }
  });
});
