import type { BrowserContext, Page } from '@playwright/test';
import { expect, test as base } from './fixtures.js';
import { HostedChat, LoaderSite, recordTrouble } from './loader-site.js';

const test = base.extend<{ chat: HostedChat; page: Page }, { site: LoaderSite }>({
  site: [
    async ({ server }, use) => {
      const site = await LoaderSite.start(server.origin);
      await server.command('settings', 'set', `allowedOrigins=${site.origin}`);
      await use(site);
      await server.command('settings', 'set', 'allowedOrigins=');
      site.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  page: async ({ browser }, use) => {
    const context: BrowserContext = await browser.newContext({
      viewport: { width: 1_000, height: 700 },
    });
    const trouble = await recordTrouble(context);
    await use(await context.newPage());
    await context.close();
    expect(trouble, 'violations of the policy and uncaught errors').toEqual([]);
  },
  chat: async ({ page }, use) => {
    await use(new HostedChat(page));
  },
});

const setup = (options: object): string => `window.ConvKitSetup = ${JSON.stringify(options)};`;
const attribute = (name: string, value: string) => [name, value] as const;

test.describe('what is loaded, and when', () => {
  test('nothing but the loader before the page is idle, then one small request', async ({
    site,
    page,
    chat,
  }) => {
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url().replace(site.chat, '')));
    page.on('websocket', () => requests.push('socket'));
    await page.addInitScript(() => {
      window.addEventListener('load', () => {
        const names = performance.getEntriesByType('resource').map(({ name }) => name);
        (window as unknown as { atLoad: string[] }).atLoad = names;
      });
    });
    await site.visit(page);
    await chat.launcher.waitFor();
    expect(await page.evaluate(() => (window as unknown as { atLoad: string[] }).atLoad)).toEqual([
      `${site.chat}/v1/loader.js`,
    ]);
    const asked = requests.filter((url) => url.startsWith('/') && !url.includes('favicon'));
    expect(asked).toEqual(['/v1/loader.js', `/v1/config?workspace=${site.workspace}`]);
    const stored = await page.evaluate(() => [
      localStorage.length,
      sessionStorage.length,
      document.cookie,
    ]);
    expect(stored).toEqual([0, 0, '']);
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => {
            resolve(list.getEntries().length);
          }).observe({ type: 'layout-shift', buffered: true });
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
        }),
    );
    expect(shift).toBe(0);
  });

  test('a script tag: hover fetches the widget, a click opens it, Escape gives the focus back', async ({
    site,
    page,
    chat,
  }) => {
    await site.visit(page);
    const fetched = page.waitForRequest(`${site.chat}/v1/widget.js`);
    await chat.launcher.hover();
    await fetched;
    await expect(chat.widget).toHaveCount(0);
    await chat.launcher.click();
    await expect(chat.panel).toBeVisible();
    await expect(chat.launcher).toHaveAttribute('aria-label', 'Close chat');
    await page.keyboard.press('Escape');
    await expect(chat.panel).toBeHidden();
    await expect(chat.launcher).toBeFocused();
    await expect(chat.launcher).toHaveAttribute('aria-expanded', 'false');
  });

  test('a second inclusion is harmless, and the only global is the one name', async ({
    site,
    page,
    chat,
  }) => {
    await site.visit(page, { script: site.tag + site.tag });
    await chat.launcher.waitFor();
    await expect(chat.host).toHaveCount(1);
    const added = await page.evaluate(() => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      const fresh = new Set(Object.getOwnPropertyNames(frame.contentWindow));
      frame.remove();
      return Object.getOwnPropertyNames(window).filter(
        (name) => !fresh.has(name) && /^[A-Z]\w*Kit/.test(name),
      );
    });
    expect(added).toEqual(['ConvKit']);
  });

  test('mounted and destroyed 100 times leaves nothing behind', async ({ site, page, chat }) => {
    await page.addInitScript(() => {
      const live = new Map<string, number>();
      (window as unknown as { live: Map<string, number> }).live = live;
      const { addEventListener, removeEventListener } = EventTarget.prototype;
      const count = (type: string, by: number): void =>
        void live.set(type, (live.get(type) ?? 0) + by);
      EventTarget.prototype.addEventListener = function (type, listener, options) {
        if (this === window || this === document) {
          count(type, 1);
          const signal = typeof options === 'object' ? options.signal : undefined;
          if (signal) addEventListener.call(signal, 'abort', () => count(type, -1), { once: true });
        }
        addEventListener.call(this, type, listener, options);
      };
      EventTarget.prototype.removeEventListener = function (type, listener, options) {
        if (this === window || this === document) count(type, -1);
        removeEventListener.call(this, type, listener, options);
      };
    });
    await site.visit(page);
    await chat.launcher.waitFor();
    // The first one waited for the page; those after it have nothing to wait for.
    await chat.call('restart');
    await chat.launcher.waitFor();
    const before = await page.evaluate(() =>
      [...(window as unknown as { live: Map<string, number> }).live]
        .filter(([, count]) => count !== 0)
        .sort(),
    );
    for (let round = 0; round < 3; round++) {
      await chat.call('openChat');
      await expect(chat.panel).toBeVisible();
      await chat.call('restart');
      await expect(chat.panel).toBeHidden();
    }
    await page.evaluate(() => {
      const { ConvKit } = window as unknown as { ConvKit: (method: string) => void };
      for (let round = 0; round < 97; round++) ConvKit('restart');
    });
    await expect(chat.host).toHaveCount(1);
    const after = await page.evaluate(() => {
      const page = window as unknown as {
        live: Map<string, number>;
        ConvKit?: (m: string) => void;
      };
      const seen = [...page.live].filter(([, count]) => count !== 0).sort();
      page.ConvKit?.('kill');
      return seen;
    });
    expect(after).toEqual(before);
    await expect(chat.host).toHaveCount(0);
    await expect(chat.widget).toHaveCount(0);
    expect(await page.evaluate(() => 'ConvKit' in window)).toBe(false);
  });
});

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

