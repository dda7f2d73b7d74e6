import type { BrowserContext, Page } from '@playwright/test';
import { expect, test as base } from './fixtures.js';
import { Inbox } from './inbox.js';
import { Proxy } from './proxy.js';
import { Shop } from './shop.js';

const test = base.extend<{ relay: Proxy; context: BrowserContext }>({
  relay: async ({ server }, use) => {
    const proxy = await Proxy.start(server.origin);
    await use(proxy);
    await proxy.stop();
  },

  /** A browser profile that counts what its pages play, and the sockets that they open. */
  context: async ({ browser }, use) => {
    const context = await browser.newContext();
    await spy(context);
    await use(context);
    await context.close();
  },
});

/** What a page tells of itself, written down by `spy`. */
interface Spied {
  rings: number;
  /** Epoch ms at which each of the page's sockets opened. */
  openedAt: number[];
}

/** Counts in every page of the context what it plays and which sockets it opens. */
async function spy(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const spied: Spied = { rings: 0, openedAt: [] };
    Object.assign(window, { spied });
    window.OscillatorNode = class extends OscillatorNode {
      override start(when?: number): void {
        // A ring is two tones; this is the lower one.
        if (this.frequency.value < 700) spied.rings++;
        super.start(when);
      }
    };
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        this.addEventListener('open', () => spied.openedAt.push(Date.now()));
      }
    };
  });
}

function spied(page: Page): Promise<Spied> {
  return page.evaluate(() => (window as unknown as { spied: Spied }).spied);
}

async function rings(pages: readonly Page[]): Promise<number> {
  const all = await Promise.all(pages.map(spied));
  return all.reduce((sum, one) => sum + one.rings, 0);
}

/** Of these pages the one that opened a socket last. */
async function leading(pages: readonly Page[]): Promise<Page> {
  const latest = await Promise.all(
    pages.map(async (page) => ({ page, at: (await spied(page)).openedAt.at(-1) ?? 0 })),
  );
  latest.sort((a, b) => b.at - a.at);
  const [first] = latest;
  if (!first || first.at === 0) throw new Error('No page has a socket.');
  return first.page;
}

/** Ends a page's process, without any of its handlers. */
async function crash(context: BrowserContext, page: Page): Promise<number> {
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  const at = Date.now();
  session.send('Page.crash').catch(() => undefined);
  await crashed;
  return at;
}

async function openTabs(context: BrowserContext, origin: string, count: number): Promise<Shop[]> {
  const shops: Shop[] = [];
  for (let n = 0; n < count; n++) {
    const shop = new Shop(await context.newPage(), origin);
    await shop.visit();
    await shop.launcher.waitFor();
    shops.push(shop);
  }
  return shops;
}

