import type { Browser, BrowserContextOptions } from '@playwright/test';
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

/** Opens a page in a new browser, and lets its visitor look. */
export async function visit(
  { browser, site }: Stage,
  page: HostPage,
  sees: (chat: HostedChat) => Promise<void>,
  { global = 'BrevoConversations', ...options }: BrowserContextOptions & { global?: string } = {},
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1_000, height: 700 }, ...options });
  const trouble = await recordTrouble(context);
  const chat = new HostedChat(await context.newPage(), global);
  await site.visit(chat.page, page);
  await sees(chat);
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
