import type { Scope } from '../../../common/access/principal.js';
import { gramsOf, gramsOfTerms, searchedForm } from './grams.js';
import { MessageIndex, type FoundMessage, type IndexedMessage, type IndexQuery } from './message-index.js';

export class InMemoryMessageIndex extends MessageIndex {
  private readonly stored = new Map<string, IndexedMessage>();

  async put(messages: readonly IndexedMessage[]): Promise<void> {
    for (const message of messages) {
      const known = this.stored.get(message.messageId);
      if (!known || known.rev < message.rev) this.stored.set(message.messageId, structuredClone(message));
    }
  }

  async remove(messageIds: readonly string[]): Promise<void> {
    for (const id of messageIds) this.stored.delete(id);
  }

  async removeConversations(scope: Scope, conversationIds: readonly string[]): Promise<void> {
    for (const { messageId, organizationId, conversationId } of this.stored.values()) {
      const isMeant = organizationId === scope.organizationId && conversationIds.includes(conversationId);
      if (isMeant) this.stored.delete(messageId);
    }
  }

  async search(scope: Scope, query: IndexQuery): Promise<FoundMessage[]> {
    return [...this.stored.values()]
      .filter((message) => isOf(scope, message) && isReached(query, message) && isAskedFor(query, message))
      .filter((message) => says(query, message))
      .sort(newestFirst)
      .filter((message) => !query.after || newestFirst(message, query.after) > 0)
      .slice(0, query.limit)
      .map(({ messageId, conversationId, createdAt }) => ({ messageId, conversationId, createdAt }));
  }
}

type Place = Pick<IndexedMessage, 'createdAt' | 'messageId'>;

function newestFirst(a: Place, b: Place): number {
  return (
    b.createdAt.getTime() - a.createdAt.getTime() ||
    (a.messageId < b.messageId ? 1 : a.messageId > b.messageId ? -1 : 0)
  );
}

function isOf({ organizationId, environmentId }: Scope, message: IndexedMessage): boolean {
  const isSameEnvironment = environmentId === undefined || environmentId === message.environmentId;
  return organizationId === message.organizationId && isSameEnvironment;
}

function isReached({ reach, seesPrivate }: IndexQuery, message: IndexedMessage): boolean {
  if (message.private && !seesPrivate) return false;
  if ('userId' in reach) return message.userId === reach.userId;
  return message.kind === 'support' || reach.teamIds.includes(message.conversationId);
}

function isAskedFor(
  { conversationId, senderId, kind, from, to }: IndexQuery,
  message: IndexedMessage,
): boolean {
  return (
    (conversationId ?? message.conversationId) === message.conversationId &&
    (senderId ?? message.senderId) === message.senderId &&
    (kind ?? message.kind) === message.kind &&
    (!from || message.createdAt >= from) &&
    (!to || message.createdAt < to)
  );
}

function says({ terms }: IndexQuery, { content }: IndexedMessage): boolean {
  const text = searchedForm(content);
  const grams = new Set(gramsOf(content));
  return terms.every((term) => text.includes(term)) && gramsOfTerms(terms).every((gram) => grams.has(gram));
}
