import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VisitorTokenReply } from '../../../src/protocol/http.js';
import { Child } from '../child.js';
import type { Bench, Figure, Round } from '../comparison.js';
import type { Sent, Visitor } from '../load-asked.js';
import type { AloneAsked, Replayed } from './alone.js';
import type { Database } from './databases.js';

const VISITORS = 64;
const WARM_SECONDS = 1.5;
/** A replay may be quicker than the server that wrote the journal. */
const JOURNAL_TIMES = 4;
const SECRET = 'a secret of the measurement, long enough for all';
const SERVER_CONFIG = new URL('../../../server/tsconfig.json', import.meta.url).pathname;
const UNLIMITED = [
  'contactsPerMinute',
  'httpPerMinute',
  'connectionsPerMinute',
  'joinsPerMinute',
  'eventsPerMinute',
  'visitorMessagesPerMinute',
]
  .map((name) => `${name}=100000000`)
  .join();

export interface Cluster {
  readonly nodes: readonly Child[];
  readonly ports: readonly number[];
  stop(): Promise<void>;
}

/** So many nodes on one database; several need a Redis. */
export async function startNodes(
  database: Database,
  count: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-node-'));
  const nodes: Child[] = [];
  const stop = async (): Promise<void> => {
    for (const node of nodes) {
      await node.ask('close');
      await node.stop();
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (let index = 0; index < count; index++) {
      const node = await Child.start('./durable/node.ts', 0, {
        TSX_TSCONFIG_PATH: SERVER_CONFIG,
        HOST: '127.0.0.1',
        PORT: '0',
        SECRET,
        LIMITS: UNLIMITED,
        DATA_DIR: join(folder, 'store'),
        FILES_DIR: join(folder, 'files'),
        DRAIN_MS: '0',
        ...database.environment,
        ...environment,
      });
      nodes.push(node);
    }
    const ports = await Promise.all(nodes.map((node) => node.ask<number>('port')));
    return { nodes, ports, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** New visitors of the default workspace, whose tokens every node takes. */
export async function newVisitors({ nodes, ports }: Cluster, count: number): Promise<Visitor[]> {
  const workspaceId = await nodes[0]?.ask<string>('workspace');
  const visitors: Visitor[] = [];
  for (let index = 0; index < count; index++) {
    const response = await fetch(`http://127.0.0.1:${ports[0]}/v1/visitor/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ workspaceId }),
    });
    if (!response.ok) throw new Error(`no visitor token: ${await response.text()}`);
    const { contactId, token } = (await response.json()) as VisitorTokenReply;
    visitors.push({ id: contactId, token });
  }
  return visitors;
}

interface Asked {
  readonly database: Database;
  readonly nodes: number;
  /** Of each node's pool. */
  readonly connections: number;
  readonly rounds: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Messages acknowledged by the server beside their transactions replayed by the database alone. */
export async function compareSends(bench: Bench, asked: Asked): Promise<Round[]> {
  const { load, scale } = bench;
  const { database, nodes, environment } = asked;
  const seconds = scale.seconds * 2;
  const folder = await mkdtemp(join(tmpdir(), 'bench-journal-'));
  const journal = join(folder, 'journal.json');

  let visitors: Visitor[] = [];
  await withNodes(database, 1, {}, async (cluster) => {
    visitors = await newVisitors(cluster, VISITORS);
    await load.ask('visitors', { ports: cluster.ports, visitors });
    await load.ask('send', { warmSeconds: 0, seconds: 0.5 });
    await load.ask('visitors', { ports: [], visitors: [] });
  });

  const send = async (
    count: number,
    variables: Readonly<Record<string, string>>,
    lasting: number,
    after?: (cluster: Cluster) => Promise<void>,
  ): Promise<Figure> => {
    const copy = await database.copy();
    try {
      return await withNodes(copy, count, variables, async (cluster) => {
        await load.ask('visitors', { ports: cluster.ports, visitors });
        const timing = { warmSeconds: WARM_SECONDS, seconds: lasting };
        const { sent, cpu } = await costing(copy, cluster.nodes, () =>
          load.ask<Sent>('send', timing),
        );
        const { rate, total, p50Ms, p95Ms } = sent;
        await load.ask('visitors', { ports: [], visitors: [] });
        await after?.(cluster);
        const latency = `p50 ${p50Ms.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms, `;
        return figure(rate, total, cpu, latency);
      });
    } finally {
      await copy.drop();
    }
  };

  const replay = async (): Promise<Figure> => {
    const copy = await database.copy();
    const alone = await Child.start('./durable/alone.ts', 0, { TSX_TSCONFIG_PATH: SERVER_CONFIG });
    try {
      const question: AloneAsked = {
        journal,
        connections: asked.connections * nodes,
        warmSeconds: WARM_SECONDS,
        seconds,
        database: copy.address,
      };
      const { sent, cpu } = await costing(copy, [alone], () =>
        alone.ask<Replayed>('replay', question),
      );
      return figure(sent.rate, sent.total, cpu, '');
    } finally {
      await alone.stop();
      await copy.drop();
    }
  };

  try {
    await send(1, { BENCH_JOURNAL: 'yes' }, seconds * JOURNAL_TIMES, async (cluster) => {
      await cluster.nodes[0]?.ask('writeJournal', journal);
    });
    const rounds: Round[] = [];
    for (let round = 0; round < (bench.rounds ?? asked.rounds); round++) {
      const first = round % 2 === 0 ? await replay() : undefined;
      const ours = await send(nodes, environment ?? {}, seconds);
      rounds.push({ ours, theirs: first ?? (await replay()) });
      bench.progress();
    }
    return rounds;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function withNodes<Result>(
  database: Database,
  count: number,
  environment: Readonly<Record<string, string>>,
  act: (cluster: Cluster) => Promise<Result>,
): Promise<Result> {
  const cluster = await startNodes(database, count, environment);
  try {
    return await act(cluster);
  } finally {
    await cluster.stop();
  }
}

interface Cost {
  readonly processes: number;
  /** Undefined where nobody knows. */
  readonly database: number | undefined;
}

/** CPU seconds that an act cost the processes and the database. */
async function costing<Result>(
  database: Database,
  processes: readonly Child[],
  act: () => Promise<Result>,
): Promise<{ sent: Result; cpu: Cost }> {
  const all = async (): Promise<number> => {
    const seconds = await Promise.all(processes.map((process) => process.ask<number>('cpu')));
    return seconds.reduce((sum, each) => sum + each, 0);
  };
  const before = { processes: await all(), database: await database.cpu() };
  const sent = await act();
  const after = { processes: await all(), database: await database.cpu() };
  const known = before.database !== undefined && after.database !== undefined;
  return {
    sent,
    cpu: {
      processes: after.processes - before.processes,
      database: known ? (after.database ?? 0) - (before.database ?? 0) : undefined,
    },
  };
}

function figure(rate: number, total: number, { processes, database }: Cost, note: string): Figure {
  const ms = (seconds: number): string => ((seconds * 1000) / total).toFixed(2);
  const byDatabase = database === undefined ? '' : ` + ${ms(database)} ms of the database`;
  return {
    value: rate,
    note: `${note}${ms(processes)} ms of CPU each${byDatabase}`,
    ...(database === undefined ? {} : { byCpu: total / (processes + database) }),
  };
}
