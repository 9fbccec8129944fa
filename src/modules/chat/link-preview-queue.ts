import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { CHAT_QUEUE, PREVIEW_LINKS, previewLinksOptions, type PreviewLinksJob } from './chat.jobs.js';
import type { Message } from './message.js';

/** Hands the links of a message to the worker: pages of strangers are slow, and not to be met where people wait. */
@Injectable()
export class LinkPreviewQueue {
  constructor(@InjectQueue(CHAT_QUEUE) private readonly queue: Queue<PreviewLinksJob>) {}

  /**
   * Rejects when the queue is away: the mark on the message is still there.
   * @param rev of the change that the mark is of
   */
  async add({ organizationId, conversationId, id }: Message, rev: number): Promise<void> {
    const job = { organizationId, conversationId, messageId: id, rev };
    await this.queue.add(PREVIEW_LINKS, job, previewLinksOptions(job));
  }
}
