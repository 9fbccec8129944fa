import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import { PushKeyRepository, type SealedPushKey } from '../push-key.repository.js';
import { PushKeyEntity } from './push-key.entity.js';

const ONLY = { id: 1 };

@Injectable()
export class TypeormPushKeyRepository extends PushKeyRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async findOrInsert(make: () => SealedPushKey): Promise<SealedPushKey> {
    const { manager } = this.unitOfWork;
    const known = await manager.findOneBy(PushKeyEntity, ONLY);
    if (known) return toKey(known);
    const insert = manager.createQueryBuilder().insert().into(PushKeyEntity);
    await insert
      .values({ ...ONLY, ...make() })
      .orIgnore()
      .execute();
    return toKey(await manager.findOneByOrFail(PushKeyEntity, ONLY));
  }
}

function toKey({ publicKey, sealedPrivateKey, createdAt }: PushKeyEntity): SealedPushKey {
  return { publicKey, sealedPrivateKey, createdAt };
}
