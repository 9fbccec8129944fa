/**
 * Preloaded into a node under test: ends it the hard way when it passes the step named in ABORT_AT for the
 * ABORT_AFTER-th time. The product only says that it was there.
 */
import { subscribe } from 'node:diagnostics_channel';

const { ABORT_AT, ABORT_AFTER = '1' } = process.env;
let left = Number(ABORT_AFTER);

subscribe(`fast-light-chat:${ABORT_AT}`, () => {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
});
