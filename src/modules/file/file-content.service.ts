import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { EVERY_TENANT } from '../../common/access/principal.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { ObjectMissing, ObjectStorage, type ByteRange } from '../../infrastructure/storage/object-storage.js';
import { FileLinkService, type FileLink } from './file-link.service.js';
import { FileThumbnails } from './file-thumbnails.js';
import { isPicture, thumbnailKeyOf, type StoredFile } from './file.js';
import { FileRepository } from './file.repository.js';

/** What stands behind a good link. */
export interface FileContent {
  name: string;
  mimeType: string;
  /** Null: not known before it is read. */
  size: number | null;
  open(range?: ByteRange): Promise<Readable>;
}

@Injectable()
export class FileContentService {
  constructor(
    private readonly files: FileRepository,
    private readonly links: FileLinkService,
    private readonly storage: ObjectStorage,
    private readonly thumbnails: FileThumbnails,
  ) {}

  /** Throws LinkExpired; NotFound for what was deleted since the link was made. */
  async find(id: string, link: FileLink): Promise<FileContent> {
    this.links.assertGood(id, link);
    const file = await this.files.find(EVERY_TENANT, id);
    if (!file || file.state === 'deleted') throw new NotFound('files');
    return link.variant === 'thumbnail' ? this.thumbnailOf(file) : this.originalOf(file);
  }

  private originalOf({ name, mimeType, size, storageKey }: StoredFile): FileContent {
    return { name, mimeType, size, open: (range) => this.read(storageKey, range) };
  }

  private async thumbnailOf(file: StoredFile): Promise<FileContent> {
    if (!isPicture(file.mimeType)) throw new NotFound('files');
    await this.thumbnails.ensure(file);
    const open = () => this.read(thumbnailKeyOf(file));
    return { name: `${file.name}.webp`, mimeType: 'image/webp', size: null, open };
  }

  private async read(key: string, range?: ByteRange): Promise<Readable> {
    try {
      return await this.storage.open(key, range);
    } catch (error) {
      throw error instanceof ObjectMissing ? new NotFound('files') : error;
    }
  }
}
