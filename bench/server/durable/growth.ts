import type { Bench, Figure, Round } from '../comparison.js';
import type { Child } from '../child.js';
import type { Sent, Visitor } from '../load-asked.js';
import { costing } from './costing.js';
import { postgresDatabase, type Database } from './databases.js';
import { newVisitors, startNodes, withNodes, type Cluster } from './sends.js';

/** Messages that are there already. */
const SIZES = [1_000, 100_000, 1_000_000] as const;
const WARM_MESSAGES = 300;
const MESSAGES = 100;
const ROUNDS = 7;

interface Grown {
  readonly size: number;
  readonly database: Database;
  readonly cluster: Cluster;
  readonly visitor: Visitor;
}

/**
 * What one more message costs with a thousand messages stored (theirs) and with a million (ours),
 * by the median time to its acknowledgement. All sizes are measured turn by turn.
 */
export async function compareGrowth(
  bench: Bench,
  server: string,
  fill: (url: string, messages: number) => Promise<void>,
): Promise<Round[]> {
  const grown: Grown[] = [];
  try {
    for (const size of SIZES) {
      grown.push(await grow(bench.load, server, size, fill));
      bench.progress();
    }
    for (const each of grown) await send(bench.load, each, WARM_MESSAGES);
    const rounds: Round[] = [];
    for (let round = 0; round < (bench.rounds ?? ROUNDS); round++) {
      const figures = new Map<number, Figure>();
      for (const each of round % 2 === 0 ? grown : grown.toReversed()) {
        figures.set(each.size, await measure(bench.load, each));
      }
      const [theirs, middle, ours] = SIZES.map((size) => figures.get(size));
      if (!theirs || !middle || !ours) throw new Error('A size was not measured.');
      rounds.push({
        theirs,
        ours: { ...ours, note: `${middle.value.toFixed(2)} ms with 100,000` },
      });
      bench.progress();
    }
    return rounds;
  } finally {
    for (const { cluster, database } of grown) {
      await cluster.stop();
      await database.drop();
    }
  }
}

async function grow(
  load: Child,
  server: string,
  size: number,
  fill: (url: string, messages: number) => Promise<void>,
): Promise<Grown> {
  const database = await postgresDatabase(server);
  const visitor = await withNodes(database, 1, {}, async (cluster) => {
    const [first] = await newVisitors(cluster, 1);
    if (!first) throw new Error('A conversation needs a visitor.');
    await load.ask('visitors', { ports: cluster.ports, visitors: [first] });
    await load.ask('sendInTurn', 1);
    return first;
  });
  await fill(database.environment['DATABASE_URL'] ?? '', size);
  return { size, database, visitor, cluster: await startNodes(database, 1) };
}

async function send(load: Child, { cluster, visitor }: Grown, count: number): Promise<Sent> {
  await load.ask('visitors', { ports: cluster.ports, visitors: [visitor] });
  return load.ask<Sent>('sendInTurn', count);
}

async function measure(load: Child, grown: Grown): Promise<Figure> {
  const { result, cost } = await costing(grown.database, grown.cluster.nodes, () =>
    send(load, grown, MESSAGES),
  );
  const { processes, database } = cost;
  return {
    value: result.p50Ms,
    ...(database === undefined ? {} : { byCpu: (processes + database) / MESSAGES }),
  };
}
