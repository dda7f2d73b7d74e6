import type { Browser } from '@playwright/test';
import { figure, median, showColumns } from '../table.js';
import type { Site } from './site.js';
import { Tab } from './tab.js';

export interface ListRow {
  name: string;
  /** ms until cards are in view. */
  firstPaint: number;
  /** Cards that the list had loaded when updates began. */
  loaded: number;
  updates: number;
  /** The longest task of all rounds, in ms; 0 when none took 50 or more. */
  longest: number;
  /** Of the median round. */
  longTasks: number;
  /** Of the median round, in percent of the frames that were due. */
  dropped: number;
  /** The most that there were. */
  nodes: number;
}

export interface ListScale {
  conversations: number;
  /** How many pages are read before the updates begin. */
  pages: number;
  perSecond: number;
  seconds: number;
  rounds: number;
}

const forms = [
  { name: 'list, as used', path: 'list/', reads: true },
  { name: 'list, all in the store', path: 'list/?all', reads: false },
];

export async function measureLists(
  browser: Browser,
  site: Site,
  scale: ListScale,
  progress: () => void,
): Promise<ListRow[]> {
  const rounds = forms.map((): Omit<ListRow, 'name'>[] => []);
  for (let round = 0; round < scale.rounds; round += 1) {
    for (const [index, { path, reads }] of forms.entries()) {
      rounds[index]?.push(await measureList(browser, site, path, reads ? scale.pages : 0, scale));
      progress();
    }
  }
  return forms.map(({ name }, index) => summary(name, rounds[index] ?? []));
}

async function measureList(
  browser: Browser,
  site: Site,
  path: string,
  pages: number,
  { conversations, perSecond, seconds }: ListScale,
): Promise<Omit<ListRow, 'name'>> {
  const tab = await Tab.open(browser, site, path);
  try {
    await tab.page.evaluate((count) => window.list.prepare(count), conversations);
    const firstPaint = await tab.page.evaluate(() => window.list.show());
    const loaded = await tab.page.evaluate((count) => window.list.read(count), pages);
    const arrivals = await tab.page.evaluate(([rate, time]) => window.list.receive(rate, time), [
      perSecond,
      seconds,
    ] as const);
    const { frames, dropped } = arrivals;
    return { ...arrivals, firstPaint, loaded, dropped: (100 * dropped) / (frames + dropped) };
  } finally {
    await tab.close();
  }
}

function summary(name: string, rounds: readonly Omit<ListRow, 'name'>[]): ListRow {
  const of = (key: keyof Omit<ListRow, 'name'>): number[] => rounds.map((round) => round[key]);
  return {
    name,
    firstPaint: median(of('firstPaint')),
    loaded: median(of('loaded')),
    updates: median(of('updates')),
    longest: Math.max(...of('longest')),
    longTasks: median(of('longTasks')),
    dropped: median(of('dropped')),
    nodes: Math.max(...of('nodes')),
  };
}

export function showLists(rows: readonly ListRow[]): void {
  showColumns([
    [
      '',
      'first paint',
      'cards',
      'updates',
      'longest task',
      'over 50 ms',
      'frames dropped',
      'nodes',
    ],
    ...rows.map((row) => [
      row.name,
      `${figure(row.firstPaint)} ms`,
      row.loaded.toLocaleString('en'),
      row.updates.toLocaleString('en'),
      row.longest === 0 ? 'under 50 ms' : `${figure(row.longest)} ms`,
      String(row.longTasks),
      `${row.dropped.toFixed(1)} %`,
      row.nodes.toLocaleString('en'),
    ]),
  ]);
  console.log('');
}
