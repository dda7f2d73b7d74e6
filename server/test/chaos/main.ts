/**
 * `npm run test:chaos`: real clients and real servers under faults, and a verdict that reads the
 * database and each client's store past the product.
 *
 *   npm run test:chaos                  one server on its embedded database
 *   npm run test:chaos -- --long        three servers, PostgreSQL and Redis
 *   npm run test:chaos -- --seed 7      the plan of that seed
 *   npm run test:chaos -- --messages 200   fewer or more; with fewer it fails in the end, as too little
 *   npm run test:chaos -- --source      servers from their sources, not as built
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { oneNode } from './one-node.js';
import { makePlan, type Size } from './plan.js';
import { runChaos } from './run.js';
import { threeNodes } from './three-nodes.js';
import { buildServer } from './server-process.js';
import type { Stage } from './stage.js';

interface Form {
  size: Size;
  open(options: { fromSource: boolean }): Promise<Stage>;
  /** What the run must have come to, or it proves too little. */
  least: { messages: number; cuts: number };
}

const short: Form = {
  open: oneNode,
  least: { messages: 1_000, cuts: 50 },
  size: {
    visitors: 14,
    agents: 3,
    messages: 1_100,
    linkFaults: 170,
    kills: 3,
    nodes: 1,
    drains: 0,
    restarts: [],
    longpollClients: 1,
  },
};

const long: Form = {
  open: threeNodes,
  least: { messages: 5_000, cuts: 250 },
  size: {
    visitors: 50,
    agents: 5,
    messages: 5_400,
    linkFaults: 600,
    kills: 6,
    nodes: 3,
    drains: 4,
    restarts: ['redis', 'database', 'redis', 'database'],
    longpollClients: 5,
  },
};

const { values } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    source: { type: 'boolean', default: false },
    seed: { type: 'string' },
    messages: { type: 'string' },
  },
});
const form = values.long ? long : short;
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
const started = performance.now();
const log = (line: string): void => {
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);
};

log(`seed ${seed}: npm run test:chaos -- --seed ${seed}${values.long ? ' --long' : ''}`);
const messages = Number(values.messages ?? form.size.messages);
const plan = makePlan(seed, { ...form.size, messages });
if (!values.source) await buildServer();
const stage = await form.open({ fromSource: values.source }).catch((error: Error) => {
  console.error(`The chaos suite cannot begin: ${error.message}`);
  process.exit(1);
});
log(`${plan.visitors.length} visitors, ${plan.agents.length} agents, ${plan.messages} messages`);
const { verdict, kills, cuts } = await runChaos(plan, stage, { log }).finally(() =>
  stage.destroy(),
);

const faults = (['lost', 'doubled', 'misdelivered', 'reordered'] as const).flatMap((kind) =>
  verdict[kind].map((sentence) => `${kind}: ${sentence}`),
);
if (kills < form.size.kills) faults.push(`only ${kills} kills`);
if (cuts < form.least.cuts) faults.push(`only ${cuts} cuts`);
if (verdict.sent < form.least.messages) faults.push(`only ${verdict.sent} messages`);
for (const fault of faults.slice(0, 40)) console.log(fault);
if (faults.length > 40) console.log(`and ${faults.length - 40} more`);
if (process.env['TEST_TOTALS'] !== undefined) {
  const state = faults.length === 0 ? 'passed' : 'failed';
  const test = {
    file: 'server/test/chaos/main.ts',
    title: `seed ${seed}`,
    state,
    ms: performance.now() - started,
    ...(state === 'failed' && { problem: faults.slice(0, 5).join('; ') }),
  };
  const totals = { passed: 0, failed: 0, [state]: 1, skipped: [], tests: [test] };
  await writeFile(process.env['TEST_TOTALS'], JSON.stringify(totals));
}
const { sent, acked, lost, doubled, misdelivered, reordered } = verdict;
console.log(
  [
    `sent=${sent} acked=${acked} lost=${lost.length} doubled=${doubled.length}`,
    `misdelivered=${misdelivered.length} reordered=${reordered.length} kills=${kills} cuts=${cuts}`,
  ].join(' '),
);
process.exit(faults.length === 0 ? 0 : 1);
