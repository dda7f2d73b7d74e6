import type { BrowserContext, Locator, Page } from '@playwright/test';
import { expect, setup, test as base } from './loader-fixtures.js';
import { recordTrouble } from './loader-site.js';
import { Shop } from './shop.js';

const test = base.extend({
  /** A phone whose keyboard covers the page, as on iOS: the window keeps its size below it. */
  page: async ({ browser }, use) => {
    const context: BrowserContext = await browser.newContext({
      viewport: { width: 360, height: 640 },
      hasTouch: true,
      isMobile: true,
    });
    const trouble = await recordTrouble(context);
    await context.addInitScript(() => {
      const visual = { width: 360, height: 640, offsetTop: 0, offsetLeft: 0, scale: 1 };
      Object.defineProperty(window, 'visualViewport', {
        value: Object.assign(new EventTarget(), visual),
      });
    });
    await use(await context.newPage());
    await context.close();
    expect(trouble, 'violations of the policy and uncaught errors').toEqual([]);
  },
});

/** As every page for phones has it. */
const fitting = '<meta name="viewport" content="width=device-width">';

/** What is left of the screen by the keyboard, in px from the top of the page's window. */
async function leave(page: Page, offsetTop: number, height: number): Promise<void> {
  await page.evaluate(
    (visible) => {
      const { visualViewport } = window;
      if (!visualViewport) return;
      Object.assign(visualViewport, visible);
      for (const type of ['resize', 'scroll']) visualViewport.dispatchEvent(new Event(type));
    },
    { offsetTop, height },
  );
}

interface Edges {
  top: number;
  bottom: number;
}

async function edges(locator: Locator): Promise<Edges> {
  const { y, height } = (await locator.boundingBox()) ?? { y: NaN, height: NaN };
  return { top: y, bottom: y + height };
}

/** Field and last message are wholly within what can be seen, the message above the field. */
async function expectInSight(visitor: Shop, text: string, visible: Edges): Promise<void> {
  await expect(async () => {
    const field = await edges(visitor.field);
    const message = await edges(visitor.log.getByText(text, { exact: true }));
    expect(field.bottom).toBeLessThanOrEqual(visible.bottom);
    expect(message.bottom).toBeLessThanOrEqual(field.top);
    expect(message.top).toBeGreaterThanOrEqual(visible.top);
  }).toPass({ timeout: 10_000 });
}

