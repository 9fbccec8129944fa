import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Rounds } from '../../common/rounds.js';
import { AppConfig } from '../../config/app-config.js';
import { ObjectStorage } from '../../infrastructure/storage/object-storage.js';
import { FileIntake } from './file-intake.js';
import { thumbnailKeyOf } from './file.js';
import { FileRepository } from './file.repository.js';

const BATCH = 100;

/** In the worker: throws away what nobody sent, and the bytes of what was deleted. */
@Injectable()
export class FileUpkeep extends Rounds {
  protected readonly everyMs = 15_000;

  constructor(
    private readonly files: FileRepository,
    private readonly storage: ObjectStorage,
    private readonly intake: FileIntake,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {
    super();
  }

  protected async goRound(): Promise<void> {
    const now = this.clock.now();
    await this.files.deleteOrphans(new Date(now.getTime() - this.config.files.orphanMs));
    await this.purge();
    await this.intake.clearLeftBehind(now);
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
