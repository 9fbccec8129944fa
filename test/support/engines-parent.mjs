/** A parent of engines that tests may kill: starts them and tells their process ids. */
import './resolve-typescript.mjs';

const { startEngines } = await import('../../src/embedded/engines.js');
const running = await startEngines({ dataDir: process.argv[2], ephemeral: true });
process.send(Object.values(running.engines).map(({ pid }) => pid));
