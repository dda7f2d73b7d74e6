import { expectAccessible } from './accessible.js';
import { expect, test } from './fixtures.js';

const shop = ['/', '/shop/city/', '/shop/gravel/', '/shop/workshop/', '/shop/blue-roadster-52/'];

/** States that the other specs do not pass through; they call `expectAccessible` in theirs. */
for (const colorScheme of ['light', 'dark'] as const) {
  test(`pages are accessible, ${colorScheme}`, async ({ server, watched }) => {
    const context = await watched({ colorScheme, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    for (const path of shop) {
      await page.goto(server.origin + path);
      await expectAccessible(page);
    }
    await page
      .getByRole('button', { name: /^Add to basket/ })
      .first()
      .click();
    await expectAccessible(page);

    await page.goto(`${server.origin}/inbox`);
    const signIn = page.getByRole('button', { name: 'Sign in' });
    await expect(signIn).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('textbox', { name: 'Email' }).fill('nobody@fjordcykel.example');
    await page.getByLabel('Password').fill('not the password');
    await signIn.click();
    await expect(page.getByRole('alert')).toContainText('do not match');
    await expectAccessible(page);
  });
}

test('pages of the elements are accessible, each on a phone too', async ({ server, watched }) => {
  test.slow();
  const page = await (await watched({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.goto(`${server.origin}/elements/`);
  await expectAccessible(page);
  const names = await page.getByRole('navigation').getByRole('link').allTextContents();
  expect(names.length).toBeGreaterThanOrEqual(12);
  for (const name of names.slice(1)) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page
      .getByRole('navigation', { name: 'Elements' })
      .getByRole('link', { name, exact: true })
      .click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 780 });
    // What changes on a phone is the width: the rules are asked again in the long form.
    if (process.env['TEST_LONG']) await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  }
});

test('nothing is wider than a phone', async ({ server, watched }) => {
  const page = await (await watched({ viewport: { width: 360, height: 780 } })).newPage();
  for (const path of [...shop, '/inbox']) {
    await page.goto(server.origin + path);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(360);
  }
});

test('menus, panes and lost connections are accessible, on a phone too', async ({
  server,
  visitor,
  inbox,
}) => {
  test.slow();
  const { page } = inbox;
  const question = 'Do you have it in green?';
  await visitor.page.setViewportSize({ width: 360, height: 780 });
  await visitor.visit();
  await visitor.openChat();
  await expectAccessible(visitor.page);
  await visitor.write(question);

  await test.step('menus', async () => {
    await inbox.visit();
    await inbox.view('Unassigned').click();
    await inbox.open(question);
    await inbox.status.click();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.locator('conv-thread').getByRole('button', { name: 'Assign to agent' }).click();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  });

  await test.step('one pane at a time', async () => {
    await page.setViewportSize({ width: 360, height: 780 });
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Contact details' }).click();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await expect(inbox.card(question)).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('empty and closed', async () => {
    await page.setViewportSize({ width: 900, height: 780 });
    await page.getByRole('combobox', { name: 'Channel' }).selectOption('Social');
    await expect(inbox.cards).toHaveCount(0);
    await expectAccessible(page);
    await page.getByRole('combobox', { name: 'Channel' }).selectOption('All channels');
    await inbox.open(question);
    await page.locator('conv-thread').getByRole('button', { name: 'Close conversation' }).click();
    await expect(page.getByRole('button', { name: 'Reopen conversation' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('no connection', async () => {
    await server.kill();
    await visitor.write('Or in yellow?');
    await expect(visitor.page.getByText('No connection', { exact: false }).first()).toBeVisible();
    await expectAccessible(visitor.page);
    await expect(page.getByText('No connection', { exact: false }).first()).toBeVisible();
    await expectAccessible(page);
    await server.restart();
    await expect(inbox.log).toContainText('Or in yellow?', { timeout: 30_000 });
  });
});