test.describe('S5.16 methods', () => {
  test('S5.16 those of the button and the panel', async ({ site, page, chat }) => {
    await site.visit(page);
    await chat.launcher.waitFor();
    await chat.call('setButtonPosition', 'lm');
    await expect(chat.launcher).toHaveClass('round el pm');
    await chat.call('resetButtonPosition');
    await expect(chat.launcher).toHaveClass('round eb pr');
    await chat.call('setButtonSize', 80);
    await expect(chat.launcher).toHaveCSS('width', '80px');
    await chat.call('setColors', { buttonBg: '#000000' });
    await expect(chat.launcher).toHaveCSS('background-color', 'rgb(0, 0, 0)');
    await chat.call('resetColors');
    await expect(chat.launcher).not.toHaveCSS('background-color', 'rgb(0, 0, 0)');
    await chat.call('setZIndex', 77);
    await expect(chat.host).toHaveCSS('z-index', '77');
    await chat.call('hide');
    await expect(chat.launcher).toBeHidden();
    await chat.call('show');
    await expect(chat.launcher).toBeVisible();
    await chat.call('expandWidget');
    await expect(chat.panel).toBeVisible();
    await chat.call('setChatWidth', 410);
    await chat.call('setChatHeight', 510);
    await expect(chat.widget).toHaveAttribute('chat-width', '410');
    await expect(chat.widget).toHaveAttribute('chat-height', '510');
    await chat.call('setLocale', 'de');
    await expect(chat.widget).toHaveAttribute('locale', 'de');
    await chat.call('minimizeWidget');
    await expect(chat.panel).toBeHidden();
  });

  test('S5.16 what the page tells reaches agents', async ({ site, page, chat, inbox }) => {
    await site.visit(page, {
      before: `window.ConvKit = window.ConvKit || function () {
          (window.ConvKit.q = window.ConvKit.q || []).push(arguments);
        };
        ConvKit('setIntegrationData', { plan: 'Gold' });
        ConvKit('updateIntegrationData', { basket: '3 bells' });
        ConvKit('pageView');
        ConvKit('openChat', true);`,
    });
    const field = page.getByRole('textbox', { name: 'Message' });
    await field.fill('What the page tells');
    await field.press('Enter');
    await inbox.visit();
    await inbox.view('Unassigned').click();
    await inbox.open('What the page tells');
    await expect(inbox.page.getByText('3 bells')).toBeVisible();
    await expect(inbox.page.getByText('Gold')).toBeVisible();
    await expect(chat.launcher).toHaveAttribute('aria-expanded', 'true');
  });

  for (const hash of ['#brevoConversationsExpanded', '#convkit-open']) {
    test(`S5.16 links to ${hash} open the chat, each time`, async ({ site, page, chat }) => {
      await site.visit(page, { body: `<a href="${hash}">Chat</a>` });
      await chat.launcher.waitFor();
      for (let round = 0; round < 2; round++) {
        await page.getByRole('link', { name: 'Chat' }).click();
        await expect(chat.panel).toBeVisible();
        await page.keyboard.press('Escape');
        await expect(chat.panel).toBeHidden();
      }
    });
  }

  test('S5.15 disableChatOpenHash leaves the address to the page', async ({ site, page, chat }) => {
    await site.visit(page, {
      before: setup({ disableChatOpenHash: true }),
      body: '<a href="#convkit-open">Chat</a>',
    });
    await chat.launcher.waitFor();
    await page.getByRole('link', { name: 'Chat' }).click();
    await expect(page).toHaveURL(/#convkit-open/);
    await expect(chat.widget).toHaveCount(0);
  });
});

test('S5.15 a page written for Brevo’s script works with its address and id changed', async ({
  site,
  page,
  chat,
}) => {
  await site.visit(page, {
    policy: '',
    script: `<script nonce="n">
      window.BrevoConversationsSetup = { buttonPosition: 'bl', chatWidth: 400 };
      (function (d, w, c) {
        w.BrevoConversationsID = '${site.workspace}';
        w[c] = w[c] || function () { (w[c].q = w[c].q || []).push(arguments); };
        var s = d.createElement('script');
        s.async = true;
        s.nonce = 'n';
        s.src = '${site.chat}/v1/loader.js';
        if (d.head) d.head.appendChild(s);
      })(document, window, 'BrevoConversations');
      BrevoConversations('setZIndex', 5);
      BrevoConversations('openChat', true);
    </script>`,
  });
  await expect(chat.panel).toBeVisible();
  await expect(chat.widget).toHaveAttribute('chat-width', '400');
  await expect(chat.host).toHaveCSS('z-index', '5');
  expect(await page.evaluate(() => 'ConvKit' in window)).toBe(false);
  await page.evaluate(() => {
    const { BrevoConversations } = window as unknown as {
      BrevoConversations: (method: string) => void;
    };
    BrevoConversations('minimizeWidget');
  });
  await expect(chat.panel).toBeHidden();
});

test('a returning visitor sees what is unread: one request, no socket', async ({
  site,
  page,
  chat,
  inbox,
}) => {
  await site.visit(page);
  await chat.launcher.click();
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.fill('I shall be back');
  await field.press('Enter');
  await expect(page.getByText(/^Sent/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.goto('about:blank');
  await inbox.visit();
  await inbox.view('Unassigned').click();
  await inbox.open('I shall be back');
  await inbox.reply('Welcome back');

  const requests: string[] = [];
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
  page.on('websocket', () => requests.push('socket'));
  await site.visit(page);
  await expect(page.getByRole('button', { name: 'Open chat, 1 unread' })).toBeVisible();
  expect(requests.filter((request) => request.includes('/v1/') || request === 'socket')).toEqual([
    `GET ${site.chat}/v1/loader.js`,
    `POST ${site.chat}/v1/visitor/returning`,
  ]);
});

test('what the visitor agreed to: after it, the widget joins when the page is idle', async ({
  site,
  page,
  chat,
}) => {
  await site.visit(page);
  await chat.launcher.waitFor();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  const socket = page.waitForEvent('websocket');
  await chat.call('consent', true);
  await socket;
  await expect(chat.panel).toBeHidden();
});

test('the immutable address, with the integrity that the server tells', async ({
  site,
  page,
  chat,
}) => {
  const told = await fetch(`${site.chat}/v1/loader.json`);
  const { src, integrity } = (await told.json()) as { src: string; integrity: string };
  await site.visit(page, {
    script: `<script nonce="n" async crossorigin="anonymous" src="${site.chat}${src}"
      integrity="${integrity}" data-workspace="${site.workspace}" data-global="Chat"></script>`,
  });
  await chat.launcher.click();
  await expect(chat.panel).toBeVisible();
  expect(await page.evaluate(() => 'Chat' in window && !('ConvKit' in window))).toBe(true);
  const answer = await fetch(site.chat + src);
  expect(answer.headers.get('cache-control')).toContain('immutable');
});

test('S5.15 without a known workspace the page goes on, and its author is told once', async ({
  site,
  page,
  chat,
}) => {
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.text().startsWith('convkit')) warnings.push(message.text().split(' ')[1] ?? '');
  });
  await site.visit(page, { script: site.tag.replace(site.workspace, 'ws_unknown') });
  await expect.poll(() => warnings).toEqual(['workspace_not_found']);
  await expect(chat.launcher).toBeHidden();
});
