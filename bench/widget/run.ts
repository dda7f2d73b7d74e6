/**
 * `npm run bench:widget`: a visitor's chat on a page, beside those of other kits as they are shipped,
 * on a slow phone with a slow 4G.
 *
 *   npm run bench:widget                    everything; ends with 1 when a target is missed
 *   npm run bench:widget -- --rounds 3      visits of each kit, turn by turn; 5 by default
 *   npm run bench:widget -- --report        shows what is missed, and ends with 0
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from '@playwright/test';
import { Server } from '../../e2e/server.js';
import { buildIfStale } from '../../scripts/build.mjs';
import { buildPages, installPeers } from '../peers.js';
import { openBrowser } from '../inbox/tab.js';
import { figure, median, p95, showColumns, showMachine } from '../table.js';
import { figures, kits, type Figure, type Kit } from './kits.js';
import { openSite, type Site } from './site.js';
import { Visit } from './visit.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    report: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const folder = fileURLToPath(new URL('./', import.meta.url));
const names = Object.keys(figures) as Figure[];
const measured = new Map<string, number[]>();
const of = (kit: Kit, name: Figure): number[] => measured.get(`${kit.name} ${name}`) ?? [];

showMachine();
await buildIfStale();
await installPeers(folder);
await buildPages(folder, ['empty', ...kits.filter(({ own }) => !own).map(({ path }) => path)]);
const server = await Server.start();
const site = await openSite(`${folder}dist`);
try {
  await server.command('settings', 'set', `allowedOrigins=${site.origin}`);
  const workspace = /ws_[\w-]+/.exec(await (await fetch(server.origin)).text())?.[0] ?? '';
  site.own = `<script async src="${server.origin}/v1/loader.js" data-workspace="${workspace}"></script>`;
  const browser = await openBrowser({ paced: true });
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const index of kits.keys()) {
        const kit = kits[(index + round) % kits.length];
        if (kit) await measure(browser, site, kit);
        process.stderr.write('.');
      }
    }
  } finally {
    await browser.close();
  }
} finally {
  site.close();
  await server.stop();
}
process.stderr.write('\n');
show();
judge();

async function measure(browser: Browser, { origin }: Site, kit: Kit): Promise<void> {
  const empty = await Visit.begin(browser, `${origin}/empty/`);
  const [alone, before] = [await empty.mainThread(), empty.load];
  await empty.end();
  const visit = await Visit.begin(browser, `${origin}/${kit.path}/`);
  const add = (name: Figure, value: number): void => {
    measured.set(`${kit.name} ${name}`, [...of(kit, name), value]);
  };
  try {
    const idle = visit.load;
    // The page without a kit has a script of its own, empty, in place of the kit's.
    add('before use, requests', idle.requests - before.requests + 1);
    add('before use, bytes', idle.bytes / 1_024);
    const resting = await visit.mainThread();
    add('before use, main thread', Math.max(0, resting - alone));
    const { longest, shift, early } = await visit.seen();
    add('before idle, requests', early);
    add('before use, longest task', longest);
    add('before use, layout shift', shift);
    if (kit.needs !== null) return;
    add('click to field', await visit.open());
    await visit.settle();
    add('in use, requests', visit.load.requests - before.requests + 1);
    add('in use, bytes', visit.load.bytes / 1_024);
    add('in use, main thread', Math.max(0, (await visit.mainThread()) - alone));
  } finally {
    await visit.end();
  }
  const hovering = await Visit.begin(browser, `${origin}/${kit.path}/`);
  await hovering.hover();
  add('hover, click to field', await hovering.open());
  await hovering.end();
  const hurrying = await Visit.begin(browser, `${origin}/${kit.path}/`, { atOnce: true });
  add('navigation to field', await hurrying.open('navigation'));
  await hurrying.end();
}

function show(): void {
  const shown = (kit: Kit, name: Figure): string => {
    const all = of(kit, name);
    if (all.length === 0) return kit.needs === null ? '' : `needs ${kit.needs}`;
    return `${short(median(all))} (${short(p95(all))})`;
  };
  showColumns([
    ['', ...kits.map(({ name }) => name), 'ours by the best'],
    ...names.map((name) => [
      `${name}${figures[name] && `, ${figures[name]}`}`,
      ...kits.map((kit) => shown(kit, name)),
      Number.isFinite(besideBest(name)) ? besideBest(name).toFixed(2) : '',
    ]),
  ]);
  console.log('\nmedian (p95)\n');
}

function short(value: number): string {
  if (value === Infinity) return 'never';
  return Number.isInteger(value) ? value.toLocaleString('en') : figure(value);
}

function besideBest(name: Figure): number {
  const peers = kits.filter((kit) => !kit.own && of(kit, name).length > 0);
  const own = kits.filter((kit) => kit.own).map((kit) => median(of(kit, name)));
  return (own[0] ?? Number.NaN) / Math.min(...peers.map((kit) => median(of(kit, name))));
}

function judge(): void {
  const [ours] = kits;
  if (!ours) return;
  const worst = (name: Figure): number => Math.max(...of(ours, name));
  const least: Figure[] = [
    'before use, bytes',
    'before use, main thread',
    'in use, bytes',
    'navigation to field',
  ];
  const targets: [what: string, figure: string, met: boolean][] = [
    [
      'requests before idle: the loader alone',
      String(worst('before idle, requests')),
      worst('before idle, requests') <= 1,
    ],
    [
      'layout shift',
      String(worst('before use, layout shift')),
      worst('before use, layout shift') === 0,
    ],
    [
      'no task over 50 ms at 4x slowdown before use',
      `${short(worst('before use, longest task'))} ms`,
      worst('before use, longest task') <= 50,
    ],
    ...least.map((name): [string, string, boolean] => [
      `${name}: less than every other`,
      besideBest(name).toFixed(2),
      besideBest(name) < 1,
    ]),
  ];
  showColumns([
    ['target', 'figure', ''],
    ...targets.map(([what, value, met]) => [what, value, met ? 'met' : 'MISSED']),
  ]);
  const missed = targets.filter(([, , met]) => !met).length;
  console.log(missed === 0 ? 'every target is met' : `targets missed: ${String(missed)}`);
  process.exitCode = missed === 0 || values.report ? 0 : 1;
}
