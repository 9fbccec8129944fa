import { defineConfig } from 'vitest/config';

export default defineConfig({
  build: {
    target: 'es2022',
    lib: {
      entry: ['src/client.ts', 'src/markdown.ts', 'src/react.ts'],
      formats: ['es'],
      fileName: (_format, name) => `${name}.js`,
    },
    rollupOptions: { external: ['socket.io-client', 'react'] },
  },
  test: { include: ['src/**/*.spec.ts'], environment: 'node', testTimeout: 30_000 },
});
