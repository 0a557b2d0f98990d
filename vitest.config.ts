import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['clients/*/src/**/*.test.{ts,tsx}'],
    environment: 'node',
    restoreMocks: true,
  },
});
