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
  const seen = (window.seen = { longest: 0, shift: 0, idle: Infinity });
  addEventListener('load', () => requestIdleCallback(() => (seen.idle = Date.now())));
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
  const until = (find) => new Promise((resolve) => {
    const look = () => {
      const found = find();
      if (found) resolve(found);
      else requestAnimationFrame(look);
    };
    look();
  });
  window.open = async (started) => {
    const launcher = await until(window.launcher);
    started ??= performance.now();
    launcher.click();
    (await until(window.field)).focus();
    return performance.now() - started;
  };
  window.hover = () => {
    const launcher = window.launcher();
    for (const type of ['pointerover', 'pointerenter', 'mouseover', 'mouseenter'])
      launcher.dispatchEvent(new PointerEvent(type, { bubbles: type.endsWith('over'), composed: true }));
  };
})()`;

/** When a mouse that wants something rests on it before it clicks. */
const hoverMs = 300;

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
  /** When each request began, in epoch ms. */
  readonly #begun: number[] = [];

  private constructor(page: Page, cdp: CDPSession) {
    this.page = page;
    this.#cdp = cdp;
  }

  /** Waits until nothing goes on any more, unless it is to be used `atOnce`. */
  static async begin(browser: Browser, url: string, { atOnce = false } = {}): Promise<Visit> {
    const context = await browser.newContext({ viewport: { width: 1_000, height: 700 } });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const visit = new Visit(page, cdp);
    await cdp.send('Network.enable');
    await cdp.send('Performance.enable');
    const documents = new Set<string>();
    cdp.on('Network.requestWillBeSent', ({ requestId, type, request, wallTime }) => {
      if (type === 'Document') documents.add(requestId);
      else if (!request.url.startsWith('data:')) {
        visit.#load.requests += 1;
        visit.#begun.push(wallTime * 1_000);
      }
    });
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (!documents.has(requestId)) visit.#load.bytes += encodedDataLength;
    });
    cdp.on('Network.webSocketCreated', () => (visit.#load.requests += 1));
    await page.addInitScript(watching);
    await cdp.send('Network.emulateNetworkConditions', slow4g);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await page.goto(url, { waitUntil: atOnce ? 'commit' : 'load' });
    if (!atOnce) await page.waitForTimeout(idleMs);
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

  /**
   * The longest task in ms, 0 if none took 50; the sum of layout shifts; and how many requests began
   * before the page was loaded and idle for the first time.
   */
  async seen(): Promise<{ longest: number; shift: number; early: number }> {
    const seen = await this.page.evaluate<{ longest: number; shift: number; idle: number }>(
      'window.seen',
    );
    return { ...seen, early: this.#begun.filter((at) => at < seen.idle).length };
  }

  async hover(): Promise<void> {
    await this.page.evaluate('window.hover()');
    await this.page.waitForTimeout(hoverMs);
  }

  /**
   * ms from a click on the launcher until one can write, or from the page's beginning with a click as
   * soon as there is one; Infinity if never.
   */
  async open(from: 'click' | 'navigation' = 'click'): Promise<number> {
    const opened = this.page.evaluate<number>(`window.open(${from === 'click' ? '' : '0'})`);
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
