import type { BrowserContext, Locator, Page } from '@playwright/test';
import { hostile } from '../src/content/hostile.fixture.js';
import { agentOf, workspaceOf } from './cast.js';
import { agent as owner, expect, test } from './fixtures.js';
import { Inbox } from './inbox.js';
import { clientId, peerVisitor, type PeerVisitor } from './peer.js';
import { Shop } from './shop.js';

/** The cleaning alone must hold; that the policy would hold too is looked at in the long form. */
const policies = process.env['TEST_LONG']
  ? (['under the strict policy', 'without any policy'] as const)
  : (['without any policy'] as const);

/** Serves the same pages as if their server knew no policy. */
async function stripPolicy(context: BrowserContext): Promise<void> {
  await context.route('**/*', async (route) => {
    if (route.request().resourceType() !== 'document') return route.fallback();
    const response = await route.fetch();
    const headers = { ...response.headers() };
    delete headers['content-security-policy'];
    await route.fulfill({ response, headers });
  });
}

/** What a page was asked to load beyond its own parts, and whether a script of the corpus ran. */
function detect(page: Page): { loads: string[]; ran(): Promise<boolean> } {
  const loads: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (!/^\/(?:v1|assets|inbox|shop)\b|^\/$/.test(pathname)) loads.push(request.url());
  });
  return { loads, ran: () => page.evaluate(() => 'hostileRan' in window) };
}

/** Everything in the page, shadow roots included, that runs, loads or leads to a script. */
function dangerous(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (/^(?:iframe|object|embed|base|portal|frame|applet|form)$/i.test(element.tagName)) {
          found.push(element.tagName);
        }
        for (const { name, value } of element.attributes) {
          if (name.startsWith('on')) found.push(`${element.tagName} ${name}`);
          if (/href$|^src|^action$|^formaction$/.test(name)) {
            const address = new URL(value, 'https://page.example');
            if (!/^(?:https?|mailto|tel):$/.test(address.protocol)) {
              found.push(`${element.tagName} ${name}=${value}`);
            }
          }
        }
      }
    };
    visit(document);
    return found;
  });
}

/** Gives each message that the page reads an attachment named like its text. */
async function attachNames(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const parse = JSON.parse;
    JSON.parse = (source: string): unknown =>
      parse(source, (_key, value: unknown) => {
        const { text, attachments } = (value ?? {}) as { text?: unknown; attachments?: unknown };
        if (typeof text !== 'string' || !Array.isArray(attachments)) return value;
        const attachment = { id: 'at', name: text.slice(0, 200), size: 1, mediaType: 'text/html' };
        return { ...(value as object), attachments: [attachment] };
      });
  });
}

/** Without what the server would not store: nothing but space, and more than it takes. */
const sendable = hostile
  .map((text) => text.slice(0, 7_900))
  .filter((text) => text.replaceAll('\0', '').trim() !== '');

/** Does it for all of them, some at a time. */
async function inBatches<T>(
  items: readonly T[],
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += 20) {
    await Promise.all(items.slice(start, start + 20).map(act));
  }
}

function message(text: string): { clientId: string; text: string } {
  return { clientId: clientId(), text };
}

/** Each string as target and as label of links and pictures, many to a message. */
function linked(): string[] {
  const forms = sendable
    .filter((text) => text.length < 400)
    .flatMap((text) => [
      `[link](${text})`,
      `![picture](<${text}>)`,
      `[${text}](https://x.example)`,
    ]);
  const messages: string[] = [];
  for (const form of forms) {
    const last = messages.at(-1);
    if (last !== undefined && last.length + form.length < 3_000) {
      messages[messages.length - 1] = `${last}\n\n${form}`;
    } else messages.push(form);
  }
  return messages;
}

/** The visitor's first message makes the conversation; returns its id. */
async function begin(visitor: PeerVisitor, text: string): Promise<string> {
  const reply = await visitor.channel.push('message:send', message(text));
  return (reply as { message: { conversationId: string } }).message.conversationId;
}

/** Loads older pages until the thread's first message is there. */
async function scrollToFirst(log: Locator, text: string): Promise<void> {
  await expect(async () => {
    await log.evaluate((element) => {
      element.scrollTop = 0;
    });
    await expect(log.getByText(text, { exact: true }).first()).toBeAttached({ timeout: 200 });
  }).toPass({ timeout: 30_000 });
}

/** Written once by clients without a browser, read by both pages under both policies. */
let written: { workspaceId: string; conversationId: string; visitorToken: string };