test.describe('a phone of 360 by 640', () => {
  test.describe.configure({ mode: 'default' });

  test('with its keyboard open the field and the last message are in sight, wherever the page is scrolled', async ({
    site,
    page,
    chat,
  }) => {
    const visitor = new Shop(page, site.origin);
    await site.visit(page, {
      before: setup({}),
      body: fitting + '<p>Text</p>'.repeat(80),
    });
    await chat.launcher.tap();
    await visitor.field.waitFor();
    await expect.poll(() => edges(chat.panel)).toEqual({ top: 0, bottom: 640 });
    const texts = Array.from({ length: 12 }, (_, index) => `Line ${String(index + 1)}`);
    for (const text of texts) await visitor.write(text);
    await expectInSight(visitor, 'Line 12', { top: 0, bottom: 640 });

    await leave(page, 0, 330);
    await expectInSight(visitor, 'Line 12', { top: 0, bottom: 330 });
    await leave(page, 120, 330);
    await expectInSight(visitor, 'Line 12', { top: 120, bottom: 450 });
    await visitor.write('Written with the keyboard up');
    await expectInSight(visitor, 'Written with the keyboard up', { top: 120, bottom: 450 });
    await expect(page.getByRole('button', { name: 'Close chat' })).toBeInViewport();
    await leave(page, 0, 640);
    await expectInSight(visitor, 'Written with the keyboard up', { top: 0, bottom: 640 });

    // As on Android, where the window itself gets smaller.
    await page.setViewportSize({ width: 360, height: 320 });
    await leave(page, 0, 320);
    await expectInSight(visitor, 'Written with the keyboard up', { top: 0, bottom: 320 });
  });

  test('no field makes it zoom in, notch and bar cover nothing', async ({
    server,
    site,
    page,
    chat,
  }) => {
    const form = {
      when: 'before',
      fields: [
        { key: 'name', labels: {}, required: false },
        { key: 'email', labels: {}, required: false },
      ],
      consents: [],
    };
    await server.command('settings', 'set', `form=${JSON.stringify(form)}`);
    const insets = { top: 47, bottom: 34, left: 0, right: 0 };
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setSafeAreaInsetsOverride', { insets });
    const visitor = new Shop(page, site.origin);
    await site.visit(page, {
      before: setup({}),
      body: '<meta name="viewport" content="width=device-width, viewport-fit=cover">',
    });
    const launcher = await edges(chat.launcher);
    expect(launcher.bottom).toBeLessThanOrEqual(640 - insets.bottom);
    await chat.launcher.tap();
    await expect(page.getByRole('form', { name: 'Contact form' })).toBeVisible();
    await page.getByRole('button', { name: 'Emoji' }).click();
    await page.getByRole('searchbox').waitFor();
    const sizes = await page
      .locator('chat-widget :is(input:not([type=checkbox], [type=radio], [type=file]), textarea)')
      .evaluateAll((fields) => fields.map((field) => parseFloat(getComputedStyle(field).fontSize)));
    expect(sizes.length).toBeGreaterThanOrEqual(4);
    expect(sizes.filter((size) => size < 16)).toEqual([]);
    await page.keyboard.press('Escape');

    for (const name of ['Menu', 'Close chat']) {
      const { top } = await edges(page.getByRole('button', { name }).last());
      expect(top, name).toBeGreaterThanOrEqual(insets.top);
    }
    expect((await edges(visitor.field)).bottom).toBeLessThanOrEqual(640 - insets.bottom);
    await server.command('settings', 'set', 'form=null');
  });

  test('the way back closes the panel, and only then leaves the page', async ({
    site,
    page,
    chat,
  }) => {
    await site.visit(page, { body: fitting });
    const first = page.url();
    await site.visit(page, { body: fitting });
    const second = page.url();
    const entries = await page.evaluate(() => history.length);
    const close = page.getByRole('button', { name: 'Close chat' });
    const entered = async (): Promise<void> => {
      await expect(chat.panel).toBeVisible();
      await expect
        .poll(() => page.evaluate(() => history.state as unknown))
        .toEqual({ convkitPanel: true });
    };
    const open = async (): Promise<void> => {
      await chat.launcher.tap();
      await entered();
    };

    await test.step('back', async () => {
      await open();
      await page.goBack();
      await expect(chat.panel).toBeHidden();
      expect(page.url()).toBe(second);
    });
    await test.step('closed by its button it leaves no entry behind', async () => {
      await open();
      await close.tap();
      await expect(chat.panel).toBeHidden();
      await expect.poll(() => page.evaluate(() => history.state as unknown)).toBe(null);
      expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(entries + 1);
    });
    await test.step('opened again at once, and once more', async () => {
      await open();
      await page.evaluate(async () => {
        const widget = document
          .querySelector('convkit-chat')
          ?.shadowRoot?.querySelector<Element & Record<'openChat' | 'closeChat', () => void>>(
            'chat-widget',
          );
        await new Promise((gone) => {
          window.addEventListener('popstate', gone, { once: true });
          widget?.closeChat();
          setTimeout(() => widget?.openChat());
        });
      });
      await entered();
      await page.goBack();
      await expect(chat.panel).toBeHidden();
      expect(page.url()).toBe(second);
    });
    await test.step('loaded again with the panel open', async () => {
      await open();
      await close.tap();
      await expect(chat.panel).toBeHidden();
      await open();
      await page.reload();
      await entered();
      await page.goBack();
      await expect(chat.panel).toBeHidden();
      expect(page.url()).toBe(second);
    });
    await test.step('and with the panel closed it leaves the page', async () => {
      await page.goBack();
      expect(page.url()).toBe(first);
    });
  });
});
