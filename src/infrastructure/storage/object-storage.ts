import type { Readable } from 'node:stream';

/** From the first byte to the last, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Bytes by name. A name is used once: what is under it never changes until it is removed. */
export abstract class ObjectStorage {
  /** Takes the file away from `path`, wholly or not at all. */
  abstract put(key: string, path: string): Promise<void>;
  /** Throws ObjectMissing. */
  abstract open(key: string, range?: ByteRange): Promise<Readable>;
  /** What is not there needs no removing. */
  abstract remove(key: string): Promise<void>;
}

export class ObjectMissing extends Error {
  constructor(key: string) {
    super(`There is no object ${key}`);
    this.name = 'ObjectMissing';
  }
}
