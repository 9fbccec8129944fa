import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Clock } from '../../../common/clock.js';
import { CHAT_QUEUE, SEND_DIGEST, sendDigestOptions, type SendDigestJob } from '../chat.jobs.js';
import type { Digest } from './digest.repository.js';

@Injectable()
export class DigestQueue {
  constructor(
    @InjectQueue(CHAT_QUEUE) private readonly queue: Queue<SendDigestJob>,
    private readonly clock: Clock,
  ) {}

  async addAll(digests: readonly Digest[]): Promise<void> {
    if (digests.length === 0) return;
    const now = this.clock.now().getTime();
    const jobs = digests.map(({ organizationId, agentId, dueAt }) => ({
      name: SEND_DIGEST,
      data: { organizationId, agentId },
      opts: sendDigestOptions(agentId, dueAt, Math.max(0, dueAt.getTime() - now)),
    }));
    await this.queue.addBulk(jobs);
  }
}
