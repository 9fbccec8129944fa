import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { EVERY_TENANT } from '../../../common/access/principal.js';
import { Clock } from '../../../common/clock.js';
import { OnDomainEvent } from '../../../common/events/domain-events.js';
import { LoadShedder } from '../../../infrastructure/limits/load-shedder.js';
import { Realtime } from '../../../infrastructure/realtime/realtime.js';
import { conversationRoom } from '../../../infrastructure/realtime/rooms.js';
import { AgentService } from '../../agent/agent.service.js';
import type { MessageCreated } from '../chat.events.js';
import type { Conversation, Marker } from '../conversation.js';
import { MarkerRepository } from '../marker.repository.js';
import { isListed, type Message } from '../message.js';
import { agentRoom } from './agent-room.js';
import { assigneeIn, noticeOf } from './notice.js';
import { lineOf } from './notice-words.js';
import { quietUntil } from './quiet-hours.js';

const TURN_MS = 500;
/** Of a busy node the rest waits for the next turn. */
const PER_TURN = 50;

interface Waiting {
  conversation: Conversation;
  message: Message;
}

/**
 * Tells agents who are connected, and do not have the conversation open, that there is something to look at: to ring,
 * or to show it on the desktop. A busy conversation rings once in a turn. Lost without regret: inboxes show it anyway.
 */
@Injectable()
export class NoticeBroadcast implements OnModuleDestroy {
  private readonly logger = new Logger(NoticeBroadcast.name);
  private readonly waiting = new Map<string, Waiting>();
  private timer: NodeJS.Timeout | undefined;
  private isClosing = false;

  constructor(
    private readonly markers: MarkerRepository,
    private readonly agents: AgentService,
    private readonly realtime: Realtime,
    private readonly load: LoadShedder,
    private readonly clock: Clock,
  ) {}

  @OnDomainEvent('message.created', 'message.approved')
  note({ conversation, message }: MessageCreated): void {
    if (!mayConcern(conversation, message)) return;
    // An assignment does not get lost behind what is said in the same moment.
    const key = `${conversation.id}:${message.type === 'system' ? 'assigned' : 'message'}`;
    this.waiting.set(key, { conversation, message });
    if (!this.isClosing) this.timer ??= setTimeout(() => void this.turn(), TURN_MS);
  }

  onModuleDestroy(): void {
    this.isClosing = true;
    clearTimeout(this.timer);
  }

  private async turn(): Promise<void> {
    const taken = [...this.waiting].slice(0, PER_TURN);
    for (const [key] of taken) this.waiting.delete(key);
    try {
      if (!this.load.isTooMuch('signal')) await this.tell(taken.map(([, one]) => one));
    } catch (error) {
      this.logger.warn({ err: (error as Error).message }, 'agents were not told of news');
    }
    const isDone = this.isClosing || this.waiting.size === 0;
    this.timer = isDone ? undefined : setTimeout(() => void this.turn(), TURN_MS);
  }

  private async tell(news: readonly Waiting[]): Promise<void> {
    const ids = [...new Set(news.map(({ conversation }) => conversation.id))];
    const found = await this.markers.ofConversations(EVERY_TENANT, ids);
    const markers = new Map(found.map((marker) => [keyOf(marker), marker]));
    for (const one of news) await this.tellOf(one, markers);
  }

  /** Mentions are told one by one, by TellMentionedListener. */
  private async tellOf({ conversation, message }: Waiting, markers: Map<string, Marker>): Promise<void> {
    const now = this.clock.now();
    const { id: conversationId } = conversation;
    const agents = await this.agents.listActive(conversation.organizationId);
    const hearers = agents.filter(
      ({ notifications, timeZone }) => !quietUntil(notifications.quietHours, timeZone, now),
    );
    for (const kind of ['message', 'assigned'] as const) {
      const concerned = hearers.filter((agent) => {
        const marker = markers.get(keyOf({ conversationId, type: 'agent', principalId: agent.id }));
        return noticeOf({ ...agent, marker }, conversation, message, now) === kind;
      });
      for (const [language, alike] of Map.groupBy(concerned, (agent) => agent.language)) {
        const rooms = alike.map(({ id }) => agentRoom(conversation, id));
        const text = lineOf(kind, message, language);
        const fact = { kind, conversationId, text };
        this.realtime.emitVolatileExcept(rooms, conversationRoom(conversation), 'notification', fact);
      }
    }
  }
}

/** Before anybody is looked up: most of what is said in support is the agents' own. */
function mayConcern(conversation: Conversation, message: Message): boolean {
  if (assigneeIn(message) !== null) return true;
  if (message.private || !isListed(message)) return false;
  return conversation.kind !== 'support' || message.sender.type === 'user';
}

function keyOf({
  conversationId,
  type,
  principalId,
}: Pick<Marker, 'conversationId' | 'type' | 'principalId'>) {
  return `${conversationId}:${type}:${principalId}`;
}
