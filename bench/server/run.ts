/**
 * `npm run bench:server`: the channel server beside a bare `ws` server, on one machine in one run.
 *
 *   npm run bench:server                           every row; ends with 1 when a target is missed
 *   npm run bench:server -- --only echo,fanout     these rows
 *   npm run bench:server -- --sockets 10000 --seconds 5 --rounds 9
 *   npm run bench:server -- --report               shows what is missed, and ends with 0
 */
import { parseArgs } from 'node:util';
import { Child } from './child.js';
import { rows, type Figure, type Row, type Scale } from './rows.js';
import { judge, showMachine, showTable, type Round, type Verdict } from './table.js';

const modules = { bare: './subjects/bare.ts', channels: './subjects/channels.ts' } as const;
const order = ['bare', 'channels'] as const;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    sockets: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string' },
    report: { type: 'boolean', default: false },
  },
});
const names = values.only?.split(',') ?? rows.map(({ name }) => name);
const unknown = names.filter((name) => !rows.some((row) => row.name === name));
if (unknown.length > 0) {
  console.error(
    `unknown: ${unknown.join(' ')}; choose from ${rows.map(({ name }) => name).join(' ')}`,
  );
  process.exit(2);
}
const scale: Scale = { sockets: Number(values.sockets), seconds: Number(values.seconds) };

/** Both servers turn by turn, each first as often as the other, so that noise hits both. */
async function compare(row: Row, load: Child): Promise<Round[]> {
  const servers = new Map<string, Child>();
  const server = async (name: keyof typeof modules): Promise<Child> => {
    const running = servers.get(name) ?? (await Child.start(modules[name], 0));
    servers.set(name, running);
    return running;
  };
  const rounds: Round[] = [];
  try {
    for (let round = 0; round < (Number(values.rounds) || row.rounds); round++) {
      const figures: Partial<Record<keyof typeof modules, Figure>> = {};
      for (const name of round % 2 === 0 ? order : [...order].reverse()) {
        figures[name] = await row.measure(await server(name), load, scale);
        if (row.fresh) {
          await servers.get(name)?.stop();
          servers.delete(name);
        }
      }
      const { bare, channels } = figures;
      if (bare && channels) rounds.push({ bare, channels });
      process.stderr.write('.');
    }
  } finally {
    for (const child of servers.values()) await child.stop();
  }
  return rounds;
}

showMachine();
const load = await Child.start('./load.ts', 1);
const verdicts: Verdict[] = [];
try {
  for (const row of rows.filter(({ name }) => names.includes(name))) {
    process.stderr.write(`${row.name} `);
    verdicts.push(judge(row, await compare(row, load)));
    process.stderr.write('\n');
  }
} finally {
  await load.stop();
}
showTable(verdicts);
const missed = verdicts.filter(({ met }) => met === false).length;
console.log(missed === 0 ? 'every target is met' : `${missed} targets are missed`);
process.exitCode = missed === 0 || values.report ? 0 : 1;
