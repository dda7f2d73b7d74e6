import { budgets, filesOf, loader } from '../scripts/budgets.mjs';
import { expect, test } from './loader-fixtures.js';

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

  for (const budget of budgets) {
    const { name, viewport } = budget;
    if (!viewport) continue;
    test(`${name}: a browser fetches the files that are weighed`, async ({ site, page, chat }) => {
      const fetched = new Set<string>();
      page.on('request', (request) => {
        const file = /\/((?:v1|assets)\/.+\.js)$/.exec(request.url())?.[1];
        if (file) fetched.add(file);
      });
      await page.setViewportSize(viewport);
      await site.visit(page);
      await chat.launcher.click();
      await page.getByRole('textbox', { name: 'Message' }).fill('What does it cost?');
      await page.keyboard.press('Enter');
      await expect(chat.widget.getByText('Sent')).toBeVisible();
      await expect
        .poll(() => [...fetched].sort())
        .toEqual([loader.file, ...filesOf(budget)].sort());
    });
  }

  test('an open panel is open on the next page', async ({ site, page, chat }) => {
    await site.visit(page);
    await chat.launcher.click();
    await expect(chat.panel).toBeVisible();
    await site.visit(page);
    await expect(chat.panel).toBeVisible();
    await page.getByRole('button', { name: 'Close chat' }).click();
    await expect(chat.panel).toBeHidden();
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
      // Else it would open by itself, as on the visitor's next page.
      await page.evaluate(() => sessionStorage.clear());
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

test('without a known workspace the page goes on, and its author is told once', async ({
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
