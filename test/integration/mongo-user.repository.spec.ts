import { describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import { MongoUserRepository } from '../../src/modules/user/persistence/mongo-user.repository.js';
import {
  erasureSchema,
  ERASURES,
  userSchema,
  USERS,
  type ErasureDocument,
  type UserDocument,
} from '../../src/modules/user/persistence/user.schema.js';
import { newUser } from '../../src/modules/user/user-changes.js';
import { describeUserRepository } from '../../src/modules/user/user.repository.contract.js';
import { MongoSuite } from '../support/mongo-suite.js';
import { plansOf } from '../support/mongo-plans.js';

describe(MongoUserRepository.name, () => {
  const mongo = new MongoSuite();

  const repository = () =>
    new MongoUserRepository(
      mongo.model<UserDocument>(USERS, userSchema),
      mongo.model<ErasureDocument>(ERASURES, erasureSchema),
    );

  describeUserRepository(repository);

  it('finds what is to be told by indexes that hold nothing else', async () => {
    const users = repository();
    const now = new Date();
    const plans = await plansOf(mongo.connection, async () => {
      await users.listUntold(now, 200);
      await users.listUntoldErasures(now, 200);
    });
    expect(plans.flatMap(({ indexes }) => indexes)).toEqual(['user_untold', 'erasure_untold']);
    expect(plans.flatMap(({ stages }) => stages)).not.toContain('COLLSCAN');
  });

  it('searches by the index, by what is rarest of all that is asked for', async () => {
    const scope = { organizationId: newId(), environmentId: newId() };
    const user = newUser(scope, {
      id: newId(),
      createdAt: new Date(),
      identity: 'anonymous',
      memberId: null,
    });
    const names = ['김민지', ...Array.from({ length: 300 }, (_, number) => `Person ${number}`)];
    const users = repository();
    for (const [number, name] of names.entries()) {
      const email = `mail${number}@shop.example`;
      await users.insertOrFind(scope, { ...user, id: newId(), profile: { ...user.profile, name, email } });
    }
    for (const [word, most] of [
      ['민지', 1],
      ['mail123@shop.example', 40],
    ] as const) {
      const list = () => users.list(scope, { words: [word], afterId: null, limit: 51 });
      expect(await list()).toHaveLength(1);
      const plan = (await plansOf(mongo.connection, list)).at(-1);
      expect(plan?.indexes).toEqual(['users_search']);
      expect(plan?.stages).not.toContain('SORT');
      expect(plan?.docsExamined).toBeLessThanOrEqual(most);
    }
  });
});
