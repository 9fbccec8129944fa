import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where package.json is: the same for src/ and for what is built from it into dist/src/. */
export const packageRoot = findRoot(import.meta.dirname);

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('There is no package.json above this file');
  return findRoot(parent);
}