test.describe('hostile text runs no script and loads nothing', () => {
  test.describe.configure({ timeout: 120_000 });

  test.beforeAll(async ({ server, session }) => {
    test.setTimeout(120_000);
    const workspaceId = await workspaceOf(server.origin);
    const visitor = await peerVisitor(server.origin, workspaceId);
    const agent = await agentOf(session, server.origin);
    const conversationId = await begin(visitor, 'First of all');
    const topic = await agent.peer.join(`conversation:${conversationId}`);
    const sender = (kind: 'reply' | 'comment') => (text: string) =>
      topic.push('message:send', { ...message(text), kind });
    await inBatches(sendable, (text) => visitor.channel.push('message:send', message(text)));
    for (let index = 0; index < sendable.length; index += 10) {
      // A name costs a request of its own; the replies that follow are of the last one named.
      await agent.rename((sendable[index] ?? '').slice(0, 200));
      await inBatches(sendable.slice(index, index + 10), sender('reply'));
    }
    await inBatches(linked(), sender('comment'));
    await inBatches(linked(), sender('reply'));
    await sender('reply')('Last of all');
    visitor.close();
    agent.peer.close();
    written = { workspaceId, conversationId, visitorToken: visitor.visitorToken };
  });

  test.afterAll(async ({ server, session }) => {
    const agent = await agentOf(session, server.origin);
    await agent.rename(owner.name);
    agent.peer.close();
  });

  test('the corpus is large, and the detectors see what they are there for', async ({
    server,
    browser,
  }) => {
    expect(new Set(sendable).size).toBeGreaterThanOrEqual(200);
    const context = await browser.newContext();
    await stripPolicy(context);
    const page = await context.newPage();
    const detected = detect(page);
    await page.goto(server.origin);
    const own = await dangerous(page);
    await page.evaluate((html) => {
      const template = document.createElement('template');
      template.innerHTML = html;
      document.body.append(template.content);
    }, `<a href="javascript:x">x</a><img src="x" onerror="window.hostileRan=1"><iframe></iframe>`);
    await expect.poll(() => detected.ran()).toBe(true);
    expect(detected.loads).toEqual([`${server.origin}/x`]);
    const found = ['A href=javascript:x', 'IMG onerror', 'IFRAME'];
    expect(await dangerous(page)).toEqual([...own, ...found]);
    await context.close();
  });

  for (const policy of policies) {
    test(`messages, links and attachments in the inbox, ${policy}`, async ({
      server,
      session,
      watched,
    }) => {
      const context = await watched({ storageState: session });
      if (policy === 'without any policy') await stripPolicy(context);
      await attachNames(context);
      const page = await context.newPage();
      const detected = detect(page);
      const inbox = new Inbox(page, server.origin);
      await page.goto(`${server.origin}/inbox#view=all&conversation=${written.conversationId}`);
      await expect(inbox.log).toContainText('Last of all');
      const attachments = inbox.log.locator('conv-message').last().getByRole('listitem');
      await expect(attachments).toContainText('Last of all');
      const own = await dangerous(page);
      await scrollToFirst(inbox.log, 'First of all');
      expect(await dangerous(page)).toEqual(own);
      expect(await detected.ran()).toBe(false);
      expect(detected.loads).toEqual([]);
    });

    test(`names and titles of pages in the inbox, ${policy}`, async ({
      server,
      session,
      watched,
    }) => {
      const context = await watched({ storageState: session });
      if (policy === 'without any policy') await stripPolicy(context);
      const page = await context.newPage();
      const detected = detect(page);
      const visitor = await peerVisitor(server.origin, written.workspaceId);
      const agent = await agentOf(session, server.origin);
      const conversationId = await begin(visitor, 'Nothing but a name');
      const topic = await agent.peer.join(`conversation:${conversationId}`);
      const contact = page.locator('conv-contact');
      await page.goto(`${server.origin}/inbox#view=all&conversation=${conversationId}`);
      await expect(contact.getByRole('button', { name: 'Add Name' })).toBeVisible();
      const own = await dangerous(page);
      for (let index = 0; index < sendable.length; index += 10) {
        await inBatches(sendable.slice(index, index + 10), async (text) => {
          await topic.push('contact:update', { name: text.slice(0, 200) });
          await visitor.channel.push('page:view', {
            url: `https://shop.example/?${encodeURIComponent(Buffer.from(text.slice(0, 150)).toString())}`,
            title: text.slice(0, 300),
          });
        });
        expect(await dangerous(page)).toEqual(own);
      }
      await topic.push('contact:update', { name: 'Harmless again' });
      await expect(contact).toContainText('Harmless again');
      expect(await dangerous(page)).toEqual(own);
      expect(await detected.ran()).toBe(false);
      expect(detected.loads).toEqual([]);
      visitor.close();
      agent.peer.close();
    });

    test(`messages, links, attachments and names in the widget, ${policy}`, async ({
      server,
      watched,
    }) => {
      const name = `convkit/visitor/${written.workspaceId}`;
      const localStorage = [{ name, value: JSON.stringify(written.visitorToken) }];
      const origins = [{ origin: server.origin, localStorage }];
      const context = await watched({ storageState: { cookies: [], origins } });
      if (policy === 'without any policy') await stripPolicy(context);
      await attachNames(context);
      const shop = new Shop(await context.newPage(), server.origin);
      const { page, log } = shop;
      const detected = detect(page);
      await shop.visit();
      await shop.openChat();
      await expect(log).toContainText('Last of all');
      const attachments = log.locator('conv-message').last().getByRole('listitem');
      await expect(attachments).toContainText('Last of all');
      const own = await dangerous(page);
      await scrollToFirst(log, 'First of all');
      expect(await dangerous(page)).toEqual(own);
      expect(await detected.ran()).toBe(false);
      expect(detected.loads).toEqual([]);
    });
  }
});
