import { defineConfig } from 'vite';

/** What opens: imported by the loader when there is something to open, and kept apart from it for its size. */
export default defineConfig({
  publicDir: false,
  build: {
    target: 'es2020',
    outDir: 'dist/sdk',
    modulePreload: false,
    rolldownOptions: {
      input: 'src/panel/panel.ts',
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: 'panel.js' },
    },
  },
});
