import react from '@vitejs/plugin-react';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';

/** Large and rarely changing parts get files of their own, so that a new dashboard is a small download. */
const VENDORS = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/ },
  {
    name: 'mui',
    test: /node_modules[\\/](@mui[\\/](material[\\/](styles|utils)|system|styled-engine|utils)|@emotion|stylis)[\\/]/,
  },
  { name: 'data', test: /node_modules[\\/](@tanstack|zustand|i18next|react-i18next)[\\/]/ },
  {
    name: 'socket',
    test: /node_modules[\\/](socket\.io-client|socket\.io-parser|engine\.io-client|engine\.io-parser)[\\/]/,
  },
  // What most pages need comes in one file instead of dozens of small ones.
  { name: 'common', minShareCount: 5 },
];

// What is built is for people, whatever the shell that builds it has set: else they get libraries made for debugging.
if (process.argv.includes('build')) process.env.NODE_ENV = 'production';

export default defineConfig({
  base: '/dashboard/',
  plugins: [react()],
  // `vite` alone serves the dashboard against a server that runs on its usual port.
  server: {
    proxy: {
      '/v1': 'http://localhost:8000',
      '/socket.io': { target: 'http://localhost:8000', ws: true },
    },
  },
  resolve: { conditions: ['fast-light-chat-source', ...defaultClientConditions] },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: VENDORS } } },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.spec.{ts,tsx}'],
    setupFiles: ['src/test/setup.ts'],
    css: false,
    testTimeout: 30_000,
  },
});
