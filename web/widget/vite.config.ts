import { fileURLToPath } from 'node:url';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// What is built is for people, whatever the shell that builds it has set: else they get libraries made for debugging.
if (process.argv.includes('build')) process.env.NODE_ENV = 'production';

/** The frame (what the visitor uses) and the demo shop. The loader is a script of its own: vite.loader.config.ts. */
export default defineConfig({
  base: '/widget/',
  resolve: {
    conditions: ['fast-light-chat-source', ...defaultClientConditions],
    alias: {
      'socket.io-client': fileURLToPath(new URL('src/frame/socket/light-socket.ts', import.meta.url)),
    },
  },
  build: {
    target: 'es2022',
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['frame.html', 'shop.html'] },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.spec.{ts,tsx}'],
    css: false,
    testTimeout: 30_000,
    setupFiles: ['test/setup.ts'],
  },
});
