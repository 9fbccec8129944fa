import { mkdtempSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StaticFolder } from './static-folder.js';

describe(StaticFolder.name, () => {
  const parent = mkdtempSync(join(tmpdir(), 'static-folder-'));
  const root = join(parent, 'dist');
  const folder = new StaticFolder(root);

  beforeAll(() => {
    mkdirSync(join(root, 'assets'), { recursive: true });
    writeFileSync(join(root, 'assets/app.js'), 'let x = 1;');
    writeFileSync(join(parent, 'secret.json'), '{}');
    mkdirSync(join(parent, 'dist-other'));
    writeFileSync(join(parent, 'dist-other/a.js'), '');
  });

  afterAll(() => rmSync(parent, { recursive: true }));

  it('finds a file with its type, and compresses it', async () => {
    const file = await folder.find('assets/app.js');
    expect(file?.type).toBe('text/javascript; charset=utf-8');
    expect(brotliDecompressSync((await file?.as('br')) ?? Buffer.of()).toString()).toBe('let x = 1;');
  });

  it('sees a new build without being started anew', async () => {
    writeFileSync(join(root, 'page.html'), 'one');
    const before = await folder.find('page.html');
    writeFileSync(join(root, 'page.html'), 'two');
    utimesSync(join(root, 'page.html'), 2_000_000_000, 2_000_000_000);
    const after = await folder.find('page.html');
    expect([before?.body.toString(), after?.body.toString()]).toEqual(['one', 'two']);
    expect(after?.etag).not.toBe(before?.etag);
  });

  it('does not leave its folder, and knows neither folders nor strange files', async () => {
    const paths = [
      '../secret.json',
      '/etc/passwd.json',
      '../dist-other/a.js',
      'assets',
      '',
      'a\0.js',
      'assets/none.js',
    ];
    for (const path of paths) expect(await folder.find(path)).toBeNull();
  });
});
