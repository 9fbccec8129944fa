import { expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import type { PasswordReset, PasswordResetRepository } from './password-reset.repository.js';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const SOON = new Date('2026-11-20T12:01:00.000Z');
const EXPIRY = new Date('2026-11-20T13:00:00.000Z');

/** What every PasswordResetRepository does, the fake as well as the real one. `anAccountId` makes somebody who forgets. */
export function describePasswordResetRepository(
  create: () => PasswordResetRepository,
  anAccountId: () => Promise<string>,
): void {
  async function aStored(accountId: string, given: Partial<PasswordReset> = {}): Promise<PasswordReset> {
    const times = { createdAt: NOW, expiresAt: EXPIRY, usedAt: null, mailedAt: null };
    const reset = { id: newId(), accountId, ...times, ...given };
    await create().insert(reset);
    return reset;
  }

  it('gives back what was stored', async () => {
    const reset = await aStored(await anAccountId());
    expect(await create().find(reset.id)).toEqual(reset);
    expect(await create().find(newId())).toBeNull();
  });

  it('is good for one of those who use it at once', async () => {
    const resets = create();
    const { id } = await aStored(await anAccountId());
    const answers = await Promise.all([1, 2, 3, 4].map(() => resets.use(id, NOW)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect((await resets.find(id))?.usedAt).toEqual(NOW);
  });

  it('is good for nobody once it has expired', async () => {
    const { id } = await aStored(await anAccountId());
    expect(await create().use(id, EXPIRY)).toBe(false);
    expect(await create().use(newId(), NOW)).toBe(false);
  });

  it('makes an account’s other ones unusable, and nobody else’s', async () => {
    const resets = create();
    const [mine, theirs] = [await anAccountId(), await anAccountId()];
    const [used, open, other] = [await aStored(mine), await aStored(mine), await aStored(theirs)];
    await resets.use(used.id, NOW);
    await resets.useAllOf(mine, SOON);
    expect(await resets.find(used.id)).toEqual({ ...used, usedAt: NOW });
    expect(await resets.use(open.id, SOON)).toBe(false);
    expect(await resets.use(other.id, SOON)).toBe(true);
  });

  it('lists the open ones whose mail never went out, oldest first', async () => {
    const resets = create();
    const longAgo = (minute: number) => new Date(Date.UTC(2001, 0, 1, 0, minute));
    const accountId = await anAccountId();
    const second = await aStored(accountId, { createdAt: longAgo(2) });
    const first = await aStored(await anAccountId(), { createdAt: longAgo(1) });
    const third = await aStored(accountId, { createdAt: longAgo(3) });
    const createdAt = longAgo(0);
    for (const closed of [{ usedAt: NOW }, { expiresAt: NOW }, { mailedAt: NOW }]) {
      await aStored(accountId, { createdAt, ...closed });
    }
    expect(await resets.listUnmailedIds(NOW, longAgo(3), 10)).toEqual([first.id, second.id]);
    expect(await resets.listUnmailedIds(NOW, longAgo(4), 2)).toEqual([first.id, second.id]);
    for (const { id } of [first, second, third]) await resets.markMailed(id, NOW);
    expect(await resets.listUnmailedIds(NOW, longAgo(4), 10)).toEqual([]);
  });
}
