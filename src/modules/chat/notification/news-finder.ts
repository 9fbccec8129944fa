import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import type { AgentContact } from '../../agent/agent.js';
import { scopeOfConversation, type Conversation, type Marker } from '../conversation.js';
import { MarkerRepository } from '../marker.repository.js';
import type { Message } from '../message.js';
import { MessageRepository } from '../message.repository.js';
import { noticeOf, type Hearer, type NoticeKind } from './notice.js';

export interface News {
  kind: NoticeKind;
  message: Message;
  /** When it became so. */
  at: Date;
}

/** By agent, and up to which message it goes. */
interface Found {
  news: Map<string, News[]>;
  upToSeq: number;
}

/** What is told of at most: the newest. */
const LOOKED_AT = 200;

/** What agents have not read of a conversation and want to hear of, as it is now. */
@Injectable()
export class NewsFinder {
  constructor(
    private readonly messages: MessageRepository,
    private readonly markers: MarkerRepository,
    private readonly clock: Clock,
  ) {}

  /** Ascending, by agent; without those who have none. Three round trips for any number of agents. */
  async find(conversation: Conversation, agents: readonly AgentContact[]): Promise<Found> {
    const scope = scopeOfConversation(conversation);
    const { id, organizationId } = conversation;
    const [heads, found] = await Promise.all([
      this.messages.heads(scope, [id]),
      this.markers.ofConversations({ organizationId }, [id]),
    ]);
    const headSeq = heads.get(id)?.headSeq ?? 0;
    const markers = new Map(found.filter(isOfAgent).map((marker) => [marker.principalId, marker]));
    const hearers = agents.map((agent) => ({ ...agent, marker: markers.get(agent.id) }));
    const readSeqs = hearers.map(readSeqOf);
    const afterSeq = Math.max(headSeq - LOOKED_AT, Math.min(...readSeqs));
    if (hearers.length === 0 || afterSeq >= headSeq) return { news: new Map(), upToSeq: headSeq };
    const messages = await this.messages.page(scope, id, {
      afterSeq,
      limit: LOOKED_AT,
      seesPrivate: true,
      seesHeld: false,
    });
    const news = hearers.map((hearer) => [hearer.id, this.newsFor(hearer, conversation, messages)] as const);
    return { news: new Map(news.filter(([, own]) => own.length > 0)), upToSeq: headSeq };
  }

  /** Of one message, those whom only an edit has mentioned, whatever they have read. `rev`: of what was found. */
  async findLate(
    conversation: Conversation,
    messageId: string,
    agents: readonly AgentContact[],
  ): Promise<Found & { rev: number }> {
    const scope = scopeOfConversation(conversation);
    const message = await this.messages.find(scope, conversation.id, messageId);
    if (!message) return { news: new Map(), upToSeq: Number.MAX_SAFE_INTEGER, rev: 0 };
    const { seq: upToSeq, rev } = message;
    return { news: this.lateNewsOf(conversation, message, agents), upToSeq, rev };
  }

  private lateNewsOf(
    conversation: Conversation,
    message: Message,
    agents: readonly AgentContact[],
  ): Map<string, News[]> {
    const at = message.editedAt ?? message.createdAt;
    const concerned = agents.filter(
      (agent) =>
        isMentionedLate(agent, message) &&
        noticeOf(agent, conversation, message, this.clock.now()) === 'mention',
    );
    return new Map(concerned.map(({ id }) => [id, [{ kind: 'mention', message, at }]]));
  }

  private newsFor(hearer: Hearer, conversation: Conversation, messages: readonly Message[]): News[] {
    const now = this.clock.now();
    return messages.flatMap((message) => {
      if (message.seq <= readSeqOf(hearer)) return [];
      const kind = noticeOf(hearer, conversation, message, now);
      // Those are told apart, whatever was read, and so that it is once.
      const isApart = kind === 'mention' && isMentionedLate(hearer, message);
      return kind && !isApart ? [{ kind, message, at: message.createdAt }] : [];
    });
  }
}

function readSeqOf({ marker }: Hearer): number {
  return marker?.readSeq ?? 0;
}

function isMentionedLate({ id }: Pick<Hearer, 'id'>, { lateMentionIds }: Message): boolean {
  return lateMentionIds?.includes(id) ?? false;
}

function isOfAgent({ type }: Marker): boolean {
  return type === 'agent';
}
