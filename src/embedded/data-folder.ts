import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { EngineError } from './engine.js';
import { processIdentity } from './processes.js';

export interface EngineMemory {
  postgresPort?: number;
  postgresPassword?: string;
  redisPort?: number;
  mongodPort?: number;
}

/** The one folder of all embedded data. Only one process may work in it. */
export class DataFolder {
  readonly path: string;
  readonly logs: string;
  readonly run: string;
  private readonly lockFile: string;
  private readonly memoryFile: string;

  private constructor(path: string) {
    this.path = resolve(path);
    this.logs = join(this.path, 'logs');
    this.run = join(this.path, 'run');
    this.lockFile = join(this.path, 'engines.lock');
    this.memoryFile = join(this.path, 'engines.json');
  }

  static claim(path: string): DataFolder {
    const folder = new DataFolder(path);
    mkdirSync(folder.path, { recursive: true });
    letOthersPass(folder.path);
    folder.lock();
    mkdirSync(folder.logs, { recursive: true });
    mkdirSync(folder.run, { recursive: true, mode: 0o700 });
    return folder;
  }

  recall(): EngineMemory {
    try {
      return JSON.parse(readFileSync(this.memoryFile, 'utf8')) as EngineMemory;
    } catch {
      return {};
    }
  }

  memorize(news: EngineMemory): void {
    const draft = `${this.memoryFile}.${randomBytes(4).toString('hex')}`;
    writeFileSync(draft, JSON.stringify({ ...this.recall(), ...news }), { mode: 0o600 });
    renameSync(draft, this.memoryFile);
  }

  release(): void {
    rmSync(this.lockFile, { force: true });
  }

  private lock(): void {
    const draft = `${this.lockFile}.${randomBytes(4).toString('hex')}`;
    writeFileSync(draft, JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) }));
    try {
      // A hard link appears whole or not at all, and fails where one is already.
      if (!tryLink(draft, this.lockFile)) this.takeOver(draft);
    } finally {
      rmSync(draft, { force: true });
    }
  }

  private takeOver(draft: string): void {
    const holder = readFileSync(this.lockFile, 'utf8');
    if (isAlive(holder)) throw this.inUse(holder);
    const stale = `${draft}.stale`;
    renameSync(this.lockFile, stale);
    const movedAnother = readFileSync(stale, 'utf8') !== holder;
    if (movedAnother) tryLink(stale, this.lockFile);
    rmSync(stale, { force: true });
    if (!tryLink(draft, this.lockFile)) throw this.inUse(readFileSync(this.lockFile, 'utf8'));
  }

  private inUse(holder: string): EngineError {
    const { pid } = JSON.parse(holder) as { pid: number };
    return new EngineError(
      `The data folder ${this.path} is in use by process ${pid}. Stop it first, or set DATA_DIR to another folder.`,
    );
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(holder: string): boolean {
  try {
    const { pid, identity } = JSON.parse(holder) as { pid: number; identity: string };
    return processIdentity(pid) === identity;
  } catch {
    return false;
  }
}

/** PostgreSQL refuses to run as root, so the user it runs as has to get through to its folder. */
function letOthersPass(path: string): void {
  if (process.getuid?.() !== 0) return;
  const { mode } = statSync(path);
  if (!(mode & 0o001)) chmodSync(path, mode | 0o011);
}
