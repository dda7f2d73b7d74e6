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
