import type { FastifyReply, FastifyRequest } from 'fastify';
import { simplePage } from './html.js';
import { newNonce, pagePolicy } from './page-policy.js';
import type { Encoding, StaticFile } from './static-folder.js';

/** The name of the file has a hash of its content in it. */
export const FOR_EVER = 'public, max-age=31536000, immutable';
/** Asked for again every time, answered with 304 while it is the same. */
export const REVALIDATED = 'no-cache';
/** A new loader reaches every page of every customer within minutes. */
export const SHORTLY = 'public, max-age=300, stale-while-revalidate=3600';

export function pageHtml(reply: FastifyReply, html: string, policy: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .headers({ 'content-security-policy': policy, 'cache-control': REVALIDATED })
    .send(html);
}

export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: StaticFile,
  cacheControl: string,
): Promise<FastifyReply> {
  void reply.headers({ etag: file.etag, 'cache-control': cacheControl }).type(file.type);
  if (request.headers['if-none-match']?.includes(file.etag)) return reply.status(304).send();
  const encoding = file.isCompressible ? encodingFor(request) : undefined;
  if (file.isCompressible) addVary(reply, 'accept-encoding');
  if (!encoding) return reply.send(file.body);
  return reply.header('content-encoding', encoding).send(await file.as(encoding));
}

/** Says what to do, since a server without its web is a normal state while developing. */
export function notBuilt(reply: FastifyReply, command: string): FastifyReply {
  const nonce = newNonce();
  const body = `<h1>This page has not been built yet</h1><p>Run <code>${command}</code> and load it again.</p>`;
  return pageHtml(
    reply.status(503).header('retry-after', '10'),
    simplePage('Not built yet', body, nonce),
    pagePolicy({ nonce, frameAncestors: "'none'" }),
  );
}

function encodingFor(request: FastifyRequest): Encoding | undefined {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  return (['br', 'gzip'] as const).find((encoding) =>
    new RegExp(`\\b${encoding}\\b(?!;q=0(\\.0*)?\\b)`).test(accepted),
  );
}

function addVary(reply: FastifyReply, name: string): void {
  const vary = reply.getHeader('vary');
  void reply.header('vary', vary ? `${String(vary)}, ${name}` : name);
}
