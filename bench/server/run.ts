/**
 * `npm run bench:server`: the server beside what it is built on, on one machine in one run.
 *
 *   npm run bench:server                           every row; ends with 1 when a target is missed
 *   npm run bench:server -- --only echo,fanout     these rows
 *   npm run bench:server -- --sockets 10000 --seconds 5 --rounds 9
 *   npm run bench:server -- --by-cpu               judged by CPU time: for a machine others use too
 *   npm run bench:server -- --report               shows what is missed, and ends with 0
 */
import { parseArgs } from 'node:util';
import { showMachine } from '../table.js';
import { Child } from './child.js';
import { Unavailable } from './comparison.js';
import { durableRows } from './durable/rows.js';
import { channelRows } from './rows.js';
import { judge, showTable, type Verdict } from './table.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    sockets: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '2' },
    messages: { type: 'string', default: '4000' },
    rounds: { type: 'string' },
    'by-cpu': { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
});
const rows = [...channelRows, ...durableRows];
const known = rows.map(({ name }) => name);
const names = values.only?.split(',') ?? known;
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(' ')}; choose from ${known.join(' ')}`);
  process.exit(2);
}

showMachine();
const load = await Child.start('./load.ts', 1);
const bench = {
  load,
  scale: {
    sockets: Number(values.sockets),
    seconds: Number(values.seconds),
    messages: Number(values.messages),
  },
  rounds: values.rounds === undefined ? undefined : Number(values.rounds),
  progress: () => void process.stderr.write('.'),
};
const verdicts: Verdict[] = [];
try {
  for (const row of rows.filter(({ name }) => names.includes(name))) {
    process.stderr.write(`${row.name} `);
    try {
      verdicts.push(judge(row, await row.compare(bench), values['by-cpu']));
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      console.log(`${row.name} is left out: ${error.message}`);
    }
    process.stderr.write('\n');
  }
} finally {
  await load.stop();
}
showTable(verdicts);
const missed = verdicts.filter(({ met }) => met === false).length;
console.log(missed === 0 ? 'every target is met' : `targets missed: ${missed}`);
process.exitCode = missed === 0 || values.report ? 0 : 1;
