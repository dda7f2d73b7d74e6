import { expect, test as base, type Browser, type BrowserContext } from '@playwright/test';
import { expectAccessible } from './accessible.js';
import { Inbox } from './inbox.js';
import { Server } from './server.js';
import { Shop } from './shop.js';
import { watch, type Incidents } from './watch.js';

/** The agent that every spec signs in as; the owner of the default workspace. */
export const agent = {
  name: 'Giulia Rossi',
  email: 'giulia@fjordcykel.example',
  password: 'a bell for no reason',
} as const;

export type SessionState = Awaited<ReturnType<BrowserContext['storageState']>>;

interface WorkerFixtures {
  /** One server for all specs of a worker. */
  server: Server;
  /** The agent's session, signed in once by the printed link. */
  session: SessionState;
}

interface Fixtures {
  /** A context in which anything that must never happen fails the test at its end. */
  watched: (options?: Parameters<Browser['newContext']>[0]) => Promise<BrowserContext>;
  incidents: Incidents[];
  /** A new visitor on `/`. */
  visitor: Shop;
  /** The signed-in agent on `/inbox`. */
  inbox: Inbox;
}

/** Test set-ups that write more than people do; every limit stays on. */
const limits = [
  'httpPerMinute=6000',
  'contactsPerMinute=600',
  'identitiesPerMinute=600',
  'connectionsPerMinute=600',
  'joinsPerMinute=2400',
  'eventsPerMinute=12000',
  'visitorMessagesPerMinute=6000',
  'agentMessagesPerMinute=6000',
  'pageViewsPerMinute=6000',
  'typingPerMinute=6000',
  'marksPerMinute=6000',
].join(',');

export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await Server.start({ LIMITS: limits });
      await use(server);
      const secrets = await server.secretsLogged([agent.password]);
      await server.stop();
      expect(secrets, 'secrets in the log of the whole run').toEqual([]);
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  session: [
    async ({ browser, server }, use) => {
      const context = await browser.newContext();
      const inbox = new Inbox(await context.newPage(), server.origin);
      await inbox.page.goto(server.signInLink);
      await expectAccessible(inbox.page);
      await inbox.saveProfile(agent);
      await expectAccessible(inbox.page);
      const state = await context.storageState();
      await context.close();
      await use(state);
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  incidents: async ({}, use) => {
    const incidents: Incidents[] = [];
    await use(incidents);
    const nothing: Incidents = { violations: [], foreign: [], leaks: [], errors: [], dialogs: [] };
    for (const found of incidents) expect(found).toEqual(nothing);
  },

  watched: async ({ browser, server, incidents }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      incidents.push(await watch(context, server.origin));
      return context;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  visitor: async ({ server, watched }, use) => {
    const page = await (await watched()).newPage();
    await use(new Shop(page, server.origin));
  },

  inbox: async ({ server, session, watched }, use) => {
    const page = await (await watched({ storageState: session })).newPage();
    await use(new Inbox(page, server.origin));
  },
});

export { expect };