test('ten tabs of one visitor hold one WebSocket, lose nothing and ring once', async ({
  relay,
  context,
  inbox,
}) => {
  test.slow();
  const question = 'Do ten tabs make ten visitors?';
  const [first] = await openTabs(context, relay.origin, 1);
  if (!first) throw new Error('There is no tab.');
  await first.openChat();
  await first.write(question);
  await expect(first.log).toContainText(question);
  const shops = [first, ...(await openTabs(context, relay.origin, 9))];
  const pages = shops.map(({ page }) => page);
  await inbox.visit();
  await inbox.view('All messages').click();
  await inbox.open(question);

  await test.step('one socket for all', async () => {
    for (const shop of shops.slice(1)) await shop.openChat();
    for (const shop of shops) await expect(shop.log).toContainText(question);
    expect(relay.webSockets).toBe(1);
  });

  await test.step('a draft is shared', async () => {
    await first.field.fill('Half a thought');
    for (const shop of shops) await expect(shop.field).toHaveValue('Half a thought');
    await first.field.fill('');
    for (const shop of shops) await expect(shop.field).toHaveValue('');
  });

  await test.step('a message rings once, and is unread in all and read in all', async () => {
    for (const shop of shops) await shop.page.getByRole('button', { name: 'Close chat' }).click();
    await inbox.reply('No, they make one.');
    for (const shop of shops) {
      await expect(shop.page.getByRole('button', { name: 'Open chat, 1 unread' })).toBeVisible();
    }
    await expect.poll(() => rings(pages)).toBe(1);
    await shops[4]?.openChat();
    for (const shop of shops) {
      if (shop !== shops[4]) {
        await expect(
          shop.page.getByRole('button', { name: 'Open chat', exact: true }),
        ).toBeVisible();
      }
    }
    expect(await rings(pages)).toBe(1);
  });

  await test.step('the leading tab crashes while a message comes and one goes', async () => {
    const leader = await leading(pages);
    const others = shops.filter(({ page }) => page !== leader);
    const writer = others[0];
    if (!writer) throw new Error('There is no other tab.');
    const before = await rings(others.map(({ page }) => page));
    const openedBefore = relay.opened;
    await shops[4]?.page.getByRole('button', { name: 'Close chat' }).click();
    await writer.openChat();
    await writer.field.fill('Sent as it died');
    await writer.field.press('Enter');
    await writer.page.getByRole('button', { name: 'Close chat' }).click();
    const diedAt = await crash(context, leader);
    await inbox.reply('Came as it died');
    for (const { page } of others) {
      await expect(page.getByRole('button', { name: 'Open chat, 1 unread' })).toBeVisible();
    }
    await expect(inbox.log).toContainText('Sent as it died');
    const next = await leading(others.map(({ page }) => page));
    const tookMs = ((await spied(next)).openedAt.at(-1) ?? 0) - diedAt;
    expect(tookMs).toBeGreaterThanOrEqual(0);
    expect(tookMs).toBeLessThan(1_000);
    expect(relay.opened).toBe(openedBefore + 1);
    expect(relay.webSockets).toBe(1);
    await expect.poll(() => rings(others.map(({ page }) => page))).toBe(before + 1);
    await expect(inbox.log.getByText('Sent as it died')).toHaveCount(1);
    for (const shop of others.slice(-2)) {
      await shop.openChat();
      await expect(shop.log).toContainText(/Sent as it died.*Came as it died/s);
    }
  });
});

test('what is written in a tab while all are offline is sent once, in its order', async ({
  relay,
  context,
  inbox,
}) => {
  test.slow();
  const [one] = await openTabs(context, relay.origin, 1);
  if (!one) throw new Error('There is no tab.');
  await one.openChat();
  await one.write('Where is my order?');
  await expect(one.log).toContainText(/Where is my order\?.*Sent/s);
  const [two] = await openTabs(context, relay.origin, 1);
  if (!two) throw new Error('There is no second tab.');
  await two.openChat();
  await expect(two.log).toContainText('Where is my order?');
  await context.setOffline(true);
  relay.cut();
  await one.write('First of three');
  await expect(two.log).toContainText('First of three');
  await two.write('Second of three');
  await expect(one.log).toContainText('Second of three');
  await one.write('Third of three');
  await expect(two.log).toContainText('Third of three');

  await (await leading([one.page, two.page])).close();
  await context.setOffline(false);
  await inbox.visit();
  await inbox.view('All messages').click();
  await inbox.open('Third of three');
  await expect(inbox.log).toContainText(/First of three.*Second of three.*Third of three/s);
  for (const text of ['First', 'Second', 'Third']) {
    await expect(inbox.log.getByText(`${text} of three`)).toHaveCount(1);
  }
});

test('tabs of one agent share a socket, what is typed and what is read', async ({
  relay,
  browser,
  session,
  visitor,
}) => {
  test.slow();
  const question = 'Is the inbox one in three tabs?';
  await visitor.visit();
  await visitor.openChat();
  await visitor.write(question);
  await expect(visitor.log).toContainText(question);

  const context = await browser.newContext({ storageState: session });
  const inboxes: Inbox[] = [];
  for (let n = 0; n < 3; n++) {
    const inbox = new Inbox(await context.newPage(), relay.origin);
    await inbox.visit();
    await inbox.view('All messages').click();
    await expect(inbox.card(question)).toBeVisible();
    inboxes.push(inbox);
  }
  expect(relay.webSockets).toBe(1);
  const [one, two, three] = inboxes;
  if (!one || !two || !three) throw new Error('There are no tabs.');
  await one.open(question);
  for (const inbox of inboxes) {
    await expect(inbox.dot(inbox.card(question)).getByRole('img')).toBeHidden();
  }
  await two.open(question);
  await two.reply('One socket for all three.');
  await expect(one.log).toContainText('One socket for all three.');
  await expect(visitor.log).toContainText('One socket for all three.');
  for (const inbox of inboxes) await expect(inbox.card('One socket for all three.')).toBeVisible();
  expect(relay.webSockets).toBe(1);
  await context.close();
});
