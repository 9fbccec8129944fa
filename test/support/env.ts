import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FreshDatabases } from './engines.js';

type Databases = Omit<FreshDatabases, 'drop'>;

/** Limits far above what a test does, so that only the tests of limits meet them. */
const ROOMY = {
  LIMIT_MESSAGES_PER_MINUTE: '100000',
  LIMIT_ANONYMOUS_MESSAGES_PER_MINUTE: '100000',
  LIMIT_TYPING_PER_MINUTE: '1000',
  LIMIT_UPLOADS_PER_MINUTE: '1000',
  LIMIT_PINGS_PER_MINUTE: '1000',
  LIMIT_SYNCS_PER_MINUTE: '1000',
  LIMIT_SEARCHES_PER_MINUTE: '1000',
  LIMIT_CONNECTS_PER_MINUTE: '1000',
  LIMIT_REFUSED_CONNECTS_PER_MINUTE: '1000',
  LIMIT_SIGN_INS_PER_MINUTE: '1000',
  LIMIT_BOOTS_PER_MINUTE: '10000',
};

/** Where the nodes of one suite keep files. */
export function filesOf(suite: string): string {
  return join(tmpdir(), 'fast-light-chat-test-files', suite);
}

/** The variables of a node on the given databases. */
export function envFor(databases: Databases, overrides: Record<string, string> = {}): Record<string, string> {
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    LOG_PRETTY: 'false',
    HOST: '127.0.0.1',
    PORT: '0',
    POSTGRES_URL: databases.postgres,
    MONGODB_URL: databases.mongodb,
    REDIS_URL: databases.redis,
    REDIS_KEY_PREFIX: databases.redisKeyPrefix,
    JWT_SECRET: 'test-jwt-secret-test-jwt-secret-test',
    SECRETS_KEY: 'test-secrets-key-test-secrets-key-12',
    SMTP_URL: 'smtp://127.0.0.1:1',
    FILES_DIR: filesOf(databases.redisKeyPrefix),
    ...ROOMY,
    ...overrides,
  };
}
