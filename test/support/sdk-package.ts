import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SDK = join(ROOT, 'web/sdk');
/** What a consumer would install with it; here there is no network. */
const LINKED = ['socket.io-client', 'react', '@types/react'];

interface Packed {
  filename: string;
  files: { path: string }[];
}

/** The SDK as npm would publish it, installed into an empty project. */
export class SdkPackage {
  private readonly running: ChildProcess[] = [];

  private constructor(
    readonly folder: string,
    readonly files: string[],
  ) {}

  static async install(): Promise<SdkPackage> {
    const folder = await mkdtemp(join(tmpdir(), 'fast-light-chat-sdk-'));
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    const { stdout } = await run('npm', args, { cwd: SDK });
    const packed = (JSON.parse(stdout) as Packed[])[0]!;
    const home = join(folder, 'node_modules/@fast-light-chat/sdk');
    await mkdir(home, { recursive: true });
    await run('tar', ['-xzf', join(folder, packed.filename), '-C', home, '--strip-components=1']);
    await Promise.all(LINKED.map((name) => link(folder, name)));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }));
    const files = packed.files.map(({ path }) => path);
    return new SdkPackage(folder, files);
  }

  async remove(): Promise<void> {
    for (const child of this.running) child.kill('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }

  async write(name: string, text: string): Promise<void> {
    await writeFile(join(this.folder, name), text);
  }

  async copy(file: string, name: string): Promise<void> {
    await cp(file, join(this.folder, name));
  }

  /** The code of the README's example that is called so in its first line. */
  async example(name: string): Promise<string> {
    const readme = await readFile(join(this.folder, 'node_modules/@fast-light-chat/sdk/README.md'), 'utf8');
    const code = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, text]) => text!);
    const found = code.find((text) => text.startsWith(`// node ${name} `));
    if (!found) throw new Error(`The README has no example ${name}`);
    return found;
  }

  /** What TypeScript complains of. */
  async complaints(tsconfig: string): Promise<string> {
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    return run(process.execPath, [tsc, '-p', tsconfig], { cwd: this.folder }).then(
      () => '',
      ({ stdout }: { stdout: string }) => stdout,
    );
  }

  /** Plain Node, without anything of this repository. */
  start(script: string, ...args: string[]): Script {
    const child = spawn(process.execPath, [script, ...args], { cwd: this.folder });
    this.running.push(child);
    return new Script(child);
  }
}

export class Script {
  readonly lines: string[] = [];
  private complaints = '';
  private readonly waiting = new Set<() => void>();

  constructor(private readonly child: ChildProcess) {
    createInterface({ input: child.stdout! }).on('line', (line) => this.said(line));
    child.stderr!.on('data', (text: Buffer) => (this.complaints += text.toString()));
  }

  say(line: string): void {
    this.child.stdin!.write(`${line}\n`);
  }

  /** The first line with this text in it. */
  line(text: string, ms = 30_000): Promise<string> {
    return new Promise((resolve, reject) => {
      const give = (): void => {
        this.waiting.delete(look);
        reject(new Error(`no "${text}" within ${ms} ms, but ${this.lines.join('\n')}${this.complaints}`));
      };
      const timer = setTimeout(give, ms);
      const look = (): void => {
        const found = this.lines.find((line) => line.includes(text));
        if (found === undefined) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }

  private said(line: string): void {
    this.lines.push(line);
    for (const look of [...this.waiting]) look();
  }
}

async function link(folder: string, name: string): Promise<void> {
  const place = join(folder, 'node_modules', name);
  await mkdir(dirname(place), { recursive: true });
  await symlink(join(ROOT, 'node_modules', name), place);
}
