/** The measure: the database given the same statements by as many connections, and nothing else. */
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { startEmbedded } from '../../../server/src/adapters/postgres/embedded.js';
import { answerParent } from '../answering.js';
import type { Transaction } from './journal.js';

export interface AloneAsked {
  readonly journal: string;
  readonly connections: number;
  /** Of PostgreSQL, or the folder of the embedded database. */
  readonly database: { readonly url: string } | { readonly dataDir: string };
}

interface Lane {
  readonly client: pg.Client;
  readonly transactions: Transaction[];
}

let lanes: Lane[] = [];
let close: () => Promise<void> = () => Promise.resolve();

answerParent({
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
  async open({ journal, connections, database }: AloneAsked): Promise<void> {
    const { connection, end } = await connectionTo(database, connections);
    const transactions = JSON.parse(await readFile(journal, 'utf8')) as Transaction[];
    lanes = await Promise.all(
      inLanes(transactions, connections).map(async (own) => {
        const client = new pg.Client(connection);
        await client.connect();
        return { client, transactions: own };
      }),
    );
    close = async () => {
      await Promise.all(lanes.map(({ client }) => client.end()));
      await end();
    };
  },
  replay,
  close: () => close(),
});

/** The next so many transactions of the journal. Gives transactions a second. */
async function replay(count: number): Promise<number> {
  let begun = 0;
  let done = 0;
  const startedAt = performance.now();
  await Promise.all(
    lanes.map(async ({ client, transactions }) => {
      while (begun < count) {
        const transaction = transactions.shift();
        if (!transaction) return;
        begun++;
        for (const { values, ...statement } of transaction) {
          await client.query({ ...statement, values: [...values] });
        }
        done++;
      }
    }),
  );
  return (done * 1000) / (performance.now() - startedAt);
}

async function connectionTo(
  database: AloneAsked['database'],
  connections: number,
): Promise<{ connection: pg.ClientConfig; end: () => Promise<void> }> {
  if ('url' in database) {
    return { connection: { connectionString: database.url }, end: () => Promise.resolve() };
  }
  const embedded = await startEmbedded({
    dataDir: database.dataDir,
    maxConnections: connections + 1,
    onFatal: (error) => {
      throw error;
    },
  });
  return { connection: embedded.connection, end: () => embedded.close() };
}

/** All messages of one contact, whom the first statement locks, stay on one connection in order. */
function inLanes(transactions: readonly Transaction[], count: number): Transaction[][] {
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
