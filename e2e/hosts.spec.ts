import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { shop as plain } from '../demo/hosts/plain/shop.js';
import { shop as react } from '../demo/hosts/react/shop.js';
import { shop as vue } from '../demo/hosts/vue/shop.js';
import { buildHosts } from '../scripts/build.mjs';
import { serveHosts } from '../scripts/hosts.mjs';
import { expectAccessible } from './accessible.js';
import { watch, type Incidents } from './watch.js';

/** The accent of each shop, as its own style sheet says it. */
const hosts = [
  { name: 'plain', shop: plain, accent: 'rgb(42, 107, 70)' },
  { name: 'react', shop: react, accent: 'rgb(74, 68, 181)' },
  { name: 'vue', shop: vue, accent: 'rgb(160, 67, 28)' },
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

const lastOf = <T>(list: readonly T[]): T => {
  const last = list.at(-1);
  if (last === undefined) throw new Error('The shop has none.');
  return last;
};

for (const { name, shop, accent } of hosts) {
  const [first, second] = shop.orders;
  if (!second) throw new Error('The shop has one order only.');

  test(`a host in ${name}: own slots, own tokens, own panes, typed events`, async ({
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
      await expect(card(desk, first.customer.name)).toBeVisible();
    });

    await test.step('the list opens the order that is talked about', async () => {
      await card(desk, first.customer.name).getByRole('button').first().click();
      await expect(desk.getByRole('heading', { name: `Order ${first.number}` })).toBeFocused();
      await expect(thread.getByText(lastOf(first.talk).text ?? '')).toBeVisible();
      await expect(thread.getByRole('button', { name: 'Print label' })).toBeVisible();
    });

    await test.step('panes of the host, by slot and registered', async () => {
      const { number, product } = lastOf(first.earlier);
      await expect(contact.getByText(`${number} · ${product}`)).toBeVisible();
      const loyalty = contact.getByRole('region', { name: 'Loyalty' });
      await expect(loyalty).toContainText(`${first.customer.points.toLocaleString('en')} points`);
    });

    await test.step('a reply, in the colours of the host', async () => {
      const field = thread.getByRole('textbox', { name: 'Reply' });
      await field.fill('It is in your box.');
      await field.press('Enter');
      const mine = thread.locator('conv-message').filter({ hasText: 'It is in your box.' });
      await expect(mine).toBeVisible();
      await expect(mine.locator('[part~=bubble]')).toHaveCSS('background-color', accent);
      await expect(told).toHaveText(`Reply for order ${first.number} sent`);
    });

    await test.step('a detail of the contact', async () => {
      await contact.getByRole('button', { name: /^Edit Phone/ }).click();
      const field = contact.getByRole('textbox', { name: 'Phone' });
      await field.fill('+46 70 555 01 99');
      await field.press('Enter');
      await expect(contact.getByRole('button', { name: /^Edit Phone: \+46/ })).toContainText('99');
      await expect(told).toHaveText(`phone of ${first.customer.name} saved`);
      await expectAccessible(desk);
    });

    await test.step('closed, and the host is told', async () => {
      await thread.getByRole('button', { name: 'Close conversation' }).click();
      await expect(told).toHaveText(`Order ${first.number}: all questions answered`);
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
    const other = card(desk, second.customer.name).getByRole('button').first();
    await other.waitFor();
    await pressUntil('Tab', card(desk, first.customer.name).getByRole('button').first());
    await pressUntil('ArrowDown', other);
    await keyboard.press('Enter');
    await expect(desk.getByRole('heading', { name: `Order ${second.number}` })).toBeFocused();
    const thread = desk.locator('conv-thread');
    const field = thread.getByRole('textbox', { name: 'Reply' });
    await field.waitFor();
    await pressUntil('Tab', field);
    await keyboard.type('It will.');
    await keyboard.press('Enter');
    await expect(desk.locator('p.told')).toHaveText(`Reply for order ${second.number} sent`);
    await pressUntil('Shift+Tab', thread.getByRole('button', { name: 'Close conversation' }));
    await keyboard.press('Enter');
    await expect(desk.locator('p.told')).toHaveText(
      `Order ${second.number}: all questions answered`,
    );
  });
}

test('the thread alone, by its id in an order page, has all of the thread', async ({
  desk,
  site,
}) => {
  const thread = desk.locator('conv-thread');
  const act = (name: string): Locator => thread.getByRole('button', { name, exact: true });
  const message = (text: string): Locator =>
    thread.getByRole('listitem').filter({ hasText: text }).last();
  await desk.goto(`${site.origin}/plain/order.html`);

  await test.step('who writes, and every message', async () => {
    await expect(thread.getByRole('heading', { name: 'Maja Lindqvist' })).toBeVisible();
    for (const { text, comment } of plain.orders[0].talk) {
      const words = (comment ?? text ?? '').replace(/^@\S+ \S+ /, '');
      await expect(thread.getByText(words)).toBeVisible();
    }
    await expectAccessible(desk);
  });

  await test.step('a reply and a comment; one’s own are edited and deleted', async () => {
    await thread.getByRole('textbox', { name: 'Reply' }).fill('Both bells are in.');
    await act('Send').click();
    await thread.getByRole('tab', { name: 'Comment' }).click();
    await thread.getByRole('textbox', { name: 'Comment' }).fill('Wrapped by hand.');
    await act('Send').click();
    await message('Wrapped by hand.').hover();
    await message('Wrapped by hand.').getByRole('button', { name: 'Edit message' }).click();
    const field = thread.getByRole('textbox', { name: 'Edit message' });
    await field.fill('Wrapped in paper.');
    await field.press('Enter');
    await message('Wrapped in paper.').hover();
    await message('Wrapped in paper.').getByRole('button', { name: 'Delete message' }).click();
    await act('Delete').click();
    await expect(thread.getByText('This message was deleted.')).toBeVisible();
    await expect(message('Both bells are in.')).toBeVisible();
  });

  await test.step('the acts of its header', async () => {
    await act('Assign to agent').click();
    await thread.getByRole('menuitemcheckbox', { name: /Tomás Moreno/ }).click();
    await desk.keyboard.press('Escape');
    await expect(thread.getByRole('img', { name: /^Assigned to .*Tomás Moreno/ })).toBeVisible();
    await act('Assign to group').click();
    await thread.getByRole('menuitemradio', { name: 'Dispatch' }).click();
    await expect(thread.getByText('Giulia Rossi gave this to Dispatch')).toBeVisible();
    await act('Close conversation').click();
    await act('Reopen conversation').click();
    await act('Block contact').click();
    await act('Block').click();
    await expect(act('Unblock contact')).toBeVisible();
    await act('Delete conversation').click();
    await act('Delete').click();
    await expect(
      thread.getByRole('strong').filter({ hasText: 'This conversation was deleted.' }),
    ).toBeVisible();
  });
});
