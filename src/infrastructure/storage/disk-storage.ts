import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { ObjectMissing, ObjectStorage, type ByteRange } from './object-storage.js';

/** In folders of two levels, since a folder with a million files is slow to work with. */
export class DiskStorage extends ObjectStorage {
  constructor(private readonly directory: string) {
    super();
  }

  async put(key: string, path: string): Promise<void> {
    const target = this.pathOf(key);
    await mkdir(dirname(target), { recursive: true });
    await rename(path, target);
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    try {
      const file = await open(this.pathOf(key));
      return file.createReadStream(range);
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new ObjectMissing(key) : error;
    }
  }

  async remove(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  private pathOf(key: string): string {
    return join(this.directory, key.slice(0, 2), key.slice(2, 4), key);
  }
}
