import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { agentOf, workspaceOf } from './cast.js';
import { expect, type SessionState } from './fixtures.js';
import type { Inbox } from './inbox.js';
import { HostedChat, recordTrouble, type HostPage, type LoaderSite } from './loader-site.js';

/** What the author of a page wrote for Brevo's script; all of it JavaScript or HTML. */
export interface BrevoPage {
  /** Before everything else. */
  before?: string;
  /** Value of `window.BrevoConversationsSetup`. */
  setup?: string;
  /** Right after the snippet: the script has not come by then. */
  calls?: string;
  body?: string;
}

/** A page, and what its visitor or an agent sees of it. */
export interface BrevoCase extends BrevoPage {
  sees(chat: HostedChat): Promise<void>;
}

/** Those who look at the pages. */
export interface Stage {
  browser: Browser;
  /** On which the visitors follow one another. */
  page: Page;
  site: LoaderSite;
  /** In the view of all messages. */
  inbox: Inbox;
}

/** The page, with Brevo's snippet as it is handed out, but for the script's address and the id. */
export function brevoPage(
  site: LoaderSite,
  { before = '', setup, calls = '', body = '' }: BrevoPage,
): HostPage {
  return {
    body,
    policy: '',
    scripts: site.chat,
    before: before + (setup === undefined ? '' : `window.BrevoConversationsSetup = ${setup};`),
    script: `<script nonce="n">
      (function(d, w, c) {
          w.BrevoConversationsID = '${site.workspace}';
          w[c] = w[c] || function() {
              (w[c].q = w[c].q || []).push(arguments);
          };
          var s = d.createElement('script');
          s.async = true;
          s.src = '${site.chat}/v1/loader.js';
          if (d.head) d.head.appendChild(s);
      })(document, window, 'BrevoConversations');
      </script>
      <script nonce="n">${calls}</script>`,
  };
}

/** Lets the visitor of a page look: one who was never there, for all that the browser knows. */
export async function visit(
  { page, site }: Stage,
  content: HostPage,
  sees: (chat: HostedChat) => Promise<void>,
  global = 'BrevoConversations',
): Promise<void> {
  await page.goto('about:blank');
  const session = await page.context().newCDPSession(page);
  const { origin } = site;
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await session.detach();
  // What the tab keeps is out of reach from elsewhere.
  const before = `sessionStorage.clear(); ${content.before ?? ''}`;
  await site.visit(page, { ...content, before });
  await sees(new HostedChat(page, global));
}

/** The same in a browser of its own, while the other visitor stays. */
export async function visitElsewhere(
  stage: Stage,
  content: HostPage,
  sees: (chat: HostedChat) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const viewport = { width: 1_000, height: 700 };
  const context = await stage.browser.newContext({ viewport, ...options });
  const trouble = await recordTrouble(context);
  await visit({ ...stage, page: await context.newPage() }, content, sees);
  await context.close();
  expect(trouble, 'violations of the policy and uncaught errors').toEqual([]);
}

/** Makes a group that visitors may choose; its id. */
export async function newGroup(
  session: SessionState,
  origin: string,
  name: string,
): Promise<string> {
  const { peer } = await agentOf(session, origin);
  const inbox = await peer.join(`inbox:${await workspaceOf(origin)}`);
  const saved = { name, names: {}, private: false, memberIds: [] };
  const { group } = (await inbox.push('group:save', saved)) as { group: { id: string } };
  peer.close();
  return group.id;
}

/** What a page has written down under a global name. */
export const noted = (chat: HostedChat, name: string): Promise<unknown[]> =>
  chat.page.evaluate((list) => (window as unknown as Record<string, unknown[]>)[list] ?? [], name);
