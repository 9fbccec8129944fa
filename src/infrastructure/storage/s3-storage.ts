import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { ObjectMissing, ObjectStorage, type ByteRange } from './object-storage.js';

export interface S3Options {
  bucket: string;
  region: string;
  endpoint: string | undefined;
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
  isPathStyle: boolean;
}

/** Amazon S3, or whatever speaks its language. */
export class S3Storage extends ObjectStorage {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor({ bucket, region, endpoint, credentials, isPathStyle }: S3Options) {
    super();
    this.bucket = bucket;
    this.client = new S3Client({
      region,
      forcePathStyle: isPathStyle,
      // The checksums that Amazon adds by default are not understood everywhere.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      ...(endpoint && { endpoint }),
      ...(credentials && { credentials }),
    });
  }

  /** Its length is known, so it goes through in one request and never lies in memory. */
  async put(key: string, path: string): Promise<void> {
    const { size } = await stat(path);
    const body = createReadStream(path);
    const command = { Bucket: this.bucket, Key: key, Body: body, ContentLength: size };
    await this.client.send(new PutObjectCommand(command));
    await rm(path, { force: true });
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    try {
      const Range = range && `bytes=${range.start}-${range.end}`;
      const { Body } = await this.client.send(
        new GetObjectCommand({ Bucket: this.bucket, Key: key, ...(Range && { Range }) }),
      );
      return Body as Readable;
    } catch (error) {
      throw error instanceof NoSuchKey ? new ObjectMissing(key) : error;
    }
  }

  async remove(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }

  close(): void {
    this.client.destroy();
  }
}
