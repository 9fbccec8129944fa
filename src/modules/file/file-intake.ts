import { Injectable } from '@nestjs/common';
import { fileTypeFromFile } from 'file-type';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '../../common/errors/domain-error.js';
import { AppConfig } from '../../config/app-config.js';
import { endsAsArchive } from './file-archive.js';
import { allowedType, assertHonest, isArchive, textTypeOf, withFittingEnding } from './file-kinds.js';
import { safeName } from './file-name.js';
import { assertPlainText } from './file-text.js';
import { FileTooLarge, UnsupportedType, UploadBroken } from './file.errors.js';
import { isPicture } from './file.js';
import { cleanPicture, type Size } from './picture.js';

/** As it comes in: nothing of it is believed. */
export interface IncomingFile {
  name: string | undefined;
  declaredType: string;
  bytes: Readable;
  maxBytes: number;
}

export interface AcceptedFile {
  path: string;
  name: string;
  mimeType: string;
  size: number;
  picture: Size | null;
}

const INCOMING = 'incoming';
/** No upload takes so long: what is older was left behind by a crash. */
const LEFT_BEHIND_MS = 3_600_000;

/** From a stream of bytes to a file that may be kept, on the disk all the way. What is refused leaves nothing. */
@Injectable()
export class FileIntake {
  constructor(private readonly config: AppConfig) {}

  /** Hands the accepted file over, and clears away what is then still there of it. */
  async take<T>(incoming: IncomingFile, keep: (file: AcceptedFile) => Promise<T>): Promise<T> {
    return this.withPlace(async (path) => {
      await this.write(incoming, path);
      return keep(await this.inspect(path, incoming));
    });
  }

  /** A place on the disk for as long as the work takes. */
  async withPlace<T>(work: (path: string) => Promise<T>): Promise<T> {
    await mkdir(this.directory, { recursive: true });
    const path = join(this.directory, randomBytes(16).toString('hex'));
    try {
      return await work(path);
    } finally {
      await Promise.all([rm(path, { force: true }), rm(besides(path), { force: true })]);
    }
  }

  async clearLeftBehind(now: Date): Promise<void> {
    const names = await readdir(this.directory).catch(() => []);
    for (const path of names.map((name) => join(this.directory, name))) {
      const found = await stat(path).catch(() => null);
      if (found && now.getTime() - found.mtimeMs > LEFT_BEHIND_MS) await rm(path, { force: true });
    }
  }

  private get directory(): string {
    return join(this.config.files.directory, INCOMING);
  }

  private async write({ bytes, maxBytes }: IncomingFile, path: string): Promise<void> {
    try {
      await pipeline(bytes, upTo(maxBytes), createWriteStream(path, { flush: true }));
    } catch (error) {
      if (error instanceof DomainError || isOfTheDisk(error)) throw error;
      throw new UploadBroken();
    }
  }

  private async inspect(path: string, { name: given, declaredType }: IncomingFile): Promise<AcceptedFile> {
    const name = safeName(given);
    const mimeType = await this.typeOf(path, name);
    assertHonest(mimeType, name, declaredType);
    const picture = isPicture(mimeType) ? await this.clean(path, mimeType) : null;
    // Such as a document that is a program to another reader. In a picture there is none left.
    if (!isArchive(mimeType) && (await endsAsArchive(path))) throw new UnsupportedType();
    const { size } = await stat(path);
    return { path, name: withFittingEnding(name, mimeType), mimeType, size, picture };
  }

  private async typeOf(path: string, name: string): Promise<string> {
    const detected = await fileTypeFromFile(path);
    if (detected) return allowedType(detected.mime);
    const type = textTypeOf(name);
    await assertPlainText(path);
    return type;
  }

  private async clean(path: string, mimeType: string): Promise<Size> {
    const size = await cleanPicture(path, besides(path), mimeType, this.config.files.maxPixels);
    await rename(besides(path), path);
    return size;
  }
}

function besides(path: string): string {
  return `${path}.clean`;
}

/** Throws FileTooLarge at the first byte too many. */
function upTo(maxBytes: number) {
  return async function* (bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    let taken = 0;
    for await (const chunk of bytes) {
      taken += chunk.length;
      if (taken > maxBytes) throw new FileTooLarge(maxBytes);
      yield chunk;
    }
  };
}

function isOfTheDisk(error: unknown): boolean {
  return ['ENOSPC', 'EACCES', 'EROFS', 'EIO', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '');
}
