import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { AppConfig } from '../../../config/app-config.js';
import { PresenceStore } from '../../../infrastructure/realtime/presence-store.js';
import type { AgentContact } from '../../agent/agent.js';
import { AgentService } from '../../agent/agent.service.js';
import type { PushNotice, PushSubscription } from '../../push/push.js';
import { PushService } from '../../push/push.service.js';
import type { NotifyAwayJob, NotifyMentionedJob, WithdrawPushJob } from '../chat.jobs.js';
import { scopeOfConversation, type Conversation } from '../conversation.js';
import { ConversationRepository } from '../conversation.repository.js';
import { MessageRepository } from '../message.repository.js';
import { dashboardUrlOf, titleFor } from './conversation-place.js';
import { DigestQueue } from './digest-queue.js';
import { DigestRepository } from './digest.repository.js';
import { NewsFinder, type News } from './news-finder.js';
import { lineOf } from './notice-words.js';
import { NoticeRepository, type NoticeKey } from './notice.repository.js';
import { quietUntil } from './quiet-hours.js';

/** Some push service was out of reach: the others have it, and the job is to come again. */
class PushUnfinished extends Error {}

/** What agents are to be told of a conversation, and up to which of its messages that goes. */
interface Telling {
  conversation: Conversation;
  agents: readonly AgentContact[];
  news: ReadonlyMap<string, News[]>;
  upToSeq: number;
  jobId: string;
  /** Of this message alone, apart from what else is unread. */
  messageId?: string;
}

const TO_BE_TRIED_AGAIN = 'a push service is to be tried again';
const DAY_MS = 86_400_000;
const TITLE_CHARACTERS = 80;

/**
 * Decides, when the job fires, which agents are still to be told of a conversation: whoever has read it, is here,
 * has muted it or wants silence, is not. What is to be told by mail is left to the digest of each.
 */
