import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { UnrecoverableError, type Job } from 'bullmq';
import { WORKER_OPTIONS } from '../../../infrastructure/queue/worker-options.js';
import { FileThumbnails } from '../file-thumbnails.js';
import { FILE_QUEUE, MAKE_THUMBNAIL, type MakeThumbnailJob } from '../file.jobs.js';

@Processor(FILE_QUEUE, { ...WORKER_OPTIONS, concurrency: 2 })
export class FileProcessor extends WorkerHost {
  constructor(private readonly thumbnails: FileThumbnails) {
    super();
  }

  /** The connection itself says, once, that Redis is out of reach; BullMQ would say it at every try. */
  @OnWorkerEvent('error')
  stayQuiet(): void {
    return;
  }

  override async process({ name, data }: Job<MakeThumbnailJob>): Promise<void> {
    if (name !== MAKE_THUMBNAIL) throw new UnrecoverableError(`no handler for ${name}`);
    await this.thumbnails.make(data);
  }
}
