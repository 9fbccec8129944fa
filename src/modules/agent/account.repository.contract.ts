import { expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { EmailTaken } from './agent.errors.js';
import type { AccountRepository } from './agent.repository.js';
import type { Account } from './agent.js';

export function anAccount(given: Partial<Account> = {}): Account {
  const id = newId();
  return { id, email: `${id}@shop.example`, createdAt: new Date('2026-11-20T12:00:00.000Z'), ...given };
}

/** What every AccountRepository does, the fake as well as the real one. */
export function describeAccountRepository(create: () => AccountRepository): void {
  it('finds an account by its id and its address, however that is written', async () => {
    const accounts = create();
    const account = anAccount();
    await accounts.insert(account);
    await accounts.insert(anAccount());
    expect(await accounts.find(account.id)).toEqual(account);
    expect(await accounts.findByEmail(account.email.toUpperCase())).toEqual(account);
    expect(await accounts.find(newId())).toBeNull();
    expect(await accounts.findByEmail(`x${account.email}`)).toBeNull();
  });

  it('has an address once, however it is written', async () => {
    const accounts = create();
    const { email } = anAccount();
    await accounts.insert(anAccount({ email }));
    const again = anAccount({ email: email.toUpperCase() });
    await expect(accounts.insert(again)).rejects.toBeInstanceOf(EmailTaken);
    expect(await accounts.find(again.id)).toBeNull();
  });

  it('gives an address to one of two who want it at once', async () => {
    const accounts = create();
    const { email } = anAccount();
    const answers = await Promise.allSettled([1, 2].map(() => accounts.insert(anAccount({ email }))));
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: expect.any(EmailTaken),
    });
  });
}
