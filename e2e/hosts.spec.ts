import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { buildHosts } from '../scripts/build.mjs';
import { serveHosts } from '../scripts/hosts.mjs';
import { expectAccessible } from './accessible.js';
import { watch, type Incidents } from './watch.js';

/** The accent of each shop, as its own style sheet says it. */
const hosts = [
  { name: 'plain', accent: 'rgb(42, 107, 70)' },
  { name: 'react', accent: 'rgb(74, 68, 181)' },
  { name: 'vue', accent: 'rgb(160, 67, 28)' },
] as const;

const test = base.extend<{ desk: Page }, { site: { origin: string } }>({
  site: [
    async ({}, use) => {
      await buildHosts();
      const site = await serveHosts();
      await use(site);
      await site.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  /** A page on which nothing may be blocked, thrown or printed as an error. */
  desk: async ({ browser, site }, use) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const incidents = await watch(context, site.origin);
    const page = await context.newPage();
    const printed: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') printed.push(message.text());
    });
    await use(page);
    const nothing: Incidents = { violations: [], foreign: [], leaks: [], errors: [], dialogs: [] };
    expect(incidents).toEqual(nothing);
    expect(printed).toEqual([]);
    await context.close();
  },
});

const card = (page: Page, name: string): Locator =>
  page.locator('conv-list').getByRole('listitem').filter({ hasText: name });

for (const { name, accent } of hosts) {
  test(`S3.33 a host in ${name}: own slots, own tokens, own panes, typed events`, async ({
    desk,
    site,
  }) => {
    const told = desk.locator('p.told');
    const contact = desk.locator('conv-contact');
    const thread = desk.locator('conv-thread');
    await desk.goto(`${site.origin}/${name}/`);

    await test.step('before an order is open', async () => {
      await expect(thread.getByText('No order is open')).toBeVisible();
      await expect(desk.locator('conv-list').getByText('3 orders')).toBeVisible();
      await expect(card(desk, 'Maja Lindqvist')).toBeVisible();
      await expectAccessible(desk);
    });

    await test.step('the list opens the order that is talked about', async () => {
      await card(desk, 'Maja Lindqvist').getByRole('button').first().click();
      await expect(desk.getByRole('heading', { name: 'Order 20881' })).toBeFocused();
      await expect(thread.getByText('Lovely, the brass one please')).toBeVisible();
      await expect(thread.getByRole('button', { name: 'Print label' })).toBeVisible();
    });

    await test.step('panes of the host, by slot and registered', async () => {
      await expect(contact.getByText('18177 · Rain cape')).toBeVisible();
      await expect(contact.getByRole('heading', { name: 'Loyalty' })).toBeVisible();
      await expect(contact.getByText('1,240 points')).toBeVisible();
    });

    await test.step('a reply, in the colours of the host', async () => {
      const field = thread.getByRole('textbox', { name: 'Reply' });
      await field.fill('The brass bell is in your box.');
      await field.press('Enter');
      const mine = thread.locator('conv-message').filter({ hasText: 'is in your box' });
      await expect(mine).toBeVisible();
      await expect(mine.locator('[part~=bubble]')).toHaveCSS('background-color', accent);
      await expect(told).toHaveText('Reply for order 20881 sent');
    });

    await test.step('a detail of the contact', async () => {
      await contact.getByRole('button', { name: /^Edit Phone/ }).click();
      const field = contact.getByRole('textbox', { name: 'Phone' });
      await field.fill('+46 70 555 01 99');
      await field.press('Enter');
      await expect(contact.getByRole('button', { name: /^Edit Phone: \+46/ })).toContainText('99');
      await expect(told).toHaveText('phone of Maja Lindqvist saved');
      await expectAccessible(desk);
    });

    await test.step('closed, and the host is told', async () => {
      await thread.getByRole('button', { name: 'Close conversation' }).click();
      await expect(told).toHaveText('Order 20881: all questions answered');
    });
  });

  test(`a host in ${name}, by keyboard alone`, async ({ desk, site }) => {
    const { keyboard } = desk;
    const pressUntil = async (key: string, target: Locator): Promise<void> => {
      for (let presses = 0; presses < 40; presses += 1) {
        if (await target.evaluate((element) => element.matches(':focus'))) return;
        await keyboard.press(key);
      }
      await expect(target).toBeFocused();
    };
    await desk.goto(`${site.origin}/${name}/`);
    const paula = card(desk, 'Paula Brandt').getByRole('button').first();
    await paula.waitFor();
    await pressUntil('Tab', card(desk, 'Maja Lindqvist').getByRole('button').first());
    await pressUntil('ArrowDown', paula);
    await keyboard.press('Enter');
    await expect(desk.getByRole('heading', { name: 'Order 20874' })).toBeFocused();
    const thread = desk.locator('conv-thread');
    const field = thread.getByRole('textbox', { name: 'Reply' });
    await field.waitFor();
    await pressUntil('Tab', field);
    await keyboard.type('It will.');
    await keyboard.press('Enter');
    await expect(desk.locator('p.told')).toHaveText('Reply for order 20874 sent');
    await pressUntil('Shift+Tab', thread.getByRole('button', { name: 'Close conversation' }));
    await keyboard.press('Enter');
    await expect(desk.locator('p.told')).toHaveText('Order 20874: all questions answered');
  });
}
