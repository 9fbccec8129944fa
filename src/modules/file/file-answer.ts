import type { FastifyReply } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { rangeOf } from './byte-range.js';
import type { FileContent } from './file-content.service.js';

/** What a browser may show by itself. Everything else is saved. */
const SHOWN = /^(image\/(png|jpeg|gif|webp)|audio\/|video\/|application\/pdf$)/;
/** A browser's own viewer of PDF does not work in a sandbox. */
const PDF = 'application/pdf';
const POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'";

/** Whole or in part. What is under an address never changes, so that a client that has it needs nothing. */
export async function answerWith(
  reply: FastifyReply,
  { headers, tag }: { headers: IncomingHttpHeaders; tag: string },
  content: FileContent,
): Promise<void> {
  setHeaders(reply, tag, content);
  if (headers['if-none-match'] === tag) return void (await reply.status(304).send());
  const isCurrent = headers['if-range'] === undefined || headers['if-range'] === tag;
  await (content.size === null
    ? reply.send(await content.open())
    : sendRange(reply, isCurrent ? headers.range : undefined, content, content.size));
}

async function sendRange(
  reply: FastifyReply,
  header: string | undefined,
  content: FileContent,
  size: number,
): Promise<void> {
  void reply.header('accept-ranges', 'bytes');
  const range = rangeOf(header, size);
  if (range === 'unsatisfiable') {
    return void (await reply
      .status(416)
      .headers({ 'content-range': `bytes */${size}` })
      .send());
  }
  if (range === 'all') return void (await reply.header('content-length', size).send(await content.open()));
  const { start, end } = range;
  const bytes = await content.open(range);
  void reply
    .status(206)
    .headers({ 'content-range': `bytes ${start}-${end}/${size}`, 'content-length': end - start + 1 });
  await reply.send(bytes);
}

function setHeaders(reply: FastifyReply, tag: string, { name, mimeType }: FileContent): void {
  const isText = mimeType.startsWith('text/') || mimeType === 'application/json';
  const disposition = SHOWN.test(mimeType) ? 'inline' : 'attachment';
  void reply.headers({
    'content-type': isText ? `${mimeType}; charset=utf-8` : mimeType,
    'content-disposition': `${disposition}; filename*=UTF-8''${encoded(name)}`,
    'content-security-policy': mimeType === PDF ? POLICY : `${POLICY}; sandbox`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=600',
    'referrer-policy': 'no-referrer',
    etag: tag,
  });
}

/** As RFC 8187 wants it. */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
