import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

/** Built before: its version in the address keeps a new loader from an old panel in a cache. */
const panel = readFileSync(new URL('dist/sdk/panel.js', import.meta.url));
const version = createHash('sha256').update(panel).digest('hex').slice(0, 8);

/** One classic script, because customers paste it into pages of any age. */
export default defineConfig({
  publicDir: false,
  define: { PANEL_VERSION: JSON.stringify(version) },
  build: {
    target: 'es2020',
    // From these on `system-ui` needs no list of fonts behind it.
    cssTarget: ['chrome80', 'firefox92', 'safari14'],
    outDir: 'dist/sdk',
    emptyOutDir: false,
    lib: {
      entry: 'src/loader/loader.ts',
      formats: ['iife'],
      name: 'FastLightChatLoader',
      fileName: () => 'loader.js',
    },
  },
});
