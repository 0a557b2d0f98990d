import { defineConfig } from '@playwright/test';

// A real server and Debian's own Chromium, which draws in software: slow, so one at a time, on a small
// screen, and with patience.
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../build/test-results',
  fullyParallel: false,
  workers: 1,
  // Software rendering can stall for seconds on a busy machine: what passes the second time is listed as flaky.
  retries: 1,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [['list'], ['json', { outputFile: '../../build/report/browser.json' }]],
  use: {
    viewport: { width: 480, height: 270 },
    locale: 'en-GB',
    actionTimeout: 60_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
    },
  },
});
