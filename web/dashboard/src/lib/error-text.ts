import { ChatError } from '@fast-light-chat/sdk';
import type { TFunction } from 'i18next';
import type { en } from './i18n/en';

type ErrorKey = Exclude<keyof typeof en.errors, 'reference'>;

const BY_CODE: Record<string, ErrorKey> = {
  'client.offline': 'offline',
  'client.timeout': 'timeout',
  'client.unexpected_answer': 'unavailable',
  'common.rate_limited': 'rateLimited',
  'common.unavailable': 'unavailable',
  'common.validation_failed': 'validation',
  'common.conflict': 'conflict',
  'common.payload_too_large': 'tooLarge',
  'auth.forbidden': 'forbidden',
  'auth.invalid_credentials': 'invalidCredentials',
  'chat.not_participant': 'notParticipant',
  'chat.conversation_archived': 'conversationArchived',
  'view.too_many': 'tooManyViews',
  'chat.slow_mode': 'slowMode',
  'chat.mention_unknown': 'mentionUnknown',
};

const BY_STATUS: Record<number, ErrorKey> = {
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
  429: 'rateLimited',
};

/** What a code means at one place, where it can be said more exactly than everywhere. */
export type ErrorTexts = Readonly<Record<string, string>>;

/** In the agent's language; a code that is not known here speaks through the server's own message. */
export function errorText(error: unknown, t: TFunction, texts: ErrorTexts = {}): string {
  if (!(error instanceof ChatError)) return t('errors.generic');
  const special = texts[error.code];
  if (special) return special;
  const key = BY_CODE[error.code] ?? BY_STATUS[error.status ?? 0];
  if (key) return t(`errors.${key}`);
  return error.code.endsWith('.not_found') ? t('errors.notFound') : error.message || t('errors.generic');
}

export function isForbidden(error: unknown): boolean {
  return error instanceof ChatError && (error.code === 'auth.forbidden' || error.status === 403);
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ChatError && (error.code.endsWith('not_found') || error.status === 404);
}
