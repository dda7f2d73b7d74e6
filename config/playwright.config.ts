import { defineConfig } from '@playwright/test';
import { args, chromiumPath } from '../scripts/browser.mjs';

const totals = process.env['TEST_TOTALS'];

export default defineConfig({
  testDir: '../e2e',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  snapshotPathTemplate: '{testDir}/snapshots/{arg}{ext}',
  globalSetup: './playwright.setup.ts',
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  // One more than there are cores: tests wait for browsers and servers a third of their time.
  workers: 3,
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: totals ? [['line'], ['json', { outputFile: totals }]] : 'line',
  use: {
    launchOptions: { executablePath: await chromiumPath(), args },
    locale: 'en-US',
    timezoneId: 'UTC',
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
