import type { ChatError } from '@fast-light-chat/sdk';
import { fill, type Strings } from './strings.js';

/** The same file would be refused again. A proxy before the server knows the status alone. */
export function isFinal({ status }: ChatError): boolean {
  return status === 413 || status === 415;
}

/** Why a file did not arrive. */
export function uploadTrouble({ code, status }: ChatError, t: Strings): string {
  if (status === 413) return t.fileSize;
  if (status === 415) return t.fileType;
  if (status === 429) return t.fileLimit;
  if (code === 'chat.blocked') return t.blocked;
  return code === 'client.offline' || code === 'client.timeout' ? t.fileOffline : t.fileFailed;
}

/** Why a message was not sent. */
export function sendTrouble(error: ChatError | undefined, t: Strings): string {
  switch (error?.code) {
    case 'chat.blocked':
      return t.blocked;
    case 'chat.message_refused':
      return t.refused;
    case 'chat.conversation_archived':
      return t.archived;
    default:
      return t.notSent;
  }
}

/** Why a message waits. */
export function waitTrouble(error: ChatError | undefined, t: Strings): string {
  if (error?.code === 'chat.slow_mode')
    return fill(t.slowMode, { n: Math.max(1, Math.ceil((error.retryAfterMs ?? 0) / 1000)) });
  return error?.code === 'common.rate_limited' ? t.waitingLimit : t.waiting;
}
