import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { allowOrigin } from './allowed-origins.js';
import { expect, test } from './fixtures.js';
import { Shop } from './shop.js';

/** Somebody's own site: another origin, and exactly the policy that docs/guides/csp.md promises. */
async function hostSite(chat: string, workspace: string) {
  const socket = chat.replace(/^http/, 'ws');
  const policy = [
    "default-src 'none'",
    `script-src ${chat}`,
    `connect-src ${chat} ${socket}`,
    `img-src ${chat}`,
    `media-src ${chat}`,
    "style-src 'none'",
    "trusted-types lit-html dompurify 'allow-duplicates'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  const page = `<!doctype html><html lang="en"><title>Host</title><h1>Host</h1>
    <script type="module" src="${chat}/v1/widget.js"></script>
    <chat-widget workspace="${workspace}"></chat-widget></html>`;
  const http = createServer((request, response) => {
    if (request.url !== '/') return void response.writeHead(204).end();
    response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(page);
  }).listen(0, 'localhost');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return { origin: `http://localhost:${String(port)}`, close: () => http.close() };
}

test('one line on somebody else’s site, under the documented policy and no other', async ({
  server,
  inbox,
  browser,
}) => {
  const home = await (await fetch(server.origin)).text();
  const workspace = /ws_[\w-]+/.exec(home)?.[0] ?? '';
  const site = await hostSite(server.origin, workspace);
  const context = await browser.newContext();
  const violations: string[] = [];
  await context.exposeBinding('recordViolation', (_source, text: string) => violations.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const page = window as unknown as { recordViolation: (text: string) => void };
      page.recordViolation(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  const visitor = new Shop(await context.newPage(), site.origin);
  try {
    await test.step('an origin that is not on the list is told so', async () => {
      await visitor.visit();
      await visitor.launcher.click();
      await expect(visitor.page.locator('chat-widget')).toContainText('list of allowed origins');
    });

    await test.step('a listed one chats', async () => {
      await allowOrigin(server, site.origin);
      await visitor.visit();
      await visitor.launcher.or(visitor.field).first().waitFor();
      if (!(await visitor.field.isVisible())) await visitor.openChat();
      await visitor.write('Hello from another site');
      await inbox.visit();
      await inbox.view('Unassigned').click();
      await inbox.open('Hello from another site');
      await inbox.reply('**Bold** greetings');
      await expect(visitor.log.locator('strong')).toHaveText('Bold');
    });
    expect(violations).toEqual([]);
  } finally {
    await context.close();
    site.close();
  }
});
