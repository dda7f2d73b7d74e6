import { expect, setup, test } from './loader-fixtures.js';
import { HostedChat } from './loader-site.js';

const attribute = (name: string, value: string) => [name, value] as const;

test.describe('S5.15 options', () => {
  for (const [options, name, value] of [
    [{ chatWidth: 400 }, ...attribute('chat-width', '400')],
    [{ chatHeight: 520 }, ...attribute('chat-height', '520')],
    [{ buttonStyle: 'tab' }, ...attribute('button-style', 'tab')],
    [{ buttonPosition: 'lb' }, ...attribute('position', 'lb')],
    [{ language: 'de' }, ...attribute('locale', 'de')],
    [{ storage: 'session' }, ...attribute('storage', 'session')],
  ] as const) {
    test(`S5.15 ${Object.keys(options)[0] ?? ''} reaches the widget`, async ({
      site,
      page,
      chat,
    }) => {
      await site.visit(page, { before: setup(options) });
      await chat.launcher.click();
      await expect(chat.widget).toHaveAttribute(name, value);
    });
  }

  test('S5.15 buttonStyle, buttonPosition, buttonSize, colors and zIndex show on the button', async ({
    site,
    page,
    chat,
  }) => {
    const colors = { buttonBg: '#f600a5', buttonText: '#ffff00' };
    await site.visit(page, {
      before: setup({ buttonPosition: 'bl', buttonSize: 75, colors, zIndex: 10 }),
    });
    await chat.launcher.waitFor();
    const box = await chat.launcher.boundingBox();
    expect(box).toMatchObject({ width: 75, height: 75, x: 24 });
    await expect(chat.launcher).toHaveCSS('background-color', 'rgb(246, 0, 165)');
    await expect(chat.launcher).toHaveCSS('color', 'rgb(255, 255, 0)');
    await expect(chat.host).toHaveCSS('z-index', '10');
  });

  test('nine positions, round and as a tab', async ({ site, page, chat }) => {
    await site.visit(page);
    await chat.launcher.waitFor();
    for (const style of ['round', 'tab']) {
      await chat.call('setButtonStyle', style);
      for (const position of ['bl', 'bc', 'br', 'lt', 'lm', 'lb', 'rt', 'rm', 'rb']) {
        await chat.call('setButtonPosition', position);
        await expect(chat.launcher).toHaveClass(`${style} e${position[0]} p${position[1]}`);
        const { x, y, width, height } = (await chat.launcher.boundingBox())!;
        const where =
          (position.startsWith('b') ? 'b' : x < 100 ? 'l' : 'r') +
          (position.startsWith('b')
            ? x < 100
              ? 'l'
              : x + width > 900
                ? 'r'
                : 'c'
            : y < 100
              ? 't'
              : y + height > 600
                ? 'b'
                : 'm');
        expect(where).toBe(position);
        if (position.startsWith('b')) expect(y + height).toBeGreaterThan(670);
      }
    }
  });

  test('S5.15 customWidgetButton replaces the button', async ({ site, page, chat }) => {
    await site.visit(page, {
      before: setup({ customWidgetButton: '.mine' }),
      body: '<button class="mine"><b>Chat with us</b></button>',
    });
    await page.waitForResponse(/\/v1\/config/);
    const own = page.getByRole('button', { name: 'Chat with us' });
    await own.click();
    await expect(chat.panel).toBeVisible();
    await expect(chat.launcher).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(own).toBeFocused();
  });

  test('S5.15 startHidden shows nothing until it is told', async ({ site, page, chat }) => {
    await site.visit(page, { before: setup({ startHidden: true }) });
    await page.waitForResponse(/\/v1\/config/);
    await expect(chat.launcher).toBeHidden();
    await chat.call('show');
    await expect(chat.launcher).toBeVisible();
  });

  test('S5.15 mobileOnly and disabledOnMobile', async ({ site, page, chat, browser }) => {
    await site.visit(page, { before: setup({ mobileOnly: true }) });
    await page.waitForLoadState('load');
    await expect(chat.host).toHaveCount(0);
    const phone = await browser.newContext({ userAgent: 'Mozilla/5.0 (iPhone) Mobile' });
    const mobile = new HostedChat(await phone.newPage());
    await site.visit(mobile.page, { before: setup({ mobileOnly: true }) });
    await expect(mobile.launcher).toBeVisible();
    await site.visit(mobile.page, { before: setup({ disabledOnMobile: true }) });
    await expect(mobile.host).toHaveCount(0);
    await phone.close();
  });

  test('S5.15 mode frame goes into the first of injectTo', async ({ site, page, chat }) => {
    await site.visit(page, {
      before: setup({ mode: 'frame', injectTo: ['missing', 'place'] }),
      body: '<div id="place"></div>',
    });
    await expect(page.locator('#place > chat-widget[layout="inline"]')).toHaveCount(1);
    await expect(chat.launcher).toBeHidden();
  });

  test('S5.15 locale: own words', async ({ site, page, chat }) => {
    await site.visit(page, {
      before: setup({ locale: { chat: { input: { placeholder: 'Scrivi un messaggio' } } } }),
    });
    await chat.launcher.click();
    await expect(page.getByPlaceholder('Scrivi un messaggio')).toBeVisible();
  });

  test('S5.15 callbacks and the page’s own tracker', async ({ site, page, chat }) => {
    await site.visit(page, {
      before: `window.told = []; window.sent = [];
        window.gtag = (...event) => window.sent.push(event);
        window.ConvKitSetup = {
          gaTrackingId: 'G-1',
          onRendered: () => window.told.push('rendered'),
          onNewMessage: ({ type, text }) => window.told.push(type + ' ' + text),
          onAnalyticEvent: (name) => window.told.push(name),
        };`,
    });
    await chat.launcher.click();
    const field = page.getByRole('textbox', { name: 'Message' });
    const told = (): Promise<string[]> =>
      page.evaluate(() => (window as unknown as { told: string[] }).told);
    await expect.poll(told).toContain('chat_opened');
    await field.fill('Hello');
    await field.press('Enter');
    await expect
      .poll(told)
      .toEqual(
        expect.arrayContaining([
          'rendered',
          'visitor Hello',
          'conversation_started',
          'message_sent',
        ]),
      );
    const sent = await page.evaluate(() => (window as unknown as { sent: unknown[] }).sent);
    expect(sent).toContainEqual([
      'event',
      'message_sent',
      { event_category: 'ConvKit', send_to: 'G-1' },
    ]);
  });

  test('S5.15 disableGaTracking sends nothing to a tracker', async ({ site, page, chat }) => {
    await site.visit(page, {
      before: `window.sent = []; window.told = []; window.ga = (...event) => window.sent.push(event);
        window.ConvKitSetup = { disableGaTracking: true, onAnalyticEvent: (name) => window.told.push(name) };`,
    });
    await chat.launcher.click();
    await expect(chat.panel).toBeVisible();
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { told: string[] }).told))
      .toContain('chat_opened');
    expect(await page.evaluate(() => (window as unknown as { sent: unknown[] }).sent)).toEqual([]);
  });
});
