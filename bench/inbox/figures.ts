import type { Browser } from '@playwright/test';
import type { Acts } from './page/acts.js';
import type { Site } from './site.js';
import { Tab } from './tab.js';

/** What is measured of a thread; less is better in all. */
export const acts = ['first paint', 'scroll', 'append', 'memory', 'nodes'] as const;
export type Act = (typeof acts)[number];

export const units: Record<Act, string> = {
  'first paint': 'ms',
  scroll: 'ms',
  append: 'ms',
  memory: 'MB',
  nodes: '',
};

export interface Kit {
  name: string;
  path: string;
  own: boolean;
}

export const kits: readonly Kit[] = [
  { name: 'ours, as used', path: 'ours/', own: true },
  { name: 'ours, all in the store', path: 'ours/?all', own: true },
  { name: 'deep-chat', path: 'deep-chat/', own: false },
  { name: 'chatscope', path: 'chatscope/', own: false },
  { name: 'vaadin', path: 'vaadin/', own: false },
];

/** Values of each kit, act and number of messages, over all rounds. */
export class Figures {
  readonly #values = new Map<string, number[]>();

  add(kit: Kit, act: Act, size: number, ...values: number[]): void {
    const key = `${kit.name} ${act} ${size}`;
    this.#values.set(key, [...(this.#values.get(key) ?? []), ...values]);
  }

  /** NaN only where it was not measured. */
  of(kit: Kit, act: Act, size: number): readonly number[] {
    return this.#values.get(`${kit.name} ${act} ${size}`) ?? [];
  }
}

/** So many times in each round; each takes seconds with very many messages in some kits. */
const times = (size: number): { scrolls: number; appends: number } =>
  size > 1_000 ? { scrolls: 2, appends: 4 } : { scrolls: 4, appends: 10 };

/** One page load: everything that is measured of one kit with one number of messages. */
export async function measure(
  browser: Browser,
  site: Site,
  kit: Kit,
  size: number,
  figures: Figures,
): Promise<void> {
  const empty = await emptyPage(browser, site);
  const tab = await Tab.open(browser, site, kit.path);
  const act = (name: keyof Acts): Promise<number> =>
    tab.page.evaluate((named) => window.acts[named as 'nodes'](), name);
  /** What is not shown once, within a minute, is not waited for again. */
  const repeat = async (count: number, named: 'append' | 'scroll'): Promise<void> => {
    for (let done = 0; done < count; done += 1) {
      const ms = await act(named);
      figures.add(kit, named, size, ms);
      if (ms === Infinity) return;
    }
  };
  try {
    const before = await tab.memory();
    await tab.page.evaluate((count) => window.acts.serve(count), size);
    // The texts, and a server, which would be elsewhere.
    const served = (await tab.memory()) - before;
    await tab.page.evaluate(() => window.acts.prepare());
    figures.add(kit, 'first paint', size, await act('firstPaint'));
    figures.add(kit, 'memory', size, ((await tab.memory()) - served - empty) / 2 ** 20);
    const { scrolls, appends } = times(size);
    await repeat(appends, 'append');
    await repeat(scrolls, 'scroll');
    // After all of it: what a window keeps shows here.
    figures.add(kit, 'nodes', size, await act('nodes'));
  } finally {
    await tab.close();
  }
}

/** What a page holds without a kit, in bytes. */
async function emptyPage(browser: Browser, site: Site): Promise<number> {
  const tab = await Tab.open(browser, site, 'empty/');
  try {
    return await tab.memory();
  } finally {
    await tab.close();
  }
}
