import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
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
import { freshDatabases, type FreshDatabases } from '../support/engines.js';

interface Explained {
  queryPlanner: { winningPlan: object };
  executionStats: { totalDocsExamined: number };
}

describe(MongoUserRepository.name, () => {
  let databases: FreshDatabases;
  let connection: mongoose.Connection;

  beforeAll(async () => {
    databases = await freshDatabases();
    connection = await mongoose.createConnection(databases.mongodb, { autoIndex: false }).asPromise();
    connection.model<UserDocument>(USERS, userSchema);
    connection.model<ErasureDocument>(ERASURES, erasureSchema);
  });

  afterAll(async () => {
    await connection.close();
    await databases.drop();
  });

  const repository = () =>
    new MongoUserRepository(
      connection.model<UserDocument>(USERS),
      connection.model<ErasureDocument>(ERASURES),
    );

  describeUserRepository(repository);

  it('searches by the index, however many users there are', async () => {
    const scope = { organizationId: newId(), environmentId: newId() };
    const user = newUser(scope, {
      id: newId(),
      createdAt: new Date(),
      identity: 'anonymous',
      memberId: null,
    });
    const names = ['김민지', ...Array.from({ length: 300 }, (_, number) => `Person ${number}`)];
    const users = repository();
    for (const name of names) {
      await users.insertOrFind(scope, { ...user, id: newId(), profile: { ...user.profile, name } });
    }
    const filter = { organizationId: scope.organizationId, search: { $all: ['민지'] } };
    const query = connection.model<UserDocument>(USERS).find(filter).sort({ _id: -1 }).limit(51);
    const plan = (await query.explain('executionStats')) as unknown as Explained;
    expect(JSON.stringify(plan.queryPlanner.winningPlan)).toContain('users_search');
    expect(JSON.stringify(plan.queryPlanner.winningPlan)).not.toContain('"SORT"');
    expect(plan.executionStats.totalDocsExamined).toBe(1);
  });
});
