import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { createApplication } from '../../src/application.js';
import { loadConfig } from '../../src/config/app-config.js';
import { freshDatabases, type FreshDatabases } from './engines.js';

export interface TestApp {
  url: string;
  app: NestFastifyApplication;
  stop(): Promise<void>;
}

/** Limits far above what a test does, so that only the tests of limits meet them. */
const ROOMY = {
  LIMIT_MESSAGES_PER_MINUTE: '100000',
  LIMIT_ANONYMOUS_MESSAGES_PER_MINUTE: '100000',
  LIMIT_TYPING_PER_MINUTE: '1000',
  LIMIT_PINGS_PER_MINUTE: '1000',
  LIMIT_SYNCS_PER_MINUTE: '1000',
  LIMIT_CONNECTS_PER_MINUTE: '1000',
  LIMIT_REFUSED_CONNECTS_PER_MINUTE: '1000',
  LIMIT_SIGN_INS_PER_MINUTE: '1000',
  LIMIT_BOOTS_PER_MINUTE: '10000',
};

/** The variables of a node on the given databases. */
export function envFor(
  databases: FreshDatabases,
  overrides: Record<string, string> = {},
): Record<string, string> {
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
    ...ROOMY,
    ...overrides,
  };
}

/** One node of the server in this process, on a port of its own. */
export async function startApp(
  databases: FreshDatabases,
  overrides: Record<string, string> = {},
): Promise<TestApp> {
  const app = await createApplication(loadConfig(envFor(databases, overrides)));
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, app, stop: () => app.close() };
}

export interface Cluster {
  nodes: TestApp[];
  databases: FreshDatabases;
  stop(): Promise<void>;
}

/** Several nodes on one set of databases: what is true for users must be true across them. */
export async function startCluster(size: number, overrides: Record<string, string> = {}): Promise<Cluster> {
  const databases = await freshDatabases();
  const nodes = await Promise.all(Array.from({ length: size }, () => startApp(databases, overrides)));
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await databases.drop();
  };
  return { nodes, databases, stop };
}
