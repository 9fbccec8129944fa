import { Injectable } from '@nestjs/common';
import type { Scope } from '../../../common/access/principal.js';
import { withDeadline } from '../../../infrastructure/mongo/deadline.js';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import { find, put, type Statement } from './index-statements.js';
import { MessageIndex, type FoundMessage, type IndexedMessage, type IndexQuery } from './message-index.js';

interface Row {
  message_id: string;
  conversation_id: string;
  created_at: Date;
}

/** Parts of words as numbers under one GIN index, with the facts that a search asks for among them. */
@Injectable()
export class PostgresMessageIndex extends MessageIndex {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async put(messages: readonly IndexedMessage[]): Promise<void> {
    if (messages.length === 0) return;
    await this.query(put(messages));
  }

  async remove(messageIds: readonly string[]): Promise<void> {
    const sql = 'DELETE FROM message_index WHERE message_id = ANY($1::uuid[])';
    await this.query({ sql, values: [messageIds] });
  }

  async removeConversations({ organizationId }: Scope, conversationIds: readonly string[]): Promise<void> {
    const sql = 'DELETE FROM message_index WHERE organization_id = $1 AND conversation_id = ANY($2::uuid[])';
    await this.query({ sql, values: [organizationId, conversationIds] });
  }

  async search(scope: Scope, query: IndexQuery): Promise<FoundMessage[]> {
    const rows = await find<Row>(scope, query, (statement) => this.query(statement));
    return rows.map((row) => ({
      messageId: row.message_id,
      conversationId: row.conversation_id,
      createdAt: row.created_at,
    }));
  }

  private query<T>({ sql, values }: Statement): Promise<T> {
    return withDeadline(this.unitOfWork.manager.query<T>(sql, values));
  }
}
