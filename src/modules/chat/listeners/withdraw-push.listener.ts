import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { OnDomainEvent } from '../../../common/events/domain-events.js';
import type { ConversationReadUpTo } from '../chat.events.js';
import { CHAT_QUEUE, WITHDRAW_PUSH, withdrawPushOptions, type WithdrawPushJob } from '../chat.jobs.js';
import { NoticeRepository } from '../notification/notice.repository.js';

/** Who has read it on one device need not be told of it by the others. */
@Injectable()
export class WithdrawPushListener {
  constructor(
    private readonly notices: NoticeRepository,
    @InjectQueue(CHAT_QUEUE) private readonly queue: Queue<WithdrawPushJob>,
  ) {}

  /** The usual reading was never pushed: it costs one look-up, and no job. */
  @OnDomainEvent('conversation.read')
  async withdraw({ conversation, reader, readSeq }: ConversationReadUpTo): Promise<void> {
    if (reader.type !== 'agent') return;
    const { organizationId, id: conversationId } = conversation;
    const who = { organizationId, conversationId, agentId: reader.id };
    if (!(await this.notices.isShown(who, readSeq))) return;
    const job = { ...who, readSeq, sessionId: reader.sessionId };
    await this.queue.add(WITHDRAW_PUSH, job, withdrawPushOptions(job));
  }
}
