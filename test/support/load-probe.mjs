/** Loaded before a server under test: tells its parent what it holds and how far its event loop lags. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

process.on('message', (question) => {
  if (question === 'probe') void answer();
});

async function answer() {
  const lagMs = delay.percentile(99) / 1e6;
  // What ends with a request ends a little after its answer; a second collection takes what finalizers let go.
  for (let round = 0; round < 3; round++) {
    globalThis.gc();
    await sleep(50);
  }
  globalThis.gc();
  process.send({ type: 'probe', heapUsed: process.memoryUsage().heapUsed, lagMs });
  delay.reset();
}
