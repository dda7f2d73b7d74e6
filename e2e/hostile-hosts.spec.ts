import type { Locator, Page, TestInfo } from '@playwright/test';
import { body, hostilePages, litHost, turboHost } from './hostile-pages.js';
import { expect, test } from './loader-fixtures.js';
import type { HostedChat, HostPage, LoaderSite } from './loader-site.js';
import { expectSame, pictureOf } from './pictures.js';

const message = 'Does the city bike take a child seat?';
/** Of the page, where the chat and its shadow do not reach. */
const ownGround = { x: 0, y: 0, width: 500, height: 700 };

const field = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' });

async function boxOf(element: Locator) {
  await element.waitFor();
  const box = await element.boundingBox();
  if (!box) throw new Error('It is not shown.');
  return box;
}

async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press('Enter');
  await expect(page.getByRole('log').getByText(text)).toBeVisible();
  await expect(page.getByRole('log').getByText(/^Sent|· Sent/)).toBeVisible();
}

/** The chat on a page: its button, and its panel with a conversation. */
async function picturesOn(site: LoaderSite, page: Page, chat: HostedChat, host: HostPage) {
  await site.visit(page, { ...host, body });
  await chat.launcher.waitFor();
  const button = await boxOf(chat.launcher);
  const launcher = await pictureOf(page, button);
  await chat.launcher.click();
  await expect(page.getByText(message)).toBeVisible();
  await page.mouse.move(1, 1);
  const panel = await pictureOf(page, await boxOf(chat.panel));
  const opened = await pictureOf(page, button);
  return { launcher, panel, opened };
}

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

test('no host restyles the chat, and the chat restyles no host, to the pixel', async ({
  site,
  page,
  chat,
}, testInfo: TestInfo) => {
  test.setTimeout(120_000);
  const blank = await page.context().newPage();
  await site.visit(page);
  await chat.launcher.click();
  await write(page, message);
  // Agents of tests before this one count as present for a while.
  await expect(page.getByText(/^Nobody is here/)).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  // A button under the pointer is a little larger, on the next page too, once the pointer is seen.
  await page.mouse.move(1, 1);
  const bare = await picturesOn(site, page, chat, {});

  for (const [name, host] of Object.entries(hostilePages)) {
    await test.step(name, async () => {
      await page.keyboard.press('Escape');
      await expect(chat.panel).toBeHidden();
      await site.visit(page, { ...host, body, script: '' });
      const alone = await pictureOf(page, ownGround);
      const there = await picturesOn(site, page, chat, host);
      const beside = await pictureOf(page, ownGround);
      const same = (what: string, expected: Buffer, actual: Buffer): Promise<void> =>
        expectSame(blank, testInfo, `${name}: ${what}`, [expected, actual]);
      await same('page', alone, beside);
      await same('launcher', bare.launcher, there.launcher);
      await same('panel', bare.panel, there.panel);
      await same('launcher of the open panel', bare.opened, there.opened);
    });
  }
});

test('it takes no clicks but those on its button and its panel, and lies above the page', async ({
  site,
  page,
  chat,
}) => {
  /** On a grid of 20 px: whether the chat or the page gets a click there. */
  const clicked = (): Promise<{ x: number; y: number }[]> =>
    page.evaluate(() => {
      const points: { x: number; y: number }[] = [];
      for (let x = 10; x < innerWidth; x += 20) {
        for (let y = 10; y < innerHeight; y += 20) {
          const hit = document.elementFromPoint(x, y);
          if (hit?.localName === 'convkit-chat') points.push({ x, y });
        }
      }
      return points;
    });
  const outside = (points: { x: number; y: number }[], boxes: (typeof ownGround)[]) =>
    points.filter(
      ({ x, y }) =>
        !boxes.some(
          (box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height,
        ),
    );
  await site.visit(page, {
    style: `div { position: fixed; inset: 0; z-index: 9998; background: linen; }`,
    body: '<div></div>',
  });
  await chat.launcher.waitFor();
  const button = await boxOf(chat.launcher);
  const closed = await clicked();
  expect(closed.length).toBeGreaterThan(3);
  expect(outside(closed, [button])).toEqual([]);
  await chat.launcher.click();
  await expect(field(page)).toBeVisible();
  await chat.panel.evaluate((panel) =>
    Promise.all(panel.getAnimations().map(({ finished }) => finished)),
  );
  const open = await clicked();
  expect(open.length).toBeGreaterThan(400);
  expect(outside(open, [button, await boxOf(chat.panel)])).toEqual([]);
});

test('from right to left it is mirrored, and stays where its owner put it', async ({
  site,
  page,
  chat,
}) => {
  const controls = ['menu', 'minimize', 'attach', 'emoji', 'send', 'composer', 'bubble'];
  /** Distances from the edge at which lines begin. */
  const layout = async (rtl: boolean): Promise<number[]> => {
    const panel = await boxOf(chat.widget.locator('.panel'));
    const boxes = await Promise.all(
      controls.map((part) => boxOf(chat.widget.locator(`[part~=${part}]`).first())),
    );
    return boxes.map(({ x, width }) => (rtl ? panel.x + panel.width - x - width : x - panel.x));
  };
  await site.visit(page);
  const place = await boxOf(chat.launcher);
  await chat.launcher.click();
  await write(page, message);
  const fromLeft = await layout(false);
  await site.visit(page, { attributes: 'lang="he" dir="rtl"' });
  await expect(chat.widget.locator('.root[dir=rtl] [part~=bubble]')).toBeVisible();
  const fromRight = await layout(true);
  fromRight.forEach((distance, at) =>
    expect(distance, controls[at]).toBeCloseTo(fromLeft[at] ?? 0, 0),
  );
  expect(await boxOf(chat.launcher)).toEqual(place);
});

test('zoomed by the page or by the reader, it grows with it and stays in the window', async ({
  site,
  page,
  chat,
}) => {
  const inWindow = async (): Promise<void> => {
    await expect(field(page)).toBeInViewport({ ratio: 1 });
    for (const part of [chat.panel, chat.launcher]) {
      await expect(part).toBeInViewport({ ratio: 1 });
    }
  };
  await test.step('by the page', async () => {
    await site.visit(page, { style: 'html { zoom: 1.5; }' });
    await chat.launcher.click();
    await inWindow();
    expect((await boxOf(chat.launcher)).width).toBeCloseTo(84, 0);
  });
  await test.step('by the reader', async () => {
    await site.visit(page);
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setDeviceMetricsOverride', {
      width: 667,
      height: 467,
      deviceScaleFactor: 1.5,
      mobile: false,
    });
    await expect(field(page)).toBeVisible();
    await inWindow();
    expect((await boxOf(chat.launcher)).width).toBe(56);
  });
});

