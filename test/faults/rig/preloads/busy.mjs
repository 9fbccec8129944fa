/**
 * Preloaded into a node under test: each SIGUSR2 lets every turn of its event loop take as long as the next of
 * BUSY_MS says, and after the last of them as short as before.
 */
import { setImmediate } from 'node:timers';

const steps = [...(process.env.BUSY_MS ?? '').split(',').map(Number), 0];
let busyMs = 0;

process.on('SIGUSR2', () => {
  const isIdle = busyMs === 0;
  busyMs = steps.shift() ?? 0;
  if (isIdle) burn();
});

function burn() {
  const end = performance.now() + busyMs;
  while (performance.now() < end);
  if (busyMs > 0) setImmediate(burn);
}
