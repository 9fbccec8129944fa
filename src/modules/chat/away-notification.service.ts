import { Injectable } from '@nestjs/common';
import type { EnvironmentScope } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { AppConfig } from '../../config/app-config.js';
import { Mailer } from '../../infrastructure/mail/mailer.js';
import { messageIdOf } from '../../infrastructure/mail/message-id.js';
import { NotificationTally } from '../../infrastructure/metrics/notification-tally.js';
import { PresenceStore } from '../../infrastructure/realtime/presence-store.js';
import { ReturnLinkService } from '../auth/return-link.service.js';
import { EnvironmentService } from '../environment/environment.service.js';
import { UserService } from '../user/user.service.js';
import { composeAwayMail } from './away-mail.js';
import { AwayNotifier } from './away-notifier.js';
import type { NotifyAwayJob } from './chat.jobs.js';
import type { Conversation } from './conversation.js';
import { ConversationRepository } from './conversation.repository.js';
import { MarkerRepository, type MarkerKey } from './marker.repository.js';
import type { Message } from './message.js';
import { MessageRepository } from './message.repository.js';
import { allSaidIn } from './notification/notice-words.js';

interface Recipient {
  id: string;
  email: string;
  language: 'ko' | 'en';
  title: string;
  link: string;
}

/** A mail shows this many messages at most: the newest. */
const SHOWN = 20;

/**
 * Decides, when the job fires, whether the user of a conversation is still to be told: whoever has read it, is here,
 * or was told lately, is not. May run twice for the same job: the mail then has the same message id.
 */
@Injectable()
export class AwayNotificationService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly messages: MessageRepository,
    private readonly markers: MarkerRepository,
    private readonly users: UserService,
    private readonly environments: EnvironmentService,
    private readonly links: ReturnLinkService,
    private readonly presence: PresenceStore,
    private readonly notifier: AwayNotifier,
    private readonly mailer: Mailer,
    private readonly tally: NotificationTally,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  async notify(job: NotifyAwayJob, jobId: string): Promise<void> {
    const { organizationId, conversationId } = job;
    const conversation = await this.conversations.find({ organizationId }, conversationId);
    if (!conversation || conversation.environmentId === null) return;
    const scope = { organizationId, environmentId: conversation.environmentId };
    const head = (await this.messages.heads(scope, [conversationId])).get(conversationId)?.headSeq ?? 0;
    const user = await this.absentUserOf(scope, conversation);
    const unread = user ? await this.unreadOf(scope, conversationId, user.id) : [];
    const postponedUntil = user && (await this.tell(conversation, user, unread, jobId));
    if (postponedUntil)
      await this.notifier.schedule(job, postponedUntil.getTime() - this.clock.now().getTime());
    else await this.messages.completeTaskUpTo(scope, conversationId, head, 'notify', 'others');
  }

  /** Answers when to try again, if it is too soon after the last mail. */
  private async tell(
    { organizationId, id: conversationId }: Conversation,
    user: Recipient,
    unread: readonly Message[],
    jobId: string,
  ): Promise<Date | null> {
    const newest = unread.at(-1);
    if (!newest) return null;
    const who: MarkerKey = { organizationId, conversationId, type: 'user', principalId: user.id };
    const claim = {
      upToSeq: newest.seq,
      jobId,
      now: this.clock.now(),
      cooldownMs: this.config.chat.mailCooldownMs,
    };
    const permit = await this.markers.claimMail(who, claim);
    if (permit.kind === 'too-soon') return permit.until;
    if (permit.kind === 'told-already') return null;
    await this.mail(user, unread, newest);
    await this.markers.confirmMail(who, jobId);
    return null;
  }

  private async mail(user: Recipient, unread: readonly Message[], newest: Message): Promise<void> {
    const mail = composeAwayMail({
      ...user,
      to: user.email,
      lines: unread.map((message) => toLine(message, user.language)),
      messageId: messageIdOf(newest.id, user.id),
    });
    try {
      await this.mailer.send(mail);
      this.tally.notified('email', 'sent');
    } catch (error) {
      this.tally.notified('email', 'failed');
      throw error;
    }
  }

  private async unreadOf(
    scope: EnvironmentScope,
    conversationId: string,
    userId: string,
  ): Promise<Message[]> {
    const readSeqs = await this.markers.ofOwners(scope, [{ id: conversationId, userId }]);
    const afterSeq = readSeqs.get(conversationId) ?? 0;
    const position = { conversationId, afterSeq, senderKey: `user:${userId}` };
    return this.messages.listUnread(scope, position, { limit: SHOWN, seesPrivate: false });
  }

  private async absentUserOf(scope: EnvironmentScope, conversation: Conversation): Promise<Recipient | null> {
    const user = await this.userOf(scope, conversation);
    if (!user) return null;
    const states = await this.presence.statesOf([{ type: 'user', id: user.id }]);
    return states.get(`user:${user.id}`)?.status === 'online' ? null : user;
  }

  private async userOf(scope: EnvironmentScope, conversation: Conversation): Promise<Recipient | null> {
    if (!conversation.user) return null;
    const [user, environment] = await Promise.all([
      this.users.find(scope, conversation.user.id),
      this.environments.findById(scope.environmentId),
    ]);
    if (!user?.profile.email || !environment) return null;
    const language = user.language?.startsWith('ko') ? 'ko' : 'en';
    const link = this.links.forUser(environment, user, conversation.id);
    const title = environment.settings.widget.title;
    return { id: user.id, email: user.profile.email, language, title, link };
  }
}

function toLine(message: Message, language: 'ko' | 'en'): { name: string; text: string } {
  return { name: message.sender.name, text: allSaidIn(message, language) };
}
