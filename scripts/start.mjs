/** `npm start`: builds what is not built or older than its sources, then starts dist/src/local.js in this process. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const SLOW_MS = 1000;
const PORT_PATIENCE_MS = 3000;
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMPS = join(ROOT, 'node_modules/.cache/fast-light-chat');
const NOT_SOURCES = new Set(['node_modules', 'dist', 'coverage']);

const BUILDS = [
  {
    name: 'server',
    sources: [
      'src',
      'migrations',
      'scripts',
      'nest-cli.json',
      '.swcrc',
      'tsconfig.json',
      'tsconfig.build.json',
    ],
    results: ['dist/src/local.js', 'dist/src/main.js'],
  },
  {
    name: 'web',
    sources: ['web', 'src/contracts', 'package.json'],
    results: ['web/sdk/dist', 'web/widget/dist', 'web/dashboard/dist'],
  },
];

process.chdir(ROOT);
if (Number(process.versions.node.split('.')[0]) < 24) fail('This needs Node 24; `npm start` brings its own.');
const port = Number(process.env.PORT || 8000);
// What cannot be a port is for the server to say, with everything else that is wrong.
if (isPort(port) && !(await becomesFree(port))) {
  fail(`Port ${port} is taken. Stop the program that uses it, or set PORT to another one.`);
}
await Promise.all(BUILDS.map(buildIfStale)).catch((error) => fail(error.message));
await import('../dist/src/local.js');

function isPort(wanted) {
  return Number.isInteger(wanted) && wanted >= 0 && wanted < 65_536;
}

/** A run that was killed a moment ago may still be about to leave. */
async function becomesFree(wanted) {
  const deadline = Date.now() + PORT_PATIENCE_MS;
  while (!(await isFree(wanted))) {
    if (Date.now() > deadline) return false;
    await sleep(100);
  }
  return true;
}

function isFree(wanted) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(wanted, process.env.HOST || '0.0.0.0', () => probe.close(() => resolve(true)));
  });
}

async function buildIfStale({ name, sources, results }) {
  const stamp = join(STAMPS, `${name}.built`);
  const unfinished = join(STAMPS, `${name}.unfinished`);
  const builtAt = Math.max(changedAt(stamp), Math.min(...results.map(changedAt)));
  const isComplete = results.every((path) => existsSync(path)) && !existsSync(unfinished);
  if (isComplete && newest(sources) < builtAt) return;
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(unfinished, '');
  await build(name);
  writeFileSync(stamp, '');
  rmSync(unfinished);
}

function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The last change below these paths. Folders count too: theirs is the only trace of a deleted file. */
function newest(paths) {
  return Math.max(0, ...paths.map((path) => Math.max(changedAt(path), newest(sourcesIn(path)))));
}

function sourcesIn(path) {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(path)
    .filter((name) => !NOT_SOURCES.has(name))
    .map((name) => join(path, name));
}

async function build(name) {
  const started = Date.now();
  const slow = setTimeout(() => console.log(`Building the ${name} ...`), SLOW_MS);
  const { code, output } = await run('npm', ['run', '--silent', `build:${name}`]);
  clearTimeout(slow);
  if (code !== 0)
    throw new Error(`${output.trim()}\nThe ${name} could not be built; the lines above say why.`);
  const seconds = Math.round((Date.now() - started) / 1000);
  if (seconds >= 1) console.log(`Built the ${name} in ${seconds} s`);
}

function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString() }));
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
