import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { Clock } from '../../common/clock.js';
import type { AppConfig } from '../../config/app-config.js';
import { DiskStorage } from '../../infrastructure/storage/disk-storage.js';
import { ObjectMissing } from '../../infrastructure/storage/object-storage.js';
import { aFile } from './fakes/factories.fake.js';
import { InMemoryFileRepository } from './fakes/in-memory-file.repository.fake.js';
import { FileIntake } from './file-intake.js';
import { FileThumbnails } from './file-thumbnails.js';
import { FileUpkeep } from './file-upkeep.js';
import { thumbnailKeyOf, type StoredFile } from './file.js';

describe(FileThumbnails.name, () => {
  let directory: string;
  let files: InMemoryFileRepository;
  let storage: DiskStorage;
  let thumbnails: FileThumbnails;
  let upkeep: FileUpkeep;
  let file: StoredFile;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'flc-thumbnails-'));
    const config = { files: { directory, maxPixels: 1_000_000, orphanMs: 3_600_000_000 } } as AppConfig;
    files = new InMemoryFileRepository();
    storage = new DiskStorage(join(directory, 'kept'));
    const intake = new FileIntake(config);
    thumbnails = new FileThumbnails(files, storage, intake, config);
    upkeep = new FileUpkeep(files, storage, intake, new Clock(), config);
    file = aFile({ createdAt: new Date() });
    await files.insert(scope(), file);
    const path = join(directory, 'picture');
    await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toFile(path);
    await storage.put(file.storageKey, path);
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  const scope = () => ({ organizationId: file.organizationId });
  const make = () => thumbnails.make({ ...scope(), fileId: file.id });
  const thumbnail = () => storage.open(thumbnailKeyOf(file));

  it('makes the small picture', async () => {
    await make();
    (await thumbnail()).destroy();
    expect(await files.find(scope(), file.id)).toMatchObject({ hasThumbnail: true });
  });

  it('leaves nothing of a picture that is deleted, and thrown away, while it is made', async () => {
    const put = storage.put.bind(storage);
    storage.put = async (key, path) => {
      await files.deleteOfOwner(scope(), file.owner);
      await upkeep.run();
      await put(key, path);
    };
    await make();
    expect(await files.listToPurge(1)).toEqual([]);
    await expect(thumbnail()).rejects.toThrow(ObjectMissing);
  });
});
