import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import { args, chromiumPath } from '../../scripts/browser.mjs';
import type { Site } from './site.js';

/** Frames as fast as they change, so that a figure is the work and not the wait for the next one. */
const unpaced = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];

interface HeapUsage {
  usedSize: number;
  /** Nodes, styles and layout. */
  embedderHeapUsedSize: number;
  backingStorageSize: number;
}

/** `paced`: with the 60 frames a second of a screen. */
export async function openBrowser({ paced }: { paced: boolean }): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    args: [...args, ...(paced ? [] : unpaced)],
  });
}

/** One page of the site in a context of its own. */
export class Tab {
  readonly page: Page;
  readonly #cdp: CDPSession;

  private constructor(page: Page, cdp: CDPSession) {
    this.page = page;
    this.#cdp = cdp;
  }

  static async open(browser: Browser, site: Site, path: string): Promise<Tab> {
    const context = await browser.newContext({ viewport: { width: 1_000, height: 700 } });
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(`${path}: ${error.message}`));
    const cdp = await context.newCDPSession(page);
    await page.goto(`${site.origin}/${path}`);
    await page.waitForFunction('window.subject !== undefined || window.list !== undefined');
    return new Tab(page, cdp);
  }

  /** What the page holds after garbage was collected, in bytes: of scripts and of the document. */
  async memory(): Promise<number> {
    await this.#cdp.send('HeapProfiler.collectGarbage');
    const usage = (await this.#cdp.send('Runtime.getHeapUsage')) as HeapUsage;
    return usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
