import { describe, expect, it } from '@jest/globals';
import { newNonce, pagePolicy } from './page-policy.js';

describe(pagePolicy.name, () => {
  const nonce = newNonce();

  it('lets no script run that is not a file of this server', () => {
    const policy = pagePolicy({ nonce, frameAncestors: "'none'", host: 'chat.example:8000' });
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self' ws://chat.example:8000 wss://chat.example:8000;");
    expect(policy).not.toContain('unsafe');
  });

  it('plays only what this server gives', () => {
    expect(pagePolicy({ nonce, frameAncestors: '*' })).toContain("media-src 'self';");
  });

  it('takes nothing from a host header that is none', () => {
    const policy = pagePolicy({
      nonce,
      frameAncestors: '*',
      host: "evil.example; script-src 'unsafe-inline'",
    });
    expect(policy).toContain("connect-src 'self';");
  });
});
