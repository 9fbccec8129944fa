import type { EnvReader } from './env-reader.js';
import type { MailConfig } from './mail.config.js';
import type { ServerConfig } from './server.config.js';

export interface PushConfig {
  /** Null: made once and kept in the database. */
  keys: { publicKey: string; privateKey: string } | null;
  /** Whom the makers of browsers write to when something is wrong with our pushes. */
  subject: string;
}

const PUBLIC_KEY_BYTES = 65;
const PRIVATE_KEY_BYTES = 32;

export function readPushConfig(
  env: EnvReader,
  { publicUrl }: ServerConfig,
  { from }: MailConfig,
): PushConfig {
  const publicKey = readKey(env, 'VAPID_PUBLIC_KEY', PUBLIC_KEY_BYTES);
  const privateKey = readKey(env, 'VAPID_PRIVATE_KEY', PRIVATE_KEY_BYTES);
  if ((publicKey === undefined) !== (privateKey === undefined)) {
    env.fault('VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY must be set together');
  }
  const ours = publicUrl.startsWith('https:') ? publicUrl : `mailto:${/<(.+)>/.exec(from)?.[1] ?? from}`;
  const subject = env.text('VAPID_SUBJECT', ours);
  if (!/^(mailto:|https:\/\/)/.test(subject)) env.fault('VAPID_SUBJECT must begin with mailto: or https://');
  return { keys: publicKey && privateKey ? { publicKey, privateKey } : null, subject };
}

function readKey(env: EnvReader, name: string, bytes: number): string | undefined {
  const value = env.optional(name);
  const isKey = value === undefined || Buffer.from(value, 'base64url').length === bytes;
  if (!isKey) env.fault(`${name} must be a key of ${bytes} bytes in base64url`);
  return value;
}
