import { rmSync } from 'node:fs';

export default async function teardown(): Promise<void> {
  const engines = globalThis.testEngines;
  if (!engines || --engines.users > 0) return;
  await engines.running.stop();
  rmSync(engines.dataDir, { recursive: true, force: true });
}
