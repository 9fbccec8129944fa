import sharp from 'sharp';
import request, { type Response } from 'supertest';
import type { AttachmentView } from '../../src/contracts/chat.js';

type Headers = Record<string, string>;

export interface Upload {
  name?: string;
  type?: string;
  bytes: Buffer;
}

export const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

/** As a browser does it. */
export async function tryUpload(url: string, as: Headers, { name, type, bytes }: Upload): Promise<Response> {
  return request(url)
    .post('/v1/files')
    .set(as)
    .attach('file', bytes, { filename: name ?? 'file', ...(type !== undefined && { contentType: type }) });
}

export async function upload(url: string, as: Headers, given: Partial<Upload> = {}): Promise<AttachmentView> {
  const answer = await tryUpload(url, as, { name: 'photo.png', bytes: await aPicture(), ...given });
  if (answer.status !== 201) throw new Error(`the upload was refused: ${answer.status} ${answer.text}`);
  return answer.body as AttachmentView;
}

export function aPicture({ width = 800, height = 600 } = {}): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#2563eb' } })
    .png()
    .toBuffer();
}

/** A quiet WAV: eight bits of silence, 8,000 times a second. */
export function aSound(seconds = 1): Buffer {
  const rate = 8_000;
  const samples = Buffer.alloc(rate * seconds, 128);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** The part of a link that a test needs: its server has a port of its own. */
export function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  return pathname + search;
}

/** For supertest, which would take bytes for text. */
export function asBuffer(response: Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}
