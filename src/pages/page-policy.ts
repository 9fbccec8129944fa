import { randomBytes } from 'node:crypto';

/** For every answer that is not a page: nothing in it may ever run, load or be framed. */
export const API_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** One per answer, for the style and script elements that the server itself wrote into the page. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

interface PageRules {
  nonce: string;
  frameAncestors: "'none'" | "'self'" | '*';
  /** May scripts that the page carries inline run, when they wear the nonce? */
  hasInlineScript?: boolean;
  /** Host and port that the page was asked for, for the socket. */
  host?: string;
}

const HOST = /^[\w.:[\]-]{1,260}$/;

export function pagePolicy({ nonce, frameAncestors, hasInlineScript, host = '' }: PageRules): string {
  // Not every browser takes 'self' for the socket's scheme too.
  const sockets = HOST.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'none'",
    `script-src 'self'${hasInlineScript ? ` 'nonce-${nonce}'` : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob: https:",
    "media-src 'self'",
    "font-src 'self'",
    `connect-src 'self'${sockets}`,
    "frame-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');
}

/** For a mail shown in a frame: styles and pictures, no script, no form, links only in new windows. */
export const MAIL_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; frame-ancestors 'self'";
