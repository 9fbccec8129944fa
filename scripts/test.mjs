/**
 * `npm test`: every tier, each within its time, also after one has failed; then one line with the sum.
 * `npm test -- unit e2e`: only these.
 * What the runners report is kept in ci-output/test.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const REPORTS = join(import.meta.dirname, '../ci-output/test');
const GRACE_MS = 10_000;

const TIERS = [
  web('sdk', 3),
  web('widget', 4),
  web('dashboard', 10),
  server('unit', 4),
  server('integration', 8),
  server('e2e', 30),
  server('faults', 15),
];

function web(name, minutes) {
  const report = join(REPORTS, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return { name, minutes, report, args: ['test', '-w', `web/${name}`, '--', ...reporters] };
}

function server(name, minutes) {
  const report = join(REPORTS, `${name}.json`);
  return { name, minutes, report, args: ['run', `test:${name}`, '--', '--json', `--outputFile=${report}`] };
}

const wanted = process.argv.slice(2);
let running;
let isInterrupted = false;
for (const name of ['SIGINT', 'SIGTERM']) {
  process.on(name, () => {
    isInterrupted = true;
    signal('SIGTERM');
  });
}

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const results = [];
for (const tier of TIERS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  if (isInterrupted) break;
  results.push(await run(tier));
}
tell(results);

async function run(tier) {
  process.stdout.write(`\n--- ${tier.name}\n`);
  const problem = await execute(tier);
  const sum = read(tier.report);
  // A runner that failed without saying which test did is a failure as well.
  const failed = problem && sum.failed === 0 ? 1 : sum.failed;
  return { name: tier.name, passed: sum.passed, failed, retried: sum.retried, problem };
}

/** In a process group of its own, so that nothing of it is left when its time is over. */
function execute({ args, minutes }) {
  return new Promise((resolve) => {
    const child = spawn('npm', args, { stdio: 'inherit', detached: true });
    running = child;
    const timer = setTimeout(() => void end(child), minutes * 60_000);
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, name) => {
      clearTimeout(timer);
      resolve(
        code === 0 ? null : name ? `ended by ${name} (its time: ${minutes} min)` : `ended with code ${code}`,
      );
    });
  });
}

async function end(child) {
  signal('SIGTERM');
  await sleep(GRACE_MS);
  if (running === child) signal('SIGKILL');
}

function signal(name) {
  try {
    process.kill(-running.pid, name);
  } catch {
    // It has ended by itself.
  }
}

/** Jest and Vitest write the same shape. */
function read(report) {
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const tests = testResults.flatMap((suite) => suite.assertionResults);
    const count = (status) => tests.filter((test) => test.status === status).length;
    return {
      passed: count('passed'),
      failed: count('failed') + testResults.filter(isBroken).length,
      retried: tests.filter(({ status, invocations }) => status === 'passed' && invocations > 1),
    };
  } catch {
    return { passed: 0, failed: 0, retried: [] };
  }
}

/** A file that could not even be loaded has no tests that could fail. */
function isBroken({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
}

function tell(all) {
  const line = ({ name, passed, failed, problem }) =>
    `${name.padEnd(12)} ${passed} passed, ${failed} failed${problem ? `   (${problem})` : ''}`;
  const retried = all.flatMap((result) => result.retried);
  for (const { fullName } of retried) process.stdout.write(`\nOnly at the second try: ${fullName}\n`);
  const sum = (key) => all.reduce((total, result) => total + result[key], 0);
  process.stdout.write(`\n${all.map(line).join('\n')}\n\n${sum('passed')} passed, ${sum('failed')} failed\n`);
  process.exitCode = isInterrupted || sum('failed') > 0 ? 1 : 0;
}
