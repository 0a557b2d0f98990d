import { defineConfig } from '@playwright/test';
import type { Painting } from './test.ts';
import { PAINT_NOTHING_FLAG } from './undrawn.ts';

const chromium = (...more: readonly string[]) => ({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', ...more],
});

// What looks at pictures, or counts what is drawn of them.
const DRAWN = ['budget.spec.ts', 'drawn.spec.ts', 'photo.spec.ts'];

// A real server and Debian's own Chromium, which draws in software: slow, so on a small screen, and with
// patience. undrawn.ts says why most tests do without pictures. Each file has servers and browsers of its own.
export default defineConfig<object, Painting>({
  testDir: '.',
  outputDir: '../../build/test-results',
  fullyParallel: false,
  workers: 2,
  // Software rendering can stall for seconds on a busy machine: what passes the second time is listed as flaky.
  retries: 1,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [['list'], ['json', { outputFile: '../../build/report/browser.json' }]],
  use: {
    viewport: { width: 480, height: 270 },
    locale: 'en-GB',
    actionTimeout: 60_000,
  },
  projects: [
    {
      name: 'drawn',
      testMatch: DRAWN,
      use: { launchOptions: chromium(), screenshot: 'only-on-failure' },
    },
    {
      name: 'undrawn',
      testMatch: '*.spec.ts',
      testIgnore: DRAWN,
      use: { isPainted: false, launchOptions: chromium(PAINT_NOTHING_FLAG) },
    },
  ],
});
