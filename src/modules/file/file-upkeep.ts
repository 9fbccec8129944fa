import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { AppConfig } from '../../config/app-config.js';
import { ObjectStorage } from '../../infrastructure/storage/object-storage.js';
import { FileIntake } from './file-intake.js';
import { thumbnailKeyOf } from './file.js';
import { FileRepository } from './file.repository.js';

const INTERVAL_MS = 15_000;
const BATCH = 100;

/** In the worker: throws away what nobody sent, and the bytes of what was deleted. */
@Injectable()
export class FileUpkeep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(FileUpkeep.name);
  private timer: NodeJS.Timeout | undefined;
  private isRunning = false;

  constructor(
    private readonly files: FileRepository,
    private readonly storage: ObjectStorage,
    private readonly intake: FileIntake,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      const now = this.clock.now();
      await this.files.deleteOrphans(new Date(now.getTime() - this.config.files.orphanMs));
      await this.purge();
      await this.intake.clearLeftBehind(now);
    } catch (error) {
      this.logger.warn({ err: error }, 'the upkeep of files failed and will be tried again');
    } finally {
      this.isRunning = false;
    }
  }

  private async purge(): Promise<void> {
    for (;;) {
      const files = await this.files.listToPurge(BATCH);
      for (const file of files) {
        await this.storage.remove(file.storageKey);
        await this.storage.remove(thumbnailKeyOf(file));
      }
      const ids = files.map(({ id }) => id);
      await this.files.markPurged(ids, this.clock.now());
      if (files.length < BATCH) return;
    }
  }
}
