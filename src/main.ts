import 'reflect-metadata';
import { createApplication } from './application.js';
import { loadConfig } from './config/app-config.js';
import { ConfigError } from './config/env-reader.js';
import { DemoTenant } from './demo/demo-tenant.js';
import { stopOnSignals } from './process-lifecycle.js';

async function main(): Promise<void> {
  const config = loadConfig();
  const app = await createApplication(config);
  stopOnSignals(() => app.close());
  await app.listen(config.server.port, config.server.host);
  const demo = config.server.hasDemoTenant ? await app.get(DemoTenant).ensure() : null;
  const keepsMails = config.mail.transport === 'outbox';
  process.send?.({ type: 'ready', url: config.server.publicUrl, demo, keepsMails });
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : String((error as Error).stack ?? error)}\n`,
  );
  process.exit(1);
});
