import type { Page } from '@playwright/test';
import { expect, setup, test } from './loader-fixtures.js';
import type { LoaderSite } from './loader-site.js';
import { peerVisitor } from './peer.js';
import { Shop } from './shop.js';

const lost = 'No connection. It is tried again by itself; what you write is sent then.';

interface Stored {
  text: string;
  author: { type: string };
}

/** Texts of the visitor's messages as the server has them, in their order. */
async function stored(site: LoaderSite, page: Page): Promise<string[]> {
  const token = await page.evaluate(
    (workspace) =>
      JSON.parse(localStorage.getItem(`convkit/visitor/${workspace}`) ?? '""') as string,
    site.workspace,
  );
  const { channel, close } = await peerVisitor(site.chat, site.workspace, token);
  const joined = channel.joined as { messages: { messages: Stored[] } | null };
  close();
  return (joined.messages?.messages ?? [])
    .filter(({ author }) => author.type === 'contact')
    .map(({ text }) => text);
}

/** Failure: what was written in a tunnel is gone, comes twice, or nobody says that it waits. */
test('what is written while the server is down is kept through a reload and sent once', async ({
  server,
  site,
  page,
  chat,
}) => {
  test.slow();
  const visitor = new Shop(page, site.origin);
  await site.visit(page, { before: setup({}) });
  await chat.launcher.click();
  await visitor.write('Before');
  await expect(visitor.log.getByText('Sent')).toBeVisible();

  await server.kill();
  await expect(chat.panel.getByRole('status').filter({ hasText: lost })).toBeVisible();
  await expect(chat.panel.getByRole('button', { name: 'Try again' })).toBeVisible();
  for (const text of ['In the tunnel', 'Still in the tunnel']) {
    await visitor.write(text);
    await expect(visitor.log.getByText(text, { exact: true })).toBeVisible();
  }
  await expect(visitor.log.getByText('Sending')).toBeVisible();
  await expect(visitor.field).toHaveValue('');

  // A page whose chat cannot come is a page without one, and no more than that.
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Host' })).toBeVisible();
  await server.restart();
  await page.reload();
  for (const text of ['Before', 'In the tunnel', 'Still in the tunnel']) {
    await expect(visitor.log.getByText(text, { exact: true })).toHaveCount(1);
  }
  await expect(visitor.log.getByText('Sent', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(visitor.log.getByText('Sending')).toHaveCount(0);
  await expect(chat.panel.getByText(lost)).toHaveCount(0);
  expect(await stored(site, page)).toEqual(['Before', 'In the tunnel', 'Still in the tunnel']);
});

/** Failure: the first words of a visitor, written offline, are lost with the page, or sent by both. */
test('the first words, written with no network, are kept through a reload and sent once', async ({
  site,
  page,
  chat,
}) => {
  test.slow();
  const context = page.context();
  const visitor = new Shop(page, site.origin);
  await site.visit(page);
  await chat.launcher.click();
  await visitor.field.waitFor();
  await context.setOffline(true);
  await visitor.write('Is anybody there?');
  await visitor.write('It rains here');
  await expect(visitor.log.getByText('Sending')).toBeVisible();
  await expect(
    chat.panel.getByRole('status').filter({ hasText: /No connection|Connecting/ }),
  ).toBeVisible();
  await expect(chat.panel.getByRole('status').filter({ hasText: lost })).toBeVisible({
    timeout: 20_000,
  });

  await context.setOffline(false);
  await page.reload();
  for (const text of ['Is anybody there?', 'It rains here']) {
    await expect(visitor.log.getByText(text, { exact: true })).toHaveCount(1);
  }
  await expect(visitor.log.getByText('Sent', { exact: true })).toBeVisible({ timeout: 30_000 });
  expect(await stored(site, page)).toEqual(['Is anybody there?', 'It rains here']);

  await test.step('a network that comes back needs no reload, and the same page says so', async () => {
    await context.setOffline(true);
    await visitor.write('And now?');
    await expect(visitor.log.getByText('Sending')).toBeVisible();
    await expect(chat.panel.getByText(lost)).toBeVisible({ timeout: 30_000 });
    await context.setOffline(false);
    await expect(chat.panel.getByText(lost)).toHaveCount(0, { timeout: 30_000 });
    await expect(visitor.log.getByText('Sending')).toHaveCount(0, { timeout: 30_000 });
    expect(await stored(site, page)).toEqual(['Is anybody there?', 'It rains here', 'And now?']);
  });
});
