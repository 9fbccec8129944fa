import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { freePort } from '../../src/embedded/ports.js';
import { commandLine, waitForEnd } from '../../src/embedded/processes.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START = join(ROOT, 'scripts/start.mjs');
const READY_WITHIN_MS = 60_000;
/** Whoever runs the tests may have databases of their own in the environment: nothing is started on those. */
const OWN_ENGINES = { POSTGRES_URL: undefined, MONGODB_URL: undefined, REDIS_URL: undefined };

// Some start twice, and see to the end of both.
jest.setTimeout(150_000);

interface Run {
  child: ChildProcess;
  output: () => string;
}

describe('npm start on the built house', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'flc-house-'));
  const runs: ChildProcess[] = [];
  let port: number;
  let url: string;

  beforeAll(async () => {
    port = await freePort();
    url = `http://localhost:${port}`;
  });

  afterEach(async () => {
    for (const child of runs.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
    }
  });

  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  function start(env: NodeJS.ProcessEnv = {}, command: string[] = [process.execPath, START]): Run {
    const child = spawn(command[0]!, command.slice(1), {
      cwd: ROOT,
      env: {
        ...process.env,
        ...OWN_ENGINES,
        NODE_ENV: 'development',
        PORT: String(port),
        DATA_DIR: dataDir,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    runs.push(child);
    const chunks: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    return { child, output: () => chunks.join('') };
  }

  async function startReady(env: NodeJS.ProcessEnv = {}, command?: string[]): Promise<Run> {
    const run = start(env, command);
    await eventually(() => {
      if (run.child.exitCode !== null) throw new Error(`it ended:\n${run.output()}`);
      return run.output().includes('Ready on ');
    }, READY_WITHIN_MS);
    return run;
  }

  it('serves every page and the demo login, and leaves nothing running after SIGTERM', async () => {
    const run = await startReady();
    expect(run.output()).toContain(`Ready on ${url}`);
    expect(run.output()).toContain(`${url}/dev/mail`);
    for (const path of [
      '/health/ready',
      '/dashboard',
      '/widget',
      '/sdk/loader.js',
      '/docs',
      '/redoc',
      '/dev/mail',
    ]) {
      expect({ path, status: (await fetch(url + path)).status }).toEqual({ path, status: 200 });
    }
    const [, email, password] = /log in as (\S+) with the password (\S+)/.exec(run.output()) ?? [];
    const session = await login(email, password);
    expect(session.status).toBe(200);
    expect(await webhookTo(`${url}/hooks`, (await session.json()) as { accessToken: string })).toBe(201);
    const pids = descendants(run.child.pid!);
    expect(pids.length).toBeGreaterThanOrEqual(5);
    run.child.kill('SIGTERM');
    const [code] = (await once(run.child, 'exit')) as [number];
    expect(code).toBe(0);
    await expectEnded(pids);
  });

  it('keeps the demo tenant and starts again after a kill -9, which leaves nothing running', async () => {
    const first = await startReady({ SMTP_URL: 'smtp://localhost:1025' });
    expect(first.output()).not.toContain('/dev/mail');
    const pids = descendants(first.child.pid!);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const second = await startReady();
    await expectEnded(pids);
    const [, email, password] = /log in as (\S+) with the password (\S+)/.exec(second.output()) ?? [];
    expect((await login(email, password)).status).toBe(200);
  });

  it('brings a killed api back', async () => {
    const { child, output } = await startReady();
    const api = descendants(child.pid!).find((pid) => commandLine(pid)?.includes('main.js'))!;
    process.kill(api, 'SIGKILL');
    await waitForEnd(api, 10_000);
    await eventually(() => output().includes('The api ended unexpectedly'), 10_000);
    await eventually(
      () =>
        fetch(`${url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
      READY_WITHIN_MS,
    );
  });

  it.each([
    { how: 'is asked to stop', name: 'SIGTERM' as const },
    { how: 'is killed', name: 'SIGKILL' as const },
  ])('ends with npm when npm $how', async ({ name }) => {
    const { child } = await startReady({}, ['npm', 'start']);
    const pids = descendants(child.pid!);
    child.kill(name);
    await once(child, 'exit');
    await expectEnded(pids);
  });

  it('says in one line why a second one cannot start on the port, and leaves the first alone', async () => {
    await startReady();
    const second = start({ DATA_DIR: join(dataDir, 'another') });
    const [code] = (await once(second.child, 'exit')) as [number];
    expect(code).toBe(1);
    expect(second.output().trim()).toMatch(new RegExp(`^Port ${port} is taken[^\n]*$`));
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });

  it('lists every wrong setting before it starts anything', async () => {
    const { child, output } = start({ PORT: 'http', LOG_LEVEL: 'loud', DATA_DIR: join(dataDir, 'another') });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output()).toMatch(/The configuration is not usable:\n +- PORT .*\n +- LOG_LEVEL .*\n$/);
    expect(output()).not.toContain('Starting');
  });

  it('migrates nothing for who asks for something else', () => {
    const { status, stderr } = spawnSync(process.execPath, ['dist/src/migrate.js', 'status'], { cwd: ROOT });
    expect([status, stderr.toString()]).toEqual([1, expect.stringContaining('"status" is unknown')]);
  });

  /** Its address is on this machine, where whoever tries webhooks out has a receiver. */
  async function webhookTo(address: string, { accessToken }: { accessToken: string }): Promise<number> {
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const listed = await fetch(`${url}/v1/environments`, { headers });
    const { items } = (await listed.json()) as { items: { id: string }[] };
    const body = JSON.stringify({ url: address });
    const path = `${url}/v1/environments/${items[0]?.id}/webhooks`;
    return (await fetch(path, { method: 'POST', headers, body })).status;
  }

  function login(email = '', password = ''): Promise<Response> {
    return fetch(`${url}/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
  }
});

async function expectEnded(pids: number[]): Promise<void> {
  const ended = await Promise.all(pids.map((pid) => waitForEnd(pid, 30_000)));
  expect(pids.filter((_, index) => !ended[index])).toEqual([]);
}

async function eventually(isTrue: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`it did not happen within ${withinMs} ms`);
    await sleep(50);
  }
}

function descendants(root: number): number[] {
  const table = process.platform === 'linux' ? fromProc() : fromPs();
  const below = (parent: number): number[] =>
    table.filter((row) => row.parent === parent).flatMap(({ pid }) => [pid, ...below(pid)]);
  return below(root);
}

/** A bare Linux may have no ps. */
function fromProc(): { pid: number; parent: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = statOf(name);
      if (stat === undefined) return [];
      return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }];
    });
}

/** Undefined for a process that ended between being listed and being read. */
function statOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
}

function fromPs(): { pid: number; parent: number }[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' });
  const rows = [...table.matchAll(/^\s*(\d+)\s+(\d+)\s+(?!ps$)/gm)];
  return rows.map(([, pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
}
