import { Injectable } from '@nestjs/common';
import type { Scope } from '../../../common/access/principal.js';
import { brokenUniqueRule } from '../../../infrastructure/postgres/unique-violation.js';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import { ShortcutTaken } from '../desk.errors.js';
import { SavedReplyRepository, type ReplyQuery } from '../saved-reply.repository.js';
import type { SavedReply, SavedReplyChanges } from '../saved-reply.js';
import { SavedReplyEntity } from './saved-reply.entity.js';

/** The order of bytes, which a cursor can be compared in; "begins with" as rankOf has it. */
const SHORTCUT = 'reply.shortcut COLLATE "C"';
const RANK = `CASE WHEN left(reply.shortcut, length(:text)) = :text THEN 0 ELSE 1 END`;

@Injectable()
export class TypeormSavedReplyRepository extends SavedReplyRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async insert(reply: SavedReply): Promise<void> {
    await translated(() => this.manager.insert(SavedReplyEntity, { ...reply }));
  }

  async page({ organizationId }: Scope, { text = '', limit, after }: ReplyQuery): Promise<SavedReply[]> {
    const found = this.manager
      .createQueryBuilder(SavedReplyEntity, 'reply')
      .where('reply.organizationId = :organizationId', { organizationId })
      .setParameter('text', text.toLowerCase())
      .orderBy(RANK, 'ASC')
      .addOrderBy(SHORTCUT, 'ASC')
      .take(limit);
    if (text)
      found.andWhere(
        'position(:text in lower(reply.shortcut || chr(10) || reply.title || chr(10) || reply.content)) > 0',
      );
    if (after) found.andWhere(`(${RANK}, ${SHORTCUT}) > (:rank, :shortcut COLLATE "C")`, { ...after });
    return (await found.getMany()).map(toSavedReply);
  }

  count({ organizationId }: Scope): Promise<number> {
    return this.manager.countBy(SavedReplyEntity, { organizationId });
  }

  async update(
    { organizationId }: Scope,
    id: string,
    changes: SavedReplyChanges & { updatedAt: Date },
  ): Promise<SavedReply | null> {
    await translated(() => this.manager.update(SavedReplyEntity, { organizationId, id }, changes));
    const row = await this.manager.findOneBy(SavedReplyEntity, { organizationId, id });
    return row && toSavedReply(row);
  }

  async remove({ organizationId }: Scope, id: string): Promise<boolean> {
    const { affected } = await this.manager.delete(SavedReplyEntity, { organizationId, id });
    return affected === 1;
  }

  private get manager() {
    return this.unitOfWork.manager;
  }
}

async function translated(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (brokenUniqueRule(error) === 'saved_replies_shortcut_unique') throw new ShortcutTaken();
    throw error;
  }
}

function toSavedReply(row: SavedReplyEntity): SavedReply {
  return {
    id: row.id,
    organizationId: row.organizationId,
    shortcut: row.shortcut,
    title: row.title,
    content: row.content,
    updatedAt: row.updatedAt,
  };
}
