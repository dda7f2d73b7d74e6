/** The measure: the database given the same statements by as many connections, and nothing else. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbedded } from '../../../server/src/adapters/postgres/embedded.js';
import { answerParent } from '../answering.js';
import type { Transaction } from './journal.js';

export interface AloneAsked {
  readonly journal: string;
  readonly connections: number;
  readonly warmSeconds: number;
  readonly seconds: number;
  /** Of PostgreSQL, or the folder of the embedded database. */
  readonly database: { readonly url: string } | { readonly dataDir: string };
}

export interface Replayed {
  /** Transactions a second. */
  readonly rate: number;
  /** With those of the time before. */
  readonly total: number;
}

answerParent({
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
  async replay({ database, ...asked }: AloneAsked): Promise<Replayed> {
    if ('url' in database) return replay({ connectionString: database.url }, asked);
    const embedded = await startEmbedded({
      dataDir: database.dataDir,
      maxConnections: asked.connections + 1,
      onFatal: (error) => {
        throw error;
      },
    });
    try {
      return await replay(embedded.connection, asked);
    } finally {
      await embedded.close();
    }
  },
});

async function replay(
  connection: pg.ClientConfig,
  { journal, connections, warmSeconds, seconds }: Omit<AloneAsked, 'database'>,
): Promise<Replayed> {
  const lanes = lanesOf(JSON.parse(await readFile(journal, 'utf8')) as Transaction[], connections);
  const clients = await Promise.all(
    lanes.map(async () => {
      const client = new pg.Client(connection);
      await client.connect();
      return client;
    }),
  );
  let done = 0;
  let running = true;
  const loops = clients.map(async (client, index) => {
    for (const transaction of lanes[index] ?? []) {
      if (!running) return;
      for (const { values, ...statement } of transaction) {
        await client.query({ ...statement, values: [...values] });
      }
      done++;
    }
    running = false;
  });
  const ended = Promise.race(loops);
  await Promise.race([sleep(warmSeconds * 1000), ended]);
  const before = done;
  const startedAt = performance.now();
  await Promise.race([sleep(seconds * 1000), ended]);
  const replayed = {
    rate: ((done - before) * 1000) / (performance.now() - startedAt),
    total: done,
  };
  running = false;
  await Promise.all(loops);
  await Promise.all(clients.map((client) => client.end()));
  return replayed;
}

/** All messages of one contact, whom the first statement locks, stay on one connection in order. */
function lanesOf(transactions: readonly Transaction[], count: number): Transaction[][] {
  const lanes = Array.from({ length: count }, (): Transaction[] => []);
  const laneOf = new Map<unknown, number>();
  for (const transaction of transactions) {
    const contact = transaction[1]?.values[0];
    const lane = laneOf.get(contact) ?? laneOf.size % count;
    laneOf.set(contact, lane);
    lanes[lane]?.push(transaction);
  }
  return lanes;
}
