import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.js';

/** Names of all that the page's origin keeps in this browser. */
function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name ?? ''),
    ...document.cookie.split(';').filter((cookie) => cookie !== ''),
  ]);
}

test('a visitor who has not agreed leaves no trace', async ({ visitor, inbox }) => {
  const sockets: string[] = [];
  const tokens: string[] = [];
  let pageViews = 0;
  visitor.page.on('websocket', (socket) => {
    sockets.push(socket.url());
    socket.on('framesent', ({ payload }) => {
      if (String(payload).includes('"page:view"')) pageViews++;
    });
  });
  visitor.page.on('request', (request) => {
    if (request.url().endsWith('/v1/visitor/token')) tokens.push(request.url());
  });

  await test.step('looking around', async () => {
    await visitor.visit();
    await expect(visitor.launcher).toBeVisible();
    await visitor.visit('/shop/city/');
    await expect(visitor.launcher).toBeVisible();
    expect(await kept(visitor.page)).toEqual([]);
    expect(sockets).toEqual([]);
    expect(tokens).toEqual([]);
  });

  await test.step('agreeing', async () => {
    await visitor.consent.check();
    await expect.poll(() => sockets.length).toBe(1);
    expect(tokens).toHaveLength(1);
    // Who leaves a page before it was told of was not there long.
    await expect.poll(() => pageViews).toBe(1);
    await visitor.visit('/shop/gravel/');
    await expect.poll(() => sockets.length).toBe(2);
    await expect(visitor.consent).toBeChecked();
  });

  await test.step('the pages seen since then stand beside the conversation', async () => {
    const question = 'Which of these takes 45 mm tyres?';
    await visitor.openChat();
    await visitor.write(question);
    await inbox.visit();
    await inbox.view('Unassigned').click();
    await inbox.open(question);
    const contact = inbox.page.locator('conv-contact');
    await expect(contact).toContainText('City bikes');
    await expect(contact).toContainText('Gravel bikes');
    await expect(contact).not.toContainText('bicycles for wet streets');
  });

  await test.step('taking it back', async () => {
    await visitor.consent.uncheck();
    expect(await kept(visitor.page)).not.toContain('fjordcykel-consent');
    await visitor.page.reload();
    await expect(visitor.consent).not.toBeChecked();
  });
});

test('the basket is real, and kept in its tab only', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.visit();
  await page
    .getByRole('button', { name: /^Add to basket/ })
    .first()
    .click();
  const basket = page.getByRole('dialog', { name: 'Your basket' });
  await expect(basket).toContainText('Blue Roadster 52');
  await expect(basket).toContainText('890 €');
  await basket.getByRole('button', { name: 'Keep looking' }).click();
  await visitor.visit('/shop/city/');
  await page.getByRole('button', { name: 'Basket (1)' }).click();
  await basket.getByRole('button', { name: 'Remove Blue Roadster 52' }).click();
  await expect(page.getByRole('button', { name: 'Basket', exact: true })).toBeAttached();
  await expect(basket).toContainText('Nothing in it yet');
});
