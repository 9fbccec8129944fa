import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { newId } from '../../../common/ids.js';
import { AppConfig } from '../../../config/app-config.js';
import { Mailer } from '../../../infrastructure/mail/mailer.js';
import { messageIdOf } from '../../../infrastructure/mail/message-id.js';
import { NotificationTally } from '../../../infrastructure/metrics/notification-tally.js';
import { PresenceStore } from '../../../infrastructure/realtime/presence-store.js';
import type { AgentContact } from '../../agent/agent.js';
import { AgentService } from '../../agent/agent.service.js';
import type { SendDigestJob } from '../chat.jobs.js';
import type { Conversation } from '../conversation.js';
import { ConversationRepository } from '../conversation.repository.js';
import { dashboardUrlOf, titleFor } from './conversation-place.js';
import { composeDigestMail, type DigestSection } from './digest-mail.js';
import { DigestQueue } from './digest-queue.js';
import { DigestRepository, type ClaimedDigest } from './digest.repository.js';
import { NewsFinder, type News } from './news-finder.js';
import { lineOf, saidIn } from './notice-words.js';
import { NoticeRepository, type AwaitingNotice, type SettledNotice } from './notice.repository.js';
import { quietUntil } from './quiet-hours.js';

/** Another worker is at it, or died at it: the job comes again. */
class DigestBusy extends Error {}

/** What one round looks at; more is told by the next. */
const CONVERSATIONS = 100;
const SHOWN_LINES = 5;

interface Told {
  sections: DigestSection[];
  /** How far each conversation was looked at, also where there was nothing to tell. */
  settled: SettledNotice[];
}

/**
 * One mail to an agent who is away, about all conversations with something unread. Decided when the job fires. It may
 * fire any number of times: what the row in the store says of the agent's next digest decides, and who has claimed it.
 */
@Injectable()
export class DigestService {
  private readonly logger = new Logger(DigestService.name);

