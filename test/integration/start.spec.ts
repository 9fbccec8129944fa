import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../../src/embedded/ports.js';

const START = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));

/** Stands for the real builds: notes each call, then leaves the results that the start looks for. */
const FAKE_BUILD = `import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
const name = process.argv[2];
appendFileSync('builds.log', name + ' ');
if (existsSync('broken')) { console.error('syntax error in ' + name); process.exit(1); }
const folders = name === 'web' ? ['web/sdk/dist', 'web/widget/dist', 'web/dashboard/dist'] : ['dist/src'];
folders.forEach((folder) => mkdirSync(folder, { recursive: true }));
if (name === 'server') ['local', 'main'].forEach((file) => writeFileSync('dist/src/' + file + '.js', 'console.log("started")'));
`;

describe('npm start', () => {
  let project: string;

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  };
  const start = (env: NodeJS.ProcessEnv = { PORT: '0' }) =>
    spawnSync(process.execPath, ['scripts/start.mjs'], {
      cwd: project,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
  const builds = () => {
    const log = readFileSync(join(project, 'builds.log'), 'utf8').trim().split(' ').sort();
    write('builds.log', '');
    return log.filter(Boolean);
  };

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'flc-start-'));
    mkdirSync(join(project, 'node_modules'));
    const scripts = { 'build:server': 'node fake-build.mjs server', 'build:web': 'node fake-build.mjs web' };
    write('package.json', JSON.stringify({ name: 'project', version: '1.0.0', type: 'module', scripts }));
    write('fake-build.mjs', FAKE_BUILD);
    write('builds.log', '');
    write('src/main.ts', '');
    write('src/old.ts', '');
    write('web/sdk/src/client.ts', '');
    mkdirSync(join(project, 'scripts'));
    cpSync(START, join(project, 'scripts/start.mjs'));
  });

  afterEach(() => rmSync(project, { recursive: true, force: true }));

  it('builds once, then starts at once', () => {
    expect(start().stdout).toContain('started');
    expect(builds()).toEqual(['server', 'web']);
    expect(start().stdout).toContain('started');
    expect(builds()).toEqual([]);
  });

  it('builds again only what is older than its sources', () => {
    start();
    builds();
    write('web/sdk/src/client.ts', 'changed');
    start();
    expect(builds()).toEqual(['web']);
    rmSync(join(project, 'src/old.ts'));
    start();
    expect(builds()).toEqual(['server']);
  });

  it('shows why a build failed, does not start, and tries again next time', () => {
    start();
    builds();
    write('broken', '');
    write('src/main.ts', 'changed');
    const failed = start();
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain('syntax error in server');
    expect(failed.stdout).not.toContain('started');
    rmSync(join(project, 'broken'));
    builds();
    expect(start().stdout).toContain('started');
    expect(builds()).toEqual(['server']);
  });

  it('says in one line that the port is taken, before it builds anything', async () => {
    const { port, close } = await aTakenPort();
    const refused = start({ PORT: String(port) });
    await close();
    expect(refused.status).toBe(1);
    expect(refused.stderr.trim()).toMatch(new RegExp(`^Port ${port} is taken[^\n]*$`));
    expect(builds()).toEqual([]);
  });
});

/** In a process of its own: the synchronous start blocks this one. */
async function aTakenPort(): Promise<{ port: number; close: () => Promise<void> }> {
  const port = await freePort();
  const script = `require('net').createServer().listen(${port}, '0.0.0.0', () => console.log('listening'))`;
  const holder = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      holder.once('exit', () => resolve());
      holder.kill();
    });
  return { port, close };
}
