import { defineConfig } from 'vite';

/** One classic script, because customers paste it into pages of any age. */
export default defineConfig({
  publicDir: false,
  build: {
    target: 'es2020',
    outDir: 'dist/sdk',
    lib: {
      entry: 'src/loader/loader.ts',
      formats: ['iife'],
      name: 'FastLightChatLoader',
      fileName: () => 'loader.js',
    },
  },
});