  constructor(
    private readonly digests: DigestRepository,
    private readonly notices: NoticeRepository,
    private readonly conversations: ConversationRepository,
    private readonly finder: NewsFinder,
    private readonly agents: AgentService,
    private readonly presence: PresenceStore,
    private readonly queue: DigestQueue,
    private readonly mailer: Mailer,
    private readonly tally: NotificationTally,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  async send({ organizationId, agentId }: SendDigestJob): Promise<void> {
    const claim = newId();
    const lease = { now: this.clock.now(), ms: this.config.chat.digestLeaseMs };
    const digest = await this.digests.claim({ organizationId }, agentId, claim, lease);
    if (digest === 'not-due') return;
    if (digest === 'busy') throw new DigestBusy('a digest is being made already');
    try {
      await this.decide({ organizationId, agentId }, claim, digest);
    } catch (error) {
      this.tally.notified('email', 'failed');
      await this.giveBack({ organizationId, agentId }, claim);
      throw error;
    }
  }

  /** Of every tenant, what should have been sent: Redis may have lost the jobs. */
  async enqueueOverdue(lateMs: number, limit: number): Promise<void> {
    const before = new Date(this.clock.now().getTime() - lateMs);
    await this.queue.addAll(await this.digests.listOverdue(before, limit));
  }

  private async decide(job: SendDigestJob, claim: string, digest: ClaimedDigest): Promise<void> {
    const agent = (await this.agents.listActive(job.organizationId)).find(({ id }) => id === job.agentId);
    if (!agent) return this.digests.remove(job, job.agentId);
    const later = this.postponementOf(agent, digest);
    if (later) return this.postpone(job, claim, later);
    const told = await this.toldTo(job, agent);
    const isSent = told.sections.length > 0 && (await this.mail(agent, told.sections, digest.round));
    await this.notices.settle(job, job.agentId, told.settled);
    await this.finish(job, claim, digest, isSent);
  }

  private postponementOf({ notifications, timeZone }: AgentContact, { sentAt }: ClaimedDigest): Date | null {
    const now = this.clock.now();
    const quiet = quietUntil(notifications.quietHours, timeZone, now);
    const soonest = new Date((sentAt?.getTime() ?? 0) + this.config.chat.mailCooldownMs);
    if (soonest <= now) return quiet;
    return quiet && quiet > soonest ? quiet : soonest;
  }

  private async postpone(job: SendDigestJob, claim: string, until: Date): Promise<void> {
    await this.digests.postpone(job, job.agentId, claim, until);
    await this.queue.addAll([{ ...job, dueAt: until }]);
  }

  private async finish(
    job: SendDigestJob,
    claim: string,
    { requests }: ClaimedDigest,
    isSent: boolean,
  ): Promise<void> {
    const now = this.clock.now();
    const nextAt = new Date(now.getTime() + this.config.chat.agentMailDelayMs);
    const done = { requests, sentAt: isSent ? now : null, nextAt };
    const isAskedAgain = await this.digests.finish(job, job.agentId, claim, done);
    if (isAskedAgain) await this.queue.addAll([{ ...job, dueAt: nextAt }]);
  }

  /** So that the next try need not wait for the end of the lease. */
  private async giveBack(job: SendDigestJob, claim: string): Promise<void> {
    try {
      await this.digests.postpone(job, job.agentId, claim, this.clock.now());
    } catch (error) {
      this.logger.warn({ err: (error as Error).message }, 'a digest waits for the end of its lease');
    }
  }

  private async toldTo(job: SendDigestJob, agent: AgentContact): Promise<Told> {
    const awaiting = await this.notices.listAwaiting(job, agent.id, CONVERSATIONS);
    const ids = awaiting.map(({ conversationId }) => conversationId);
    const scope = { organizationId: job.organizationId };
    const found = new Map((await this.conversations.findMany(scope, ids)).map((one) => [one.id, one]));
    const isWanted = agent.notifications.email && !(await this.isHere(agent.id));
    const told: Told = { sections: [], settled: [] };
    for (const [conversationId, notices] of Map.groupBy(awaiting, (notice) => notice.conversationId)) {
      const conversation = found.get(conversationId);
      const news: News[] = [];
      for (const notice of notices) {
        const { own, upToSeq } = await this.newsFor(agent, conversation, notice);
        news.push(...own);
        told.settled.push({ ...placeOf(notice), upToSeq });
      }
      if (conversation && news.length > 0 && isWanted)
        told.sections.push(this.shown(agent, conversation, inOrder(news)));
    }
    return told;
  }

  private async newsFor(
    agent: AgentContact,
    conversation: Conversation | undefined,
    { messageId, toldSeq }: AwaitingNotice,
  ): Promise<{ own: News[]; upToSeq: number }> {
    if (!conversation) return { own: [], upToSeq: Number.MAX_SAFE_INTEGER };
    const { news, upToSeq } =
      messageId === undefined
        ? await this.finder.find(conversation, [agent])
        : await this.finder.findLate(conversation, messageId, [agent]);
    const own = (news.get(agent.id) ?? []).filter(({ message }) => message.seq > toldSeq);
    return { own, upToSeq };
  }

  private shown(agent: AgentContact, conversation: Conversation, news: readonly News[]): DigestSection {
    return {
      title: titleFor(conversation, news.at(-1)!.message.sender.name),
      link: dashboardUrlOf(conversation, this.config.server.publicUrl),
      count: news.length,
      lines: news.slice(-SHOWN_LINES).map(({ kind, message }) => toLine(kind, message, agent.language)),
    };
  }

  private async mail(agent: AgentContact, sections: DigestSection[], round: number): Promise<boolean> {
    const { id, email: to, language } = agent;
    const messageId = messageIdOf('digest', id, round);
    await this.mailer.send(composeDigestMail({ to, language, sections, messageId }));
    this.tally.notified('email', 'sent');
    return true;
  }

  private async isHere(id: string): Promise<boolean> {
    const states = await this.presence.statesOf([{ type: 'agent', id }]);
    return states.get(`agent:${id}`)?.status === 'online';
  }
}

function placeOf({ conversationId, messageId }: AwaitingNotice): Omit<SettledNotice, 'upToSeq'> {
  return { conversationId, ...(messageId !== undefined && { messageId }) };
}

function inOrder(news: readonly News[]): News[] {
  return news.toSorted((one, other) => one.message.seq - other.message.seq);
}

function toLine(kind: News['kind'], message: News['message'], language: 'ko' | 'en') {
  if (kind === 'assigned') return { name: null, text: lineOf(kind, message, language) };
  return { name: message.sender.name, text: saidIn(message, language) };
}