test('behind a modal dialog of the page it waits, and comes back unharmed', async ({
  site,
  page,
  chat,
}, testInfo) => {
  const blank = await page.context().newPage();
  await site.visit(page, {
    body: '<dialog><p>Cookies?</p><button id="close" autofocus>Close</button></dialog>',
  });
  await chat.launcher.click();
  await field(page).fill('Half a quest');
  await page.mouse.move(1, 1);
  const panel = await boxOf(chat.panel);
  const before = await pictureOf(page, panel);
  await page.evaluate(() => document.querySelector('dialog')?.showModal());
  const { x, y, width, height } = await boxOf(chat.launcher);
  const [centerX, centerY] = [x + width / 2, y + height / 2];

  await test.step('it is out of reach, and takes nothing of the dialog', async () => {
    await page.mouse.click(centerX, centerY);
    await chat.call('openChat');
    await page.keyboard.press('Tab');
    await page.keyboard.type('lost');
    await expect(page.locator('dialog')).toBeVisible();
    const over = await page.evaluate(
      ([x = 0, y = 0]) => document.elementFromPoint(x, y)?.localName,
      [panel.x + 50, panel.y + 50],
    );
    expect(over).toBe('dialog');
    expect(await page.evaluate(() => document.activeElement?.localName)).not.toBe('convkit-chat');
  });

  await test.step('Escape is for the dialog', async () => {
    await page.locator('#close').focus();
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog')).toBeHidden();
    await expect(field(page)).toBeFocused();
    await expectSame(blank, testInfo, 'the panel', [before, await pictureOf(page, panel)]);
    // Chromium gives the focus back, the caret not.
    await field(page).click();
    await page.keyboard.press('End');
    await page.keyboard.type('ion');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('log').getByText('Half a question')).toBeVisible();
  });
});

test('a router that swaps the body (Turbo) takes nothing from it', async ({ site, page, chat }) => {
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  // As most templates have it: the tag is in the body, and comes again with each.
  const tag = '<button id="help">Help</button>' + site.tag;
  const second = site.put({ ...turboHost, body: `<p>Second</p>${tag}` });
  await site.visit(page, { ...turboHost, body: `<a href="${second}">Second</a>${tag}` });
  await page.locator('#help').click();
  await write(page, message);
  await field(page).fill('And a');
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  const body = await page.evaluateHandle(() => document.body);

  await page.getByRole('link', { name: 'Second' }).click();
  await expect(page.getByRole('paragraph').filter({ hasText: 'Second' })).toBeVisible();
  const swapped = (old: HTMLElement) => 'stayed' in window && old !== document.body;
  await expect.poll(() => page.evaluate(swapped, body)).toBe(true);
  await expect(chat.host).toHaveCount(1);
  await expect(page.getByRole('log').getByText(message)).toBeVisible();
  await expect(field(page)).toHaveValue('And a');
  await write(page, 'And a basket?');
  await page.locator('#help').click();
  await expect(chat.panel).toBeHidden();
  await page.goBack();
  await expect(page.getByRole('link', { name: 'Second' })).toBeVisible();
  await page.locator('#help').click();
  await expect(page.getByRole('log').getByText('And a basket?')).toBeVisible();
  expect(sockets).toHaveLength(1);
});

test('a page with a Lit of its own, under one policy of Trusted Types', async ({
  site,
  page,
  chat,
}) => {
  await site.visit(page, await litHost());
  const basket = page.locator('shop-basket').getByRole('button');
  await basket.click();
  await chat.launcher.click();
  await write(page, message);
  await basket.click();
  await expect(basket).toHaveText('2 in the basket');
  await page.keyboard.press('Escape');
  await basket.click();
  await expect(basket).toHaveText('3 in the basket');
  // The page's own, and none of ours.
  const versions = () =>
    (window as unknown as { litHtmlVersions: unknown[] }).litHtmlVersions.length;
  expect(await page.evaluate(versions)).toBe(1);
});
