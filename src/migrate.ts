import { ConfigError, EnvReader } from './config/env-reader.js';
import { readMongoConfig, readPostgresConfig } from './config/stores.config.js';
import { revertMigrations, runMigrations } from './infrastructure/migrations.js';

/** `npm run migrate` and `npm run migrate -- down`. */
async function main(): Promise<void> {
  const isDown = asksForDown(process.argv[2]);
  const env = new EnvReader(process.env);
  const targets = { postgresUrl: readPostgresConfig(env).url, mongodbUrl: readMongoConfig(env).url };
  env.finish();
  const names = isDown ? await revertMigrations(targets) : await runMigrations(targets);
  process.stdout.write(names.length > 0 ? `${names.join('\n')}\n` : 'Nothing to migrate.\n');
}

/** Throws for what is neither: whoever asks for something else did not ask to be migrated. */
function asksForDown(wish = 'up'): boolean {
  if (wish !== 'up' && wish !== 'down') throw new Error(`"${wish}" is unknown here: say down, or nothing`);
  return wish === 'down';
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
