import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { createApplication } from '../../src/application.js';
import { loadConfig } from '../../src/config/app-config.js';
import { freePort } from '../../src/embedded/ports.js';
import { freshDatabases, type FreshDatabases } from './engines.js';
import { envFor } from './env.js';

export { envFor } from './env.js';

/** Several nodes, their workers and the test share one event loop: what is late there says nothing of a server. */
const PATIENT = { SHED_LAG_MS: '5000' };

export interface TestApp {
  url: string;
  app: NestFastifyApplication;
  stop(): Promise<void>;
}

/** One node of the server in this process, on a port of its own or on that of one that has stopped. */
export async function startApp(
  databases: FreshDatabases,
  overrides: Record<string, string> = {},
  wantedPort?: number,
): Promise<TestApp> {
  const app = await createApplication(loadConfig(envFor(databases, { ...PATIENT, ...overrides })));
  await app.listen(wantedPort ?? (await freePort()), '127.0.0.1');
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