@Injectable()
export class AgentPushService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly messages: MessageRepository,
    private readonly finder: NewsFinder,
    private readonly notices: NoticeRepository,
    private readonly digests: DigestRepository,
    private readonly queue: DigestQueue,
    private readonly agents: AgentService,
    private readonly push: PushService,
    private readonly presence: PresenceStore,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  async notify({ organizationId, conversationId }: NotifyAwayJob, jobId: string): Promise<void> {
    const conversation = await this.conversations.find({ organizationId }, conversationId);
    if (!conversation) return;
    const agents = await this.agents.listActive(organizationId);
    const { news, upToSeq } = await this.finder.find(conversation, agents);
    await this.tell({ conversation, agents, news, upToSeq, jobId });
    await this.complete(conversation, upToSeq);
  }

  /** As notify, whatever they have read: each of those whom an edit mentions hears of it once. */
  async notifyMentioned(job: NotifyMentionedJob, jobId: string): Promise<void> {
    const { organizationId, conversationId, messageId } = job;
    const conversation = await this.conversations.find({ organizationId }, conversationId);
    if (!conversation) return;
    const agents = await this.agents.listActive(organizationId);
    const { news, upToSeq, rev } = await this.finder.findLate(conversation, messageId, agents);
    await this.tell({ conversation, agents, news, upToSeq, jobId, messageId });
    await this.messages.completeTasks([{ messageId, task: 'mention', rev }]);
  }

  /**
   * What was read on one device is taken off the others that show it; `sessionId`: of the one it was read on.
   * It is written down after it was done: to be told twice closes what is closed.
   */
  async withdraw({
    organizationId,
    conversationId,
    agentId,
    readSeq,
    sessionId,
  }: WithdrawPushJob): Promise<void> {
    const who = { organizationId, conversationId, agentId };
    const shownOn = await this.notices.listShown(who, readSeq);
    if (shownOn.length === 0) return;
    const devices = (await this.push.devicesOf({ organizationId }, [agentId])).get(agentId) ?? [];
    const others = devices.filter((device) => shownOn.includes(device.id) && device.sessionId !== sessionId);
    const notice: PushNotice = {
      kind: 'read',
      conversationId,
      title: '',
      body: '',
      url: '',
      tag: conversationId,
    };
    const outcomes = await Promise.all(others.map((device) => this.push.send(device, notice)));
    const left = others.filter((_, index) => outcomes[index] === 'later').map(({ id }) => id);
    await this.notices.recordWithdrawal(
      who,
      readSeq,
      shownOn.filter((id) => !left.includes(id)),
    );
    if (left.length > 0) throw new PushUnfinished(TO_BE_TRIED_AGAIN);
  }

  /** The digests first: what follows may fail for hours, the mail is then the one that comes. */
  private async tell(telling: Telling): Promise<void> {
    const { agents, news } = telling;
    const concerned = agents.filter(({ id }) => news.has(id));
    await this.requestDigests(telling, concerned);
    await this.pushToAll(telling, concerned);
  }

  private async requestDigests(
    { conversation, news, upToSeq, messageId }: Telling,
    concerned: readonly AgentContact[],
  ): Promise<void> {
    const { organizationId, id: conversationId } = conversation;
    const readers = concerned.filter(({ notifications }) => notifications.email);
    if (readers.length === 0) return;
    const due = readers.map((agent) => ({
      organizationId,
      agentId: agent.id,
      dueAt: this.dueAfter(news.get(agent.id)![0]!),
    }));
    const agentIds = readers.map((agent) => agent.id);
    const what = { organizationId, conversationId, ...(messageId !== undefined && { messageId }) };
    await this.notices.await(what, agentIds, upToSeq);
    await this.digests.request(due);
    await this.queue.addAll(due);
  }

  private dueAfter({ at }: News): Date {
    const due = at.getTime() + this.config.chat.agentMailDelayMs;
    return new Date(Math.max(due, this.clock.now().getTime()));
  }

  private async pushToAll(telling: Telling, concerned: readonly AgentContact[]): Promise<void> {
    const { organizationId } = telling.conversation;
    const willing = await this.absentAmong(concerned.filter((agent) => this.mayPush(agent)));
    const devices = await this.push.devicesOf(
      { organizationId },
      willing.map(({ id }) => id),
    );
    const told = await Promise.allSettled(
      willing.map((agent) => this.pushTo(agent, telling, devices.get(agent.id) ?? [])),
    );
    const failed = told.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private mayPush({ notifications, timeZone }: AgentContact): boolean {
    return notifications.push && !quietUntil(notifications.quietHours, timeZone, this.clock.now());
  }

  private async pushTo(
    agent: AgentContact,
    { conversation, news: all, jobId, messageId }: Telling,
    devices: readonly PushSubscription[],
  ): Promise<void> {
    const news = fresh(all.get(agent.id)!, this.clock.now());
    const newest = news.at(-1);
    if (!newest || devices.length === 0) return;
    const { organizationId, id: conversationId } = conversation;
    const what = { organizationId, conversationId, ...(messageId !== undefined && { messageId }) };
    const who = { ...what, agentId: agent.id };
    const reached = await this.notices.claimPush(who, { upToSeq: newest.message.seq, jobId });
    if (!reached) return;
    const left = devices.filter(({ id }) => !reached.includes(id));
    const notice = this.noticeFor(agent, conversation, news);
    const isDone = await Promise.all(left.map((device) => this.deliver(who, device, notice, jobId)));
    if (isDone.includes(false)) throw new PushUnfinished(TO_BE_TRIED_AGAIN);
    await this.notices.confirmPush(who, jobId);
  }

  /** False when it may yet go. */
  private async deliver(
    who: NoticeKey,
    device: PushSubscription,
    notice: PushNotice,
    jobId: string,
  ): Promise<boolean> {
    const outcome = await this.push.send(device, notice);
    if (outcome === 'sent') await this.notices.recordPush(who, jobId, device.id);
    return outcome !== 'later';
  }

  /** Whom it names is told so, also when somebody has said something else since. */
  private noticeFor(agent: AgentContact, conversation: Conversation, news: readonly News[]): PushNotice {
    const { kind, message } = news.findLast((one) => one.kind !== 'message') ?? news.at(-1)!;
    return {
      kind,
      conversationId: conversation.id,
      title: titleFor(conversation, message.sender.name).slice(0, TITLE_CHARACTERS).toWellFormed(),
      body: lineOf(kind, message, agent.language),
      url: dashboardUrlOf(conversation, this.config.server.publicUrl),
      tag: conversation.id,
    };
  }

  private async absentAmong(agents: readonly AgentContact[]): Promise<AgentContact[]> {
    const states = await this.presence.statesOf(agents.map(({ id }) => ({ type: 'agent', id })));
    return agents.filter(({ id }) => states.get(`agent:${id}`)?.status !== 'online');
  }

  private async complete(conversation: Conversation, headSeq: number): Promise<void> {
    const scope = scopeOfConversation(conversation);
    const { id, kind } = conversation;
    const saidBy = kind === 'support' ? 'user' : 'others';
    await this.messages.completeTaskUpTo(scope, id, headSeq, 'notify', saidBy);
    if (kind === 'support') await this.messages.completeTaskUpTo(scope, id, headSeq, 'alert', 'others');
  }
}

/** A telephone need not ring for what was said the day before: the mail tells of it. */
function fresh(news: readonly News[], now: Date): News[] {
  return news.filter(({ at }) => now.getTime() - at.getTime() < DAY_MS);
}
