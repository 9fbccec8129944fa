import { join } from 'node:path';
import type { EnvReader } from './env-reader.js';

export type MailConfig =
  | { from: string; transport: 'smtp'; url: string }
  /** Mails become files that /dev/mail shows; for development. */
  | { from: string; transport: 'outbox'; directory: string };

export function readMailConfig(env: EnvReader, isProduction: boolean): MailConfig {
  const from = env.text('MAIL_FROM', 'Fast Light Chat <chat@localhost>');
  const url = env.optional('SMTP_URL');
  if (url) return { from, transport: 'smtp', url: env.url('SMTP_URL', ['smtp', 'smtps']) };
  if (isProduction) env.fault('SMTP_URL is missing');
  return { from, transport: 'outbox', directory: join(env.text('DATA_DIR', '.data'), 'outbox') };
}
