import type { BrowserContext, Page } from '@playwright/test';
import { allowOrigin } from './allowed-origins.js';
import { expect, test as base } from './fixtures.js';
import { HostedChat, LoaderSite, recordTrouble } from './loader-site.js';
import type { Server } from './server.js';

/** Of each server one for all specs: a fixture of the worker would want workers of its own. */
const sites = new WeakMap<Server, Promise<LoaderSite>>();

async function siteFor(server: Server): Promise<LoaderSite> {
  const site = await LoaderSite.start(server.origin);
  await allowOrigin(server, site.origin);
  return site;
}

/** A page of somebody else's, the chat on it, and nothing that it may suffer. */
export const test = base.extend<{ chat: HostedChat; page: Page; site: LoaderSite }>({
  site: async ({ server }, use) => {
    const site = sites.get(server) ?? siteFor(server);
    sites.set(server, site);
    await use(await site);
  },
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
