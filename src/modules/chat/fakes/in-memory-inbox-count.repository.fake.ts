import type { Scope } from '../../../common/access/principal.js';
import type { Conversation, ConversationFilter } from '../conversation.js';
import type { ConversationRepository } from '../conversation.repository.js';
import {
  COUNTED_TAGS,
  COUNTED_TO,
  InboxCountRepository,
  type InboxCounts,
} from '../inbox-count.repository.js';

/** By what the lists would show. */
export class InMemoryInboxCountRepository extends InboxCountRepository {
  constructor(private readonly conversations: ConversationRepository) {
    super();
  }

  async count(scope: Scope, agentId: string, teamIds: readonly string[]): Promise<InboxCounts> {
    const list = (filter: ConversationFilter) =>
      this.conversations.list(scope, { type: 'agent', id: agentId }, filter, { limit: COUNTED_TO });
    const count = async (filter: ConversationFilter) => (await list(filter)).length;
    const support = { kind: 'support' } as const;
    const open = { ...support, status: 'open' } as const;
    const mentions = await list({ mentioned: true });
    return {
      mine: await count({ ...open, assigneeId: agentId }),
      unassigned: await count({ ...open, unassigned: true }),
      open: await count(open),
      pending: await count({ ...support, status: 'pending' }),
      snoozed: await count({ ...support, status: 'snoozed' }),
      mentions: mentions.filter(({ status }) => status !== 'resolved').length,
      teams: await Promise.all(
        teamIds.map(async (id) => ({ id, open: await count({ ...open, teamId: id }) })),
      ),
      tags: tagsOf(await list(open)),
    };
  }
}

function tagsOf(open: readonly Conversation[]): InboxCounts['tags'] {
  const counts = new Map<string, number>();
  for (const tag of open.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, COUNTED_TAGS)
    .map(([tag, count]) => ({ tag, open: count }));
}
