import type { BrowserContext, Page } from '@playwright/test';
import { expect, test as base } from './fixtures.js';
import { HostedChat, LoaderSite, recordTrouble } from './loader-site.js';

/** A page of somebody else's, the chat on it, and nothing that it may suffer. */
export const test = base.extend<{ chat: HostedChat; page: Page }, { site: LoaderSite }>({
  site: [
    async ({ server }, use) => {
      const site = await LoaderSite.start(server.origin);
      await server.command('settings', 'set', `allowedOrigins=${site.origin}`);
      await use(site);
      await server.command('settings', 'set', 'allowedOrigins=');
      site.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  page: async ({ browser }, use) => {
    const context: BrowserContext = await browser.newContext({
      viewport: { width: 1_000, height: 700 },
    });
    const trouble = await recordTrouble(context);
    await use(await context.newPage());
    await context.close();
    expect(trouble, 'violations of the policy and uncaught errors').toEqual([]);
  },
  chat: async ({ page }, use) => {
    await use(new HostedChat(page));
  },
});

/** Options as a page sets them before the script. */
export const setup = (options: object): string =>
  `window.ConvKitSetup = ${JSON.stringify(options)};`;

export { expect };
