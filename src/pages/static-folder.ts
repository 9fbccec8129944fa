import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = /^(text\/|application\/|image\/svg)/;
const COMPRESSORS: Record<Encoding, (body: Buffer) => Promise<Buffer>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (body) => promisify(gzip)(body, { level: 9 }),
};

/** A file as built, compressed once per encoding however often it is asked for. */
export class StaticFile {
  readonly etag: string;
  private readonly compressed = new Map<Encoding, Promise<Buffer>>();

  constructor(
    readonly body: Buffer,
    readonly type: string,
    readonly changedAt: number,
  ) {
    this.etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  }

  get isCompressible(): boolean {
    return COMPRESSIBLE.test(this.type);
  }

  as(encoding: Encoding): Promise<Buffer> {
    const known = this.compressed.get(encoding);
    if (known) return known;
    const made = COMPRESSORS[encoding](this.body);
    this.compressed.set(encoding, made);
    return made;
  }
}

/** What a build of the web left in a folder. Kept in memory until the file changes: it is small and asked for often. */
export class StaticFolder {
  private readonly files = new Map<string, StaticFile>();

  constructor(private readonly root: string) {}

  async find(path: string): Promise<StaticFile | null> {
    const full = resolve(this.root, path);
    const type = TYPES[extname(full)];
    if (!type || !full.startsWith(this.root + sep) || path.includes('\0')) return null;
    const found = await stat(full).catch(() => null);
    if (!found?.isFile()) return null;
    return this.read(full, type, found.mtimeMs);
  }

  private async read(full: string, type: string, changedAt: number): Promise<StaticFile> {
    const known = this.files.get(full);
    if (known?.changedAt === changedAt) return known;
    const file = new StaticFile(await readFile(full), type, changedAt);
    this.files.set(full, file);
    return file;
  }
}
