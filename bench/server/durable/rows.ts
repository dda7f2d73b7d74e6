import { startServices } from '../../../scripts/services.mjs';
import { Unavailable, type Bench, type Round, type Row } from '../comparison.js';
import { embeddedDatabase, postgresDatabase, type Database } from './databases.js';
import { lengthen, multiply } from './fill.js';
import { compareGrowth } from './growth.js';
import { compareSends } from './sends.js';

/** As in `server/src/adapters/postgres/open-storage.ts`. */
const POOL = { embedded: 1, postgres: 10 };

/** A PostgreSQL that really writes to the disk before it answers, and a Redis. */
async function withServices(
  act: (services: { databaseUrl: string; redisUrl: string | undefined }) => Promise<Round[]>,
): Promise<Round[]> {
  const { databaseUrl, redisUrl, reasons, stop } = await startServices({ durable: true });
  try {
    if (databaseUrl === undefined) throw new Unavailable(reasons.database ?? 'no PostgreSQL');
    return await act({ databaseUrl, redisUrl });
  } finally {
    await stop();
  }
}

async function dropping(
  database: Database,
  act: (database: Database) => Promise<Round[]>,
): Promise<Round[]> {
  try {
    return await act(database);
  } finally {
    await database.drop();
  }
}

const sends = { unit: '/s', better: 'more' } as const;
/** That it costs the same, as far as a measurement can tell. */
const growth = { unit: 'ms', better: 'less', target: 1.25 } as const;

export const durableRows: readonly Row[] = [
  {
    ...sends,
    name: 'pglite',
    title: 'acknowledged durable sends on PGlite',
    against: 'PGlite alone',
    compare: async (bench) =>
      dropping(await embeddedDatabase(), (database) =>
        compareSends(bench, { database, nodes: 1, connections: POOL.embedded, rounds: 3 }),
      ),
  },
  {
    ...sends,
    name: 'postgres',
    title: 'acknowledged durable sends on PostgreSQL',
    against: 'PostgreSQL alone',
    target: 0.6,
    compare: (bench) => onPostgres(bench, 1),
  },
  {
    ...sends,
    name: 'nodes',
    title: 'the same with three nodes',
    against: 'PostgreSQL alone',
    target: 0.6,
    compare: (bench) => onPostgres(bench, 3),
  },
  {
    ...growth,
    name: 'length',
    title: 'one more message in a conversation of a million',
    against: 'of a thousand',
    compare: (bench) =>
      withServices(({ databaseUrl }) => compareGrowth(bench, databaseUrl, lengthen)),
  },
  {
    ...growth,
    name: 'number',
    title: 'one more message beside a million in other conversations',
    against: 'a thousand',
    compare: (bench) =>
      withServices(({ databaseUrl }) => compareGrowth(bench, databaseUrl, multiply)),
  },
];

function onPostgres(bench: Bench, nodes: number): Promise<Round[]> {
  return withServices(async ({ databaseUrl, redisUrl }) => {
    if (nodes > 1 && redisUrl === undefined) throw new Unavailable('several nodes need a Redis');
    const environment = nodes > 1 && redisUrl !== undefined ? { REDIS_URL: redisUrl } : {};
    return dropping(await postgresDatabase(databaseUrl), (database) =>
      compareSends(bench, {
        database,
        nodes,
        connections: POOL.postgres,
        rounds: 3,
        environment,
      }),
    );
  });
}
