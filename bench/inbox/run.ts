/**
 * `npm run bench:inbox`: the thread beside those of other kits in one browser, and the list alone.
 *
 *   npm run bench:inbox                            everything; ends with 1 when a target is missed
 *   npm run bench:inbox -- --only threads          or lists
 *   npm run bench:inbox -- --sizes 100,1000 --rounds 3
 *   npm run bench:inbox -- --conversations 10000 --pages 5 --seconds 5
 *   npm run bench:inbox -- --paced                 with the 60 frames a second of a screen
 *   npm run bench:inbox -- --report                shows what is missed, and ends with 0
 */
import { parseArgs } from 'node:util';
import { showColumns, showMachine } from '../table.js';
import { buildPages, installPeers } from './build.js';
import { Figures, kits, measure } from './figures.js';
import { measureLists, showLists } from './list-figures.js';
import { openSite } from './site.js';
import { openBrowser } from './tab.js';
import { showThreads } from './table.js';
import { listTargets, threadTargets, type Target } from './targets.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    sizes: { type: 'string', default: '100,1000,10000' },
    rounds: { type: 'string', default: '7' },
    conversations: { type: 'string', default: '100000' },
    pages: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '10' },
    paced: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
});
if (values.only !== undefined && !['threads', 'lists'].includes(values.only)) {
  console.error(`unknown: ${values.only}; choose threads or lists`);
  process.exit(2);
}
const sizes = values.sizes.split(',').map(Number);
const rounds = Number(values.rounds);
const progress = (): void => void process.stderr.write('.');

showMachine();
await installPeers();
await buildPages();
const site = await openSite();
const targets: Target[] = [];
try {
  if (values.only !== 'lists') targets.push(...(await threads()));
  if (values.only !== 'threads') targets.push(...(await lists()));
} finally {
  site.close();
}
showColumns([
  ['target', 'figure', ''],
  ...targets.map(({ what, figure, met }) => [what, figure, met ? 'met' : 'MISSED']),
]);
const missed = targets.filter(({ met }) => !met).length;
console.log(missed === 0 ? 'every target is met' : `targets missed: ${missed}`);
process.exitCode = missed === 0 || values.report ? 0 : 1;

/** Turn by turn, each first as often as the others, so that noise of the machine meets all. */
async function threads(): Promise<Target[]> {
  const figures = new Figures();
  const browser = await openBrowser({ paced: values.paced });
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const size of sizes) {
        for (const index of kits.keys()) {
          const kit = kits[(index + round) % kits.length];
          if (kit) await measure(browser, site, kit, size, figures);
          progress();
        }
      }
    }
  } finally {
    await browser.close();
  }
  process.stderr.write('\n');
  showThreads(figures, sizes);
  return threadTargets(figures, sizes);
}

async function lists(): Promise<Target[]> {
  const browser = await openBrowser({ paced: true });
  const scale = {
    conversations: Number(values.conversations),
    pages: Number(values.pages),
    perSecond: 50,
    seconds: Number(values.seconds),
    rounds: Math.min(3, rounds),
  };
  try {
    const rows = await measureLists(browser, site, scale, progress);
    process.stderr.write('\n');
    showLists(rows);
    return listTargets(rows);
  } finally {
    await browser.close();
  }
}
