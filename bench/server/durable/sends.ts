import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VisitorTokenReply } from '../../../src/protocol/http.js';
import { Child } from '../child.js';
import type { Bench, Figure, Round } from '../comparison.js';
import type { Sent, Visitor } from '../load-asked.js';
import type { AloneAsked } from './alone.js';
import { costing, type Cost } from './costing.js';
import type { Database } from './databases.js';

const VISITORS = 64;
/** Of each node, until code is compiled and connections are open. */
const WARM_MESSAGES = 2_000;
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
  const { messages } = scale;
  const warm = WARM_MESSAGES * nodes;
  const folder = await mkdtemp(join(tmpdir(), 'bench-journal-'));
  const journal = join(folder, 'journal.json');

  let visitors: Visitor[] = [];
  await withNodes(database, 1, {}, async (cluster) => {
    visitors = await newVisitors(cluster, VISITORS);
    await load.ask('visitors', { ports: cluster.ports, visitors });
    await load.ask('sendTogether', VISITORS);
    await load.ask('visitors', { ports: [], visitors: [] });
  });

  const send = async (
    count: number,
    variables: Readonly<Record<string, string>>,
    after?: (cluster: Cluster) => Promise<void>,
  ): Promise<Figure> => {
    const copy = await database.copy();
    try {
      return await withNodes(copy, count, variables, async (cluster) => {
        await load.ask('visitors', { ports: cluster.ports, visitors });
        await load.ask('sendTogether', warm);
        const { result, cost } = await costing(copy, cluster.nodes, () =>
          load.ask<Sent>('sendTogether', messages),
        );
        await load.ask('visitors', { ports: [], visitors: [] });
        await after?.(cluster);
        const { rate, p50Ms, p95Ms } = result;
        const latency = `p50 ${p50Ms.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms, `;
        return figure(rate, messages, cost, latency);
      });
    } finally {
      await copy.drop();
    }
  };

  const replay = async (): Promise<Figure> => {
    const copy = await database.copy();
    const alone = await Child.start('./durable/alone.ts', 0, { TSX_TSCONFIG_PATH: SERVER_CONFIG });
    try {
      const connections = asked.connections * nodes;
      const question: AloneAsked = { journal, connections, database: copy.address };
      await alone.ask('open', question);
      await alone.ask('replay', warm);
      const { result, cost } = await costing(copy, [alone], () =>
        alone.ask<number>('replay', messages),
      );
      await alone.ask('close');
      return figure(result, messages, cost, '');
    } finally {
      await alone.stop();
      await copy.drop();
    }
  };

  try {
    await send(1, { BENCH_JOURNAL: 'yes' }, async (cluster) => {
      await cluster.nodes[0]?.ask('writeJournal', journal);
    });
    const rounds: Round[] = [];
    for (let round = 0; round < (bench.rounds ?? asked.rounds); round++) {
      const first = round % 2 === 0 ? await replay() : undefined;
      const ours = await send(nodes, environment ?? {});
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

function figure(rate: number, total: number, { processes, database }: Cost, note: string): Figure {
  const ms = (seconds: number): string => ((seconds * 1000) / total).toFixed(2);
  const byDatabase = database === undefined ? '' : ` + ${ms(database)} ms of the database`;
  return {
    value: rate,
    note: `${note}${ms(processes)} ms of CPU each${byDatabase}`,
    ...(database === undefined ? {} : { byCpu: total / (processes + database) }),
  };
}
