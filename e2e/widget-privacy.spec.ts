import { expect, setup, test as base } from './loader-fixtures.js';
import { post } from './peer.js';
import { Shop } from './shop.js';
import { hostSecret, signature, trust } from './signed.js';
import { Traffic, traces } from './traces.js';

const test = base.extend<{ traffic: Traffic }>({
  traffic: async ({ page }, use) => {
    await use(new Traffic(page.context()));
  },
});

/** What the page knows of its visitor, and nobody else is told. */
const personal = /kim|sato|1971|order|secret-page/i;

/** Said by itself, and remembered. */
const targeted = {
  id: 'privacy-1',
  active: true,
  when: 'either',
  match: 'all',
  conditions: [{ type: 'pages-seen', atLeast: 1 }],
  action: { type: 'message', texts: { en: 'Do you know our workshop?' } },
  repeat: 'once',
};

test.describe('what a visitor leaves', () => {
  test.afterAll(async ({ server }) => {
    await server.command('settings', 'set', 'targeted=[]');
    await trust(server);
  });

  test('before they act: one request that says nothing of them, no key, no cookie, no socket', async ({
    server,
    site,
    page,
    chat,
    traffic,
  }) => {
    await server.command('settings', 'set', `targeted=${JSON.stringify([targeted])}`);
    const before = `
      document.title = 'Order 1971 of Kim Sato';
      ${setup({ identity: signature('kim.sato@shop.example') })}
      window.ConvKitIntegration = { name: 'Kim Sato', orders: 1971 };`;
    const config = `GET /v1/config?workspace=${site.workspace}`;
    const asked = (): string[] => traffic.asked(site.chat).filter((one) => !one.endsWith('.js'));
    await site.visit(page, { before });
    // A page that is left before it is idle asks for nothing.
    await expect.poll(asked).toEqual([config]);
    await page.goto(`${page.url()}?email=kim.sato@shop.example&at=secret-page#order-1971`);

    await test.step('reading, and coming near the button', async () => {
      // The whole widget is there, since the page signs its visitor; it keeps to itself.
      await expect(page.getByText('Do you know our workshop?').first()).toBeVisible();
      await chat.launcher.hover();
      await chat.launcher.focus();
      await page.mouse.wheel(0, 400);
      await page.evaluate(() => history.pushState(null, '', '/0?cart=kim-sato'));
    });
    await test.step('the next page', async () => {
      await site.visit(page, { before });
      await expect(page.getByText('Do you know our workshop?').first()).toBeVisible();
    });

    expect(await traces(page)).toEqual([]);
    expect(traffic.sockets).toEqual([]);
    expect(asked()).toEqual([config, config, config]);
    const sent = await traffic.sent(site.chat);
    expect(sent).toMatch(/user-agent:/);
    expect(sent).not.toMatch(personal);
    expect(sent).not.toMatch(/^(?:cookie|authorization):/im);
    await server.command('settings', 'set', 'targeted=[]');
  });

  test('kept nowhere but on the page where storage is memory, chosen emoji included', async ({
    site,
    page,
    chat,
  }) => {
    const visitor = new Shop(page, site.origin);
    await site.visit(page, { before: setup({ storage: 'memory' }) });
    await chat.launcher.click();
    await visitor.write('Hello');
    await expect(chat.panel.getByText('Sent')).toBeVisible();
    await chooseEmoji(visitor);
    await visitor.write('Yes');
    await expect(visitor.log.getByText('Sent')).toHaveCount(1);
    await mute(visitor);
    expect(await traces(page)).toEqual([]);
  });

  test('S5.12 as the page says: on the page, in the tab, or in the browser', async ({
    site,
    page,
  }) => {
    const kept = {
      memory: { reload: 0, anotherTab: 0 },
      session: { reload: 1, anotherTab: 0 },
      local: { reload: 1, anotherTab: 1 },
    };
    for (const [storage, expected] of Object.entries(kept)) {
      await test.step(storage, async () => {
        const text = `Kept in ${storage}`;
        const tab = await page.context().newPage();
        const other = await page.context().newPage();
        const visitor = new Shop(tab, site.origin);
        await site.visit(tab, { before: setup({ storage }) });
        await visitor.openChat();
        await visitor.write(text);
        await expect(visitor.log.getByText('Sent')).toBeVisible();
        await tab.reload();
        for (const [shown, count] of [
          [tab, expected.reload],
          [other, expected.anotherTab],
        ] as const) {
          const again = new Shop(shown, site.origin);
          if (shown === other) await shown.goto(tab.url());
          await shown.locator('convkit-chat button').first().waitFor();
          await expect(async () => {
            if (!(await again.field.isVisible())) await again.launcher.click({ timeout: 1_000 });
            await expect(again.field).toBeVisible({ timeout: 1_000 });
          }).toPass();
          await expect(
            again.log.getByText('Ask us anything').or(again.log.getByText(text)),
          ).toBeVisible();
          await expect(again.log.getByText(text)).toHaveCount(count);
        }
        await Promise.all([tab.close(), other.close()]);
      });
    }
  });

  test('after logout nothing, in any tab, and no socket', async ({
    server,
    site,
    page,
    chat,
    traffic,
  }) => {
    await trust(server, hostSecret);
    await server.command('settings', 'set', `targeted=${JSON.stringify([targeted])}`);
    const before = setup({ identity: signature('kim.sato@shop.example') });
    const [here, there] = [page, await page.context().newPage()].map(
      (tab) => new Shop(tab, site.origin),
    ) as [Shop, Shop];

    await test.step('a conversation in two tabs', async () => {
      await site.visit(here.page, { before });
      await chat.launcher.click();
      await here.write('Where is order 1971?');
      await expect(here.log.getByText('Sent')).toBeVisible();
      await chooseEmoji(here);
      await mute(here);
      await site.visit(there.page, { before });
      await there.page.locator('convkit-chat button').first().click();
      await expect(there.log.getByText('Where is order 1971?')).toBeVisible();
      await expect(there.field).toHaveValue('😀');
    });
    const known = (await traces(here.page)).join('\n');
    for (const kind of [
      'visitor/',
      'draft/',
      'emoji/',
      'targeted/',
      '/quiet',
      '/panel',
      '/visit',
    ]) {
      expect(known).toContain(kind);
    }
    expect(known).toContain('database convkit');
    expect(await traces(there.page)).toContainEqual(expect.stringContaining('/panel'));
    expect(traffic.open).toBeGreaterThan(0);
    const visitorToken = await here.page.evaluate(
      (workspace) =>
        JSON.parse(localStorage.getItem(`convkit/visitor/${workspace}`) ?? '') as string,
      site.workspace,
    );

    await chat.call('logout');

    for (const { page: tab, log, field } of [here, there]) {
      await expect(log.getByText('Where is order 1971?')).toHaveCount(0);
      await expect(field).toHaveValue('');
      await expect.poll(() => traces(tab)).toEqual([]);
    }
    await expect.poll(() => traffic.open).toBe(0);
    await expect(
      post(site.chat, '/v1/visitor/token', { workspaceId: site.workspace, visitorToken }),
    ).rejects.toThrow(/token_/);

    await test.step('nor after a reload, nor by what is done on the page', async () => {
      for (const { page: tab } of [here, there]) {
        await tab.reload();
        await tab.locator('chat-widget').waitFor({ state: 'attached' });
        await tab.evaluate(() => history.pushState(null, '', '?next'));
      }
      await here.page.bringToFront();
      for (const { page: tab } of [here, there]) expect(await traces(tab)).toEqual([]);
      expect(traffic.open).toBe(0);
    });
  });
});

async function chooseEmoji({ page }: Shop): Promise<void> {
  await page.getByRole('button', { name: 'Emoji' }).click();
  await page.getByRole('gridcell', { name: 'grinning face', exact: true }).click();
}

async function mute({ page }: Shop): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Turn sound off' }).click();
}
