import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { totalsReporter } from './config/web-test-runner-totals.mjs';
import { args, chromiumPath } from './scripts/browser.mjs';

const executablePath = await chromiumPath();

// Chromium reports a ResizeObserver that changed a size as a window error; mocha would fail the
// test that happens to run. Exactly this message is dropped, before mocha's own listener sees it.
const dropResizeObserverError = `
  window.addEventListener('error', (event) => {
    if (event.message === 'ResizeObserver loop completed with undelivered notifications.') {
      event.stopImmediatePropagation();
      event.preventDefault();
    }
  });
`;

/** Contexts that no test file has at the moment. */
const idle = [];

/**
 * A context of the test runner's own ends with its test file, and with it the two hundred modules
 * that it has loaded. Here the next file gets what is in the cache, and nothing that was stored.
 */
async function createBrowserContext({ browser, config }) {
  const context = idle.pop() ?? (await browser.newContext({ locale: 'en-US', timezoneId: 'UTC' }));
  const origin = `${config.protocol}//${config.hostname}:${config.port}`;
  context.close = async () => {
    const [page, ...others] = context.pages();
    const session = await context.newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    await Promise.all([page, ...others].map((one) => one.close()));
    idle.push(context);
  };
  return context;
}

export default {
  files: ['src/**/*.test.ts'],
  concurrency: 2,
  nodeResolve: { exportConditions: ['browser', 'development'] },
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
    }),
  ],
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      launchOptions: { executablePath, args },
      createBrowserContext,
    }),
  ],
  testRunnerHtml: (testFramework) => `<!doctype html>
    <html lang="en">
      <head><title>Tests</title></head>
      <body>
        <script>${dropResizeObserverError}</script>
        <!-- Bundlers replace process.env.NODE_ENV; here modules run as they are. -->
        <script>window.process = { env: { NODE_ENV: 'development' } };</script>
        <script type="module" src="${testFramework}"></script>
      </body>
    </html>`,
  testFramework: { config: { ui: 'bdd', timeout: 5000 } },
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 120_000,
  filterBrowserLogs: ({ args: [first] }) =>
    !(typeof first === 'string' && first.startsWith('Lit is in dev mode')),
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: Boolean(process.stdout.isTTY) }),
    totalsReporter(process.env.TEST_TOTALS),
  ],
};
