import { defineConfig } from '@playwright/test';
import { args, chromiumPath } from '../scripts/browser.mjs';

const totals = process.env['TEST_TOTALS'];

/** Pictures of the inbox, compared with those in `e2e/visual/baselines`. */
export default defineConfig({
  testDir: '../e2e/visual',
  testMatch: '*.visual.ts',
  outputDir: '../test-results/visual',
  snapshotPathTemplate: '{testDir}/baselines/{arg}{ext}',
  updateSnapshots: process.env['UPDATE_BASELINES'] === '1' ? 'all' : 'none',
  globalSetup: './playwright.setup.ts',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  workers: 2,
  timeout: 60_000,
  expect: {
    timeout: 10_000,
    toHaveScreenshot: { animations: 'disabled', caret: 'hide', maxDiffPixels: 40 },
  },
  reporter: totals ? [['line'], ['json', { outputFile: totals }]] : 'line',
  use: {
    launchOptions: {
      executablePath: await chromiumPath(),
      args: [...args, '--font-render-hinting=none', '--disable-lcd-text'],
    },
    locale: 'en-GB',
    timezoneId: 'Europe/Stockholm',
    reducedMotion: 'reduce',
  },
});
