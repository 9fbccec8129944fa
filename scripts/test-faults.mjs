/**
 * `npm run test:faults`: the short form of all fault tests.
 * `npm run test:faults -- --minutes 30 [--seed 7]`: faults at random for that long, figures in ci-output/faults.json.
 * Everything else is passed on to the test runner. They hurt the built server, so it is built when it is not there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

const args = process.argv.slice(2);
const minutes = take('--minutes');
const seed = take('--seed') ?? String(Date.now() % 100_000);

if (minutes !== undefined && !(Number(minutes) > 0)) fail('--minutes wants a number above zero');
if (!existsSync(join(ROOT, 'dist/src/main.js'))) run('npm', ['run', 'build:server']);

const which = [minutes ? '--testPathPatterns' : '--testPathIgnorePatterns', 'faults/soak'];
// Most of the short form is waiting: two at a time share a machine well. The soak has it for itself.
const workers = minutes ? ['--runInBand'] : ['--maxWorkers=2'];
const jest = ['--experimental-vm-modules', '--no-warnings', join(ROOT, 'node_modules/jest/bin/jest.js')];
run(process.execPath, [...jest, '--selectProjects', 'faults', ...workers, ...which, ...args], {
  ...(minutes && { FAULTS_MINUTES: minutes, FAULTS_SEED: seed }),
});

/** `--name value` or `--name=value`, taken out of what is passed on. */
function take(name) {
  const index = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (index < 0) return undefined;
  const [own] = args.splice(index, 1);
  return own.includes('=') ? own.slice(name.length + 1) : args.splice(index, 1)[0];
}

function run(command, commandArgs, env = {}) {
  const { status, error } = spawnSync(command, commandArgs, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error) fail(error.message);
  if (status !== 0) process.exit(status ?? 1);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
