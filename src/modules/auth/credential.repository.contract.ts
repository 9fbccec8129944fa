import { expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import type { CredentialRepository } from './credential.repository.js';

const NOW = new Date('2026-11-20T12:00:00.000Z');

/** What every CredentialRepository does, the fake as well as the real one. `anAccountId` makes somebody to have a password. */
export function describeCredentialRepository(
  create: () => CredentialRepository,
  anAccountId: () => Promise<string>,
): void {
  it('keeps the latest password of an account, and nobody else’s', async () => {
    const credentials = create();
    const [mine, theirs] = [await anAccountId(), await anAccountId()];
    await credentials.save(mine, 'hash-1', NOW);
    await credentials.save(theirs, 'hash-2', NOW);
    await credentials.save(mine, 'hash-3', NOW);
    expect(await credentials.findPasswordHash(mine)).toBe('hash-3');
    expect(await credentials.findPasswordHash(theirs)).toBe('hash-2');
  });

  it('has none for who never had one', async () => {
    const credentials = create();
    expect(await credentials.findPasswordHash(await anAccountId())).toBeNull();
    expect(await credentials.findPasswordHash(newId())).toBeNull();
  });

  it('takes two at once, and keeps one of them', async () => {
    const credentials = create();
    const accountId = await anAccountId();
    await Promise.all(['hash-1', 'hash-2'].map((hash) => credentials.save(accountId, hash, NOW)));
    expect(['hash-1', 'hash-2']).toContain(await credentials.findPasswordHash(accountId));
  });
}
