import { Injectable } from '@nestjs/common';
import type { Scope } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { AppConfig } from '../../config/app-config.js';
import { Mailer } from '../../infrastructure/mail/mailer.js';
import { PresenceStore } from '../../infrastructure/realtime/presence-store.js';
import { AgentService } from '../agent/agent.service.js';
import { ReturnLinkService } from '../auth/return-link.service.js';
import { EnvironmentService } from '../environment/environment.service.js';
import { UserService } from '../user/user.service.js';
import { composeAwayMail } from './away-mail.js';
import { AwayNotifier } from './away-notifier.js';
import type { NotifyAwayJob } from './chat.jobs.js';
import { scopeOfConversation, type Conversation } from './conversation.js';
import { ConversationRepository } from './conversation.repository.js';
import { MarkerRepository } from './marker.repository.js';
import type { Message } from './message.js';
import { MessageRepository } from './message.repository.js';

interface Recipient {
  type: 'agent' | 'user';
  id: string;
  email: string;
  language: 'ko' | 'en';
  title: string;
  link: string;
}

/** A mail shows this many messages at most: the newest. */
const SHOWN = 20;
const LOOKED_AT = 200;

/**
 * Decides, when the job fires, who is still to be told: whoever has read it, is here, or was told lately, is not.
 * May run twice for the same job: the mail then has the same message id.
 */
@Injectable()
export class AwayNotificationService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly messages: MessageRepository,
    private readonly markers: MarkerRepository,
    private readonly users: UserService,
    private readonly agents: AgentService,
    private readonly environments: EnvironmentService,
    private readonly links: ReturnLinkService,
    private readonly presence: PresenceStore,
    private readonly notifier: AwayNotifier,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  async notify(job: NotifyAwayJob, jobId: string): Promise<void> {
    const conversation = await this.conversations.find(
      { organizationId: job.organizationId },
      job.conversationId,
    );
    if (!conversation) return;
    const scope = scopeOfConversation(conversation);
    const head = (await this.messages.heads(scope, [conversation.id])).get(conversation.id)?.headSeq ?? 0;
    const absent = await this.absentAmong(await this.recipientsOf(conversation, job.side));
    const unread = await this.unreadOf(scope, conversation, absent);
    const postponedUntil = await this.tellAll(conversation, absent, unread, jobId);
    if (postponedUntil)
      await this.notifier.schedule(job, postponedUntil.getTime() - this.clock.now().getTime());
    else {
      const saidBy = job.side === 'agents' && conversation.kind === 'support' ? 'user' : 'others';
      await this.messages.completeTaskUpTo(scope, conversation.id, head, 'notify', saidBy);
    }
  }

  /** One whose mail does not go out keeps nobody else from theirs; the retry is for that one alone. */
  private async tellAll(
    conversation: Conversation,
    recipients: readonly Recipient[],
    unread: ReadonlyMap<string, Message[]>,
    jobId: string,
  ): Promise<Date | null> {
    const told = await Promise.allSettled(
      recipients.map((recipient) =>
        this.tell(conversation, recipient, unread.get(recipient.id) ?? [], jobId),
      ),
    );
    const failed = told.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    const untils = told.flatMap((outcome) =>
      outcome.status === 'fulfilled' && outcome.value ? [outcome.value] : [],
    );
    return untils.length > 0 ? new Date(Math.min(...untils.map((until) => until.getTime()))) : null;
  }

  /** Answers when to try again, if it is too soon after the last mail. */
  private async tell(
    { organizationId, id }: Conversation,
    recipient: Recipient,
    unread: readonly Message[],
    jobId: string,
  ): Promise<Date | null> {
    const newest = unread.at(-1);
    if (!newest) return null;
    const who = { organizationId, conversationId: id, type: recipient.type, principalId: recipient.id };
    const claim = {
      upToSeq: newest.seq,
      jobId,
      now: this.clock.now(),
      cooldownMs: this.config.chat.mailCooldownMs,
    };
    const permit = await this.markers.claimMail(who, claim);
    if (permit.kind === 'too-soon') return permit.until;
    if (permit.kind === 'told-already') return null;
    await this.mailer.send(this.mailFor(recipient, unread, newest));
    await this.markers.confirmMail(who, jobId);
    return null;
  }

  private mailFor(recipient: Recipient, unread: readonly Message[], newest: Message) {
    return composeAwayMail({
      ...recipient,
      to: recipient.email,
      lines: unread.slice(-SHOWN).map(({ sender, content }) => ({ name: sender.name, text: content })),
      messageId: `<${newest.id}.${recipient.id}@fast-light-chat>`,
    });
  }

  /** One read for all recipients: from where the one who is furthest behind stopped. */
  private async unreadOf(
    scope: Scope,
    conversation: Conversation,
    recipients: readonly Recipient[],
  ): Promise<Map<string, Message[]>> {
    if (recipients.length === 0) return new Map();
    const markers = await this.markers.ofConversations(scope, [conversation.id]);
    const readSeqs = new Map(markers.map(({ principalId, readSeq }) => [principalId, readSeq]));
    const afterSeq = Math.min(...recipients.map(({ id }) => readSeqs.get(id) ?? 0));
    const position = { conversationId: conversation.id, afterSeq, senderKey: '' };
    const found = await this.messages.listUnread(scope, position, { limit: LOOKED_AT, seesPrivate: false });
    return new Map(
      recipients.map(({ id }) => [
        id,
        found.filter(({ seq, sender }) => seq > (readSeqs.get(id) ?? 0) && sender.id !== id),
      ]),
    );
  }

  private async absentAmong(recipients: readonly Recipient[]): Promise<Recipient[]> {
    const states = await this.presence.statesOf(recipients);
    return recipients.filter(({ type, id }) => states.get(`${type}:${id}`)?.status !== 'online');
  }

  private recipientsOf(conversation: Conversation, side: NotifyAwayJob['side']): Promise<Recipient[]> {
    return side === 'user' ? this.userOf(conversation) : this.agentsOf(conversation);
  }

  private async userOf(conversation: Conversation): Promise<Recipient[]> {
    if (!conversation.user || conversation.environmentId === null) return [];
    const scope = { organizationId: conversation.organizationId, environmentId: conversation.environmentId };
    const [user, environment] = await Promise.all([
      this.users.find(scope, conversation.user.id),
      this.environments.findById(conversation.environmentId),
    ]);
    if (!user?.profile.email || !environment) return [];
    const language = user.language?.startsWith('ko') ? 'ko' : 'en';
    const link = this.links.forUser(environment, user, conversation.id);
    const title = environment.settings.widget.title;
    return [{ type: 'user', id: user.id, email: user.profile.email, language, title, link }];
  }

  /** The one who has it; while nobody has it, everybody who could take it. */
  private async agentsOf(conversation: Conversation): Promise<Recipient[]> {
    const agents = await this.agents.listActive(conversation.organizationId);
    const wanted = new Set(
      conversation.kind === 'support' ? [conversation.assigneeId] : conversation.memberIds,
    );
    const isOpenToAll = conversation.kind === 'support' && conversation.assigneeId === null;
    const link = `${this.config.server.publicUrl}/dashboard/inbox/all/${conversation.id}`;
    const title = conversation.user?.name ?? conversation.name ?? 'Fast Light Chat';
    return agents
      .filter(({ id }) => isOpenToAll || wanted.has(id))
      .map(({ id, email, language }) => ({ type: 'agent', id, email, language, title, link }));
  }
}
