import { Injectable } from '@nestjs/common';
import type { AgentPrincipal } from '../../../common/access/principal.js';
import { RateLimits } from '../../../infrastructure/limits/rate-limits.js';
import { Realtime } from '../../../infrastructure/realtime/realtime.js';
import { conversationAgentsRoom } from '../../../infrastructure/realtime/rooms.js';
import { AgentService } from '../../agent/agent.service.js';
import { ConversationAccess } from '../conversation-access.js';
import type { Conversation } from '../conversation.js';
import { ViewerStore } from './viewer-store.js';

/** One in three seconds. */
const PER_MINUTE = 20;
/** More conversations than anybody looks at through one connection. */
const MAX_SIGHTS = 20;

interface Viewer {
  principal: AgentPrincipal;
  /** By id, those looked at longest first. */
  conversations: Map<string, Conversation>;
}

/** Shows agents who of them looks at the same conversation. Users never hear of it. */
@Injectable()
export class ViewingService {
  /** What this node's connections look at, to end it with them; what is lost here ends by itself. */
  private readonly viewers = new Map<string, Viewer>();

  constructor(
    private readonly store: ViewerStore,
    private readonly access: ConversationAccess,
    private readonly agents: AgentService,
    private readonly limits: RateLimits,
    private readonly realtime: Realtime,
  ) {}

  /** Throws NotFound, RateLimited. */
  async begin(principal: AgentPrincipal, connectionId: string, conversationId: string): Promise<void> {
    const conversation = await this.access.see(principal, conversationId);
    await this.limits.consumeNearby('viewing', `agent:${principal.id}`, PER_MINUTE);
    const viewer: Viewer = this.viewers.get(connectionId) ?? { principal, conversations: new Map() };
    viewer.conversations.delete(conversationId);
    viewer.conversations.set(conversationId, conversation);
    this.viewers.set(connectionId, viewer);
    await this.tell(conversation, await this.store.enter(sightOf(viewer, connectionId, conversationId)));
    const [longest] = viewer.conversations.keys();
    if (viewer.conversations.size > MAX_SIGHTS && longest) await this.end(connectionId, longest);
  }

  /** Of what was not looked at, nobody is told that it ends. */
  async end(connectionId: string, conversationId: string): Promise<void> {
    const viewer = this.viewers.get(connectionId);
    const conversation = viewer?.conversations.get(conversationId);
    if (!viewer || !conversation) return;
    viewer.conversations.delete(conversationId);
    if (viewer.conversations.size === 0) this.viewers.delete(connectionId);
    await this.tell(conversation, await this.store.leave(sightOf(viewer, connectionId, conversationId)));
  }

  async endAll(connectionId: string): Promise<void> {
    const ids = [...(this.viewers.get(connectionId)?.conversations.keys() ?? [])];
    for (const id of ids) await this.end(connectionId, id);
  }

  /** Lost without regret: each repetition tells again. */
  private async tell(conversation: Conversation, agentIds: readonly string[] | null): Promise<void> {
    if (!agentIds) return;
    const names = await this.agents.namesOf(conversation.organizationId, agentIds);
    const agents = agentIds.flatMap((id) => {
      const named = names.get(id);
      return named ? [{ id, name: named.name, avatarUrl: named.avatarUrl }] : [];
    });
    const fact = { conversationId: conversation.id, agents };
    this.realtime.emitVolatile(conversationAgentsRoom(conversation), 'viewing', fact);
  }
}

function sightOf({ principal }: Viewer, connectionId: string, conversationId: string) {
  const { organizationId, id: agentId } = principal;
  return { organizationId, conversationId, agentId, connectionId };
}
