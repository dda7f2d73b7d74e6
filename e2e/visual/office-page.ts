import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test as base, type Locator, type Page } from '@playwright/test';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = join(root, 'dist/pages/elements');
const fonts = join(root, 'e2e/visual/fonts');
const origin = 'http://inbox.test';
/** A Wednesday, noon in Stockholm: every time in a picture is told from it. */
const now = new Date('2026-03-11T12:00:00+01:00');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const families = [
  'Visual Sans',
  'Visual Sans Extended',
  'Visual Arabic',
  'Visual Thai',
  'Visual Japanese',
  'Visual Emoji',
].map((name) => `'${name}'`);

export interface Look {
  /** Whose page it is; `conv-inbox` by default. */
  element?: string;
  width?: number;
  height?: number;
  dark?: boolean;
  forcedColors?: boolean;
  rtl?: boolean;
  /** As a host says it. */
  fontSize?: string;
  /** Of the office, as the page's address says it. */
  query?: Readonly<Record<string, string>>;
}

/** The element of a demo page alone, as large as the window, on the office in memory. */
export class OfficePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async visit(look: Look = {}): Promise<void> {
    await this.load(look);
    await this.view('All messages').click();
    await expect(this.card('Maja Lindqvist')).toBeVisible();
  }

  /** Without waiting for what the server says. */
  async load(look: Look = {}): Promise<void> {
    const { width = 1440, height = 900, dark, forcedColors, rtl, fontSize = '14px' } = look;
    const { element = 'conv-inbox' } = look;
    const { page } = this;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({
      colorScheme: dark ? 'dark' : 'light',
      forcedColors: forcedColors ? 'active' : 'none',
    });
    await page.clock.setFixedTime(now);
    await page.route(`${origin}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      const folder = pathname.startsWith('/fonts/') ? fonts : pages;
      const path = join(folder, pathname.replace('/fonts/', '/'));
      await route.fulfill({ body: await readFile(path), contentType: types[extname(path)] ?? '' });
    });
    const query = new URLSearchParams({ ...look.query, ...(rtl ? { dir: 'rtl' } : {}) });
    await page.goto(`${origin}/elements/${element}.html?${query.toString()}`);
    await page.addStyleTag({ url: '/fonts/fonts.css' });
    await page.addStyleTag({
      content: `
        :root { --conv-font: ${families.join(', ')}; --conv-font-mono: ${families.join(', ')}; --conv-font-size: ${fontSize}; }
        .side, main > :not(demo-stage), demo-stage > :not(.stage) { display: none !important; }
        .stage[data-size] { position: fixed; inset: 0; height: auto; border: 0; border-radius: 0; }
      `,
    });
    await page.evaluate(
      (names) => Promise.all(names.map((name) => document.fonts.load(`16px ${name}`, 'aก'))),
      families,
    );
  }

  get inbox(): Locator {
    return this.page.locator('conv-inbox');
  }

  view(name: string): Locator {
    return this.page.locator('conv-nav').getByRole('link', { name: new RegExp(`^${name}`) });
  }

  card(text: string): Locator {
    return this.page.locator('conv-list').getByRole('listitem').filter({ hasText: text });
  }

  async open(text: string): Promise<void> {
    // What lies below the view is rendered once somebody scrolls.
    await expect(async () => {
      if ((await this.card(text).count()) > 0) return;
      await this.page.locator('conv-list .scroller').evaluate((list) => list.scrollBy(0, 40));
      await expect(this.card(text)).not.toHaveCount(0, { timeout: 500 });
    }).toPass();
    await this.card(text).getByRole('button').first().click();
    await expect(this.page.locator('conv-thread').getByRole('region').first()).toBeVisible();
    await expect(this.page.locator('conv-composer')).toBeVisible();
  }

  /** By the words on a button of the demo page, which no picture shows. */
  async happen(act: string): Promise<void> {
    await this.page
      .locator(`button[data-act="${act}"]`)
      .evaluate((button: HTMLButtonElement) => button.click());
  }

  async looksLike(name: string): Promise<void> {
    await this.page.mouse.move(0, 0);
    await expect(this.page).toHaveScreenshot(`${name}.png`);
  }
}

export const test = base.extend<{ office: OfficePage }>({
  office: async ({ page }, use) => {
    test.skip(
      Boolean(process.env['CHROME_PATH']),
      'the pictures belong to the Chromium that npm ci brings, and CHROME_PATH names another',
    );
    await use(new OfficePage(page));
  },
});
