import { Injectable } from '@nestjs/common';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { AppConfig } from '../../config/app-config.js';
import { ObjectStorage } from '../../infrastructure/storage/object-storage.js';
import { FileIntake } from './file-intake.js';
import type { MakeThumbnailJob } from './file.jobs.js';
import { isPicture, thumbnailKeyOf, type StoredFile } from './file.js';
import { FileRepository } from './file.repository.js';
import { shrinkPicture } from './picture.js';

/** Small pictures for lists. Made once by the worker, or by whoever is asked for one first. */
@Injectable()
export class FileThumbnails {
  constructor(
    private readonly files: FileRepository,
    private readonly storage: ObjectStorage,
    private readonly intake: FileIntake,
    private readonly config: AppConfig,
  ) {}

  /** Nothing to do when it is there, or when the picture is gone. */
  async make({ organizationId, fileId }: MakeThumbnailJob): Promise<void> {
    const file = await this.files.find({ organizationId }, fileId);
    if (file && file.state !== 'deleted' && isPicture(file.mimeType)) await this.ensure(file);
  }

  async ensure(file: StoredFile): Promise<void> {
    if (file.hasThumbnail) return;
    await this.intake.withPlace((original) =>
      this.intake.withPlace(async (small) => {
        await pipeline(await this.storage.open(file.storageKey), createWriteStream(original));
        await shrinkPicture(original, small, this.config.files.maxPixels);
        await this.storage.put(thumbnailKeyOf(file), small);
      }),
    );
    // Its bytes may have been thrown away while this was made: nobody else knows of what came after.
    if (!(await this.files.markThumbnail(file.id))) await this.storage.remove(thumbnailKeyOf(file));
  }
}
