import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';

/** The frame (what the visitor uses) and the demo shop. The loader is a script of its own: vite.loader.config.ts. */
export default defineConfig({
  base: '/widget/',
  resolve: { conditions: ['source', ...defaultClientConditions] },
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
    setupFiles: ['test/setup.ts'],
  },
});
