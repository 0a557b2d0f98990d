import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { madeArt } from './clients/web/build/made_art.ts';

export default defineConfig({
  plugins: [madeArt(fileURLToPath(new URL('art/made', import.meta.url)))],
  test: {
    include: ['clients/*/src/**/*.test.{ts,tsx}'],
    environment: 'node',
    restoreMocks: true,
  },
});
