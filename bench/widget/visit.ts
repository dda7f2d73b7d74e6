import type { Browser, CDPSession, Page } from '@playwright/test';

/** What "Slow 4G" means in the browser's own tools: 150 ms there and back, 1.6 and 0.75 Mbit/s. */
const slow4g = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1_000_000) / 8,
  uploadThroughput: (0.75 * 1_000_000) / 8,
};
/** How much slower a phone of the middle is. */
const slowdown = 4;
const idleMs = 3_000;
const patienceMs = 60_000;

/** Runs in the page before anything else: tasks and shifts are kept, and a field is looked for. */
const watching = `(() => {
  const seen = (window.seen = { longest: 0, shift: 0 });
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) seen.longest = Math.max(seen.longest, task.duration);
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) seen.shift += shift.value;
  }).observe({ type: 'layout-shift', buffered: true });
  const all = function* (root) {
    for (const element of root.querySelectorAll('*')) {
      yield element;
      if (element.shadowRoot) yield* all(element.shadowRoot);
    }
  };
  const find = (fits) => { for (const element of all(document)) if (fits(element)) return element; };
  const isSeen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && element.getBoundingClientRect().width > 0;
  const fields = 'textarea, input:not([type]), input[type=text], [contenteditable=true], [contenteditable=plaintext-only]';
  window.field = () => find((element) => element.matches(fields) && !element.disabled && isSeen(element));
  window.launcher = () => find((element) => element.matches('#launcher, button') && isSeen(element));
  window.open = () => new Promise((resolve) => {
    const started = performance.now();
    window.launcher().click();
    const look = () => {
      const field = window.field();
      if (!field) return void requestAnimationFrame(look);
      field.focus();
      resolve(performance.now() - started);
    };
    look();
  });
})()`;

interface Load {
  requests: number;
  /** On the wire, headers included. */
  bytes: number;
}

/** One page of the site, on a slow phone. */
export class Visit {
  readonly page: Page;
  readonly #cdp: CDPSession;
  readonly #load: Load = { requests: 0, bytes: 0 };

  private constructor(page: Page, cdp: CDPSession) {
    this.page = page;
    this.#cdp = cdp;
  }

  static async begin(browser: Browser, url: string): Promise<Visit> {
    const context = await browser.newContext({ viewport: { width: 1_000, height: 700 } });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const visit = new Visit(page, cdp);
    await cdp.send('Network.enable');
    await cdp.send('Performance.enable');
    const documents = new Set<string>();
    cdp.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
      if (type === 'Document') documents.add(requestId);
      else if (!request.url.startsWith('data:')) visit.#load.requests += 1;
    });
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (!documents.has(requestId)) visit.#load.bytes += encodedDataLength;
    });
    cdp.on('Network.webSocketCreated', () => (visit.#load.requests += 1));
    await page.addInitScript(watching);
    await cdp.send('Network.emulateNetworkConditions', slow4g);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await page.goto(url, { waitUntil: 'load' });
    await page.waitForTimeout(idleMs);
    return visit;
  }

  /** What was loaded so far, the page itself aside. */
  get load(): Load {
    return { ...this.#load };
  }

  /** ms of the main thread so far, as slow as it is here. */
  async mainThread(): Promise<number> {
    const { metrics } = await this.#cdp.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
  }

  /** The longest task in ms, 0 if none took 50; and the sum of layout shifts. */
  seen(): Promise<{ longest: number; shift: number }> {
    return this.page.evaluate('window.seen');
  }

  /** ms from a click on the launcher until one can write; Infinity if never. */
  async open(): Promise<number> {
    const opened = this.page.evaluate('window.open()') as Promise<number>;
    let timer: NodeJS.Timeout | undefined;
    const never = new Promise<number>((resolve) => {
      timer = setTimeout(() => resolve(Infinity), patienceMs);
    });
    try {
      return await Promise.race([opened.catch(() => Infinity), never]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** What belongs to the opening comes after the field. */
  async settle(): Promise<void> {
    await this.page.waitForTimeout(idleMs);
  }

  async end(): Promise<void> {
    await this.page.context().close();
  }
}
