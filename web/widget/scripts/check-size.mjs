import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LOADER_BUDGET = 5 * 1024;
const WIDGET_BUDGET = 60 * 1024;
const dist = new URL('../dist/', import.meta.url);

/** Everything that the frame can ever load, by walking the manifest from its page. */
function filesOf(manifest, entry, found = new Set()) {
  const chunk = manifest[entry];
  if (found.has(chunk.file)) return found;
  for (const file of [chunk.file, ...(chunk.css ?? [])]) found.add(file);
  for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])])
    filesOf(manifest, next, found);
  return found;
}

const gzipped = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
const inKb = (bytes) => `${(bytes / 1024).toFixed(2)} KB`.padStart(9);

/** Of the words of all languages, the longest: nobody loads more than one, unless the page changes its language. */
function withoutOtherLanguages(files) {
  const words = files.filter((file) => /\/strings-\w\w-/.test(file)).sort((a, b) => gzipped(b) - gzipped(a));
  return files.filter((file) => !words.slice(1).includes(file));
}

const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const frame = [...filesOf(manifest, 'frame.html')];
const files = ['sdk/loader.js', 'sdk/panel.js', 'frame.html', ...withoutOtherLanguages(frame)];
const sizes = files.map((file) => ({ file, bytes: gzipped(file) }));
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);

for (const { file, bytes } of sizes) console.log(`${inKb(bytes)}  ${file}`);
console.log(`${inKb(total)}  whole widget, gzip (budget ${inKb(WIDGET_BUDGET).trim()})`);

const faults = [];
if (sizes[0].bytes > LOADER_BUDGET)
  faults.push(`The loader is above its budget of ${inKb(LOADER_BUDGET).trim()}.`);
if (total > WIDGET_BUDGET) faults.push(`The widget is above its budget of ${inKb(WIDGET_BUDGET).trim()}.`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
