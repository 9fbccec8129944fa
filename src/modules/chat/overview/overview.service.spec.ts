import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AgentService } from '../../agent/agent.service.js';
import type { OrganizationService } from '../../organization/organization.service.js';
import { aConversationDraft, aScope, aSummary, anAgent } from '../fakes/factories.fake.js';
import { InMemoryActivityRepository } from '../fakes/in-memory-activity.repository.fake.js';
import { InMemoryConversationRepository } from '../fakes/in-memory-conversation.repository.fake.js';
import { InMemoryOverviewRepository } from '../fakes/in-memory-overview.repository.fake.js';
import { OverviewService } from './overview.service.js';

const NOW = new Date('2026-11-20T16:30:00.000Z');
const BEGIN = '2026-11-20T15:00:00.000Z';
const PRESENT = { id: 'a', name: 'Jiwoo Park', avatarUrl: null, presence: 'online', email: 'not told' };

describe(OverviewService.name, () => {
  const scope = aScope();
  const agent = anAgent({ organizationId: scope.organizationId });
  let conversations: InMemoryConversationRepository;
  let activity: InMemoryActivityRepository;
  let overview: OverviewService;

  beforeEach(() => {
    conversations = new InMemoryConversationRepository();
    activity = new InMemoryActivityRepository();
    const agents = { listPresent: async () => [PRESENT] } as unknown as AgentService;
    const organization = { settings: { language: 'ko', timeZone: 'Asia/Seoul' } };
    const organizations = { get: async () => organization } as unknown as OrganizationService;
    const overviews = new InMemoryOverviewRepository(conversations);
    overview = new OverviewService(overviews, activity, agents, organizations, { now: () => NOW });
  });

  const begin = async (createdAt: Date) => {
    const { conversation } = await conversations.create(scope, aConversationDraft({ ...scope, createdAt }));
    const saidAt = new Date(NOW.getTime() - 60_000);
    await conversations.applySummaries([aSummary(conversation.id, { createdAt: saidAt })]);
  };

  it('begins with midnight where the company is, and names every hour since then', async () => {
    await begin(new Date('2026-11-20T15:10:00.000Z'));
    await begin(new Date('2026-11-20T14:50:00.000Z'));
    const at = new Date('2026-11-20T16:00:00.000Z');
    await activity.add([{ ...scope, at, messages: 3, conversations: 1 }]);
    expect(await overview.read(agent, 1)).toEqual({
      from: BEGIN,
      to: NOW.toISOString(),
      timeZone: 'Asia/Seoul',
      conversations: { created: 1, resolved: 0, waitingNow: 2, longestWaitMs: 60_000 },
      firstResponseMs: { median: null, p90: null },
      resolutionMs: { median: null, p90: null },
      rating: { average: null, count: 0 },
      perHour: [
        { at: BEGIN, messages: 0, conversations: 0 },
        { at: at.toISOString(), messages: 3, conversations: 1 },
      ],
      online: [{ id: 'a', name: 'Jiwoo Park', avatarUrl: null, presence: 'online' }],
    });
  });

  it('shows all of an organization the same for a while, and nobody of another one', async () => {
    const first = await overview.read(agent, 1);
    await begin(NOW);
    expect(await overview.read(anAgent({ organizationId: scope.organizationId }), 1)).toBe(first);
    expect((await overview.read(agent, 7)).conversations.created).toBe(1);
    expect((await overview.read(agent, 1, scope.environmentId)).conversations.created).toBe(1);
    expect((await overview.read(anAgent(), 7)).conversations.created).toBe(0);
  });
});
