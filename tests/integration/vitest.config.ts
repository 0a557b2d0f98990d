import { defineConfig } from 'vitest/config';

// Real servers on free ports: one file at a time, so that no test waits for another's processor.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Node refuses self-signed certificates; the tests that use them say so at each call.
    environment: 'node',
  },
});
