import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from './child.js';
import type { Bench, Figure, Round, Row, Scale } from './comparison.js';
import type { Crowd, EchoAsked, FanoutAsked, TrickleAsked, Trickled } from './load-asked.js';

const WARM_SECONDS = 0.5;
const AT_ONCE = 500;
const WARM_SOCKETS = 500;
const PATIENCE_MS = 20_000;

async function enter(server: Child, load: Child, crowd: Omit<Crowd, 'port'>): Promise<number> {
  const port = await server.ask<number>('port');
  return load.ask<number>('connect', { ...crowd, port });
}

async function leave(server: Child, load: Child): Promise<void> {
  await load.ask('cut');
  const patience = AbortSignal.timeout(PATIENCE_MS);
  while ((await server.ask<number>('sockets')) > 0)
    await sleep(10, undefined, { signal: patience });
}

/** Does something that takes time, and gives the seconds and those of the server's CPU. */
async function timed(server: Child, act: () => Promise<number>): Promise<Figure> {
  const before = await server.ask<number>('cpu');
  const value = await act();
  return { value, byCpu: (await server.ask<number>('cpu')) - before };
}

/** Runs a flow for a while and gives its rate, also by the server's CPU time. */
async function flow(
  server: Child,
  load: Child,
  name: 'echo' | 'fanout',
  asked: EchoAsked | FanoutAsked,
): Promise<Figure> {
  await load.ask(name, { ...asked, seconds: WARM_SECONDS });
  const before = await server.ask<number>('cpu');
  const startedAt = performance.now();
  const value = await load.ask<number>(name, asked);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = (await server.ask<number>('cpu')) - before;
  const busy = Math.min(1, cpu / Math.min(seconds, asked.seconds));
  return {
    value,
    byCpu: (value * asked.seconds) / cpu,
    note: `${Math.round(busy * 100)} % of a core`,
  };
}

async function memoryEach(
  server: Child,
  load: Child,
  sockets: number,
  topics: Crowd['topics'],
): Promise<Figure> {
  // Code, shapes and pools are there before; what is left is what a socket costs.
  await enter(server, load, { sockets: WARM_SOCKETS, atOnce: AT_ONCE, topics });
  await leave(server, load);
  const before = await server.ask<number>('memory');
  await enter(server, load, { sockets, atOnce: AT_ONCE, topics });
  const after = await server.ask<number>('memory');
  await leave(server, load);
  return { value: (after - before) / sockets / 1024 };
}

const subjects = { theirs: './subjects/bare.ts', ours: './subjects/channels.ts' } as const;
type Side = keyof typeof subjects;

interface SideBySide extends Omit<Row, 'against' | 'compare'> {
  /** Every measurement gets a server that was just started. */
  readonly fresh?: boolean;
  readonly rounds: number;
  measure(server: Child, load: Child, scale: Scale): Promise<Figure>;
}

/** Both servers turn by turn, each first as often as the other, so that noise hits both. */
function sideBySide({ fresh, rounds, measure, ...row }: SideBySide): Row {
  const compare = async (bench: Bench): Promise<Round[]> => {
    const running = new Map<Side, Child>();
    const done: Round[] = [];
    const measured = async (side: Side): Promise<Figure> => {
      const server = running.get(side) ?? (await Child.start(subjects[side], 0));
      running.set(side, server);
      const figure = await measure(server, bench.load, bench.scale);
      if (fresh) {
        await server.stop();
        running.delete(side);
      }
      return figure;
    };
    try {
      for (let round = 0; round < (bench.rounds ?? rounds); round++) {
        const first = round % 2 === 0 ? await measured('theirs') : undefined;
        const ours = await measured('ours');
        done.push({ ours, theirs: first ?? (await measured('theirs')) });
        bench.progress();
      }
    } finally {
      for (const server of running.values()) await server.stop();
    }
    return done;
  };
  return { ...row, against: 'bare ws', compare };
}

const measured: readonly SideBySide[] = [
  {
    name: 'join',
    title: 'connect and join of all sockets',
    unit: 's',
    better: 'less',
    rounds: 5,
    async measure(server, load, { sockets }) {
      const figure = await timed(server, () =>
        enter(server, load, { sockets, atOnce: AT_ONCE, topics: 'own' }),
      );
      await leave(server, load);
      return figure;
    },
  },
  {
    name: 'memory',
    title: 'memory per joined socket',
    unit: 'KB',
    better: 'less',
    target: 1.6,
    fresh: true,
    rounds: 3,
    measure: (server, load, { sockets }) => memoryEach(server, load, sockets, 'own'),
  },
  {
    name: 'presence',
    title: 'memory per joined socket with presence',
    unit: 'KB',
    better: 'less',
    target: 2.5,
    fresh: true,
    rounds: 3,
    measure: (server, load, { sockets }) => memoryEach(server, load, sockets, 'lobbies'),
  },
  {
    name: 'echo',
    title: 'echo, 200 sockets',
    unit: '/s',
    better: 'more',
    target: 0.7,
    rounds: 7,
    async measure(server, load, { seconds }) {
      await enter(server, load, { sockets: 200, atOnce: 200, topics: 'own' });
      const figure = await flow(server, load, 'echo', { seconds });
      await leave(server, load);
      return figure;
    },
  },
  {
    name: 'fanout',
    title: 'deliveries of a fan-out to 500',
    unit: '/s',
    better: 'more',
    target: 0.9,
    rounds: 7,
    async measure(server, load, { seconds }) {
      await enter(server, load, { sockets: 500, atOnce: 500, topics: 'one' });
      const figure = await flow(server, load, 'fanout', { seconds, window: 8 });
      await leave(server, load);
      return figure;
    },
  },
  {
    name: 'storm',
    title: '2,000 cut, back and joined',
    unit: 's',
    better: 'less',
    target: 1.3,
    rounds: 7,
    async measure(server, load) {
      await enter(server, load, { sockets: 2_000, atOnce: 2_000, topics: 'own' });
      const figure = await timed(server, () => load.ask<number>('storm'));
      await leave(server, load);
      return figure;
    },
  },
  {
    name: 'topics',
    title: 'one small topic a socket, 2,000 messages/s: delivered',
    unit: '%',
    better: 'more',
    floor: 100,
    rounds: 3,
    async measure(server, load, { sockets, seconds }) {
      await enter(server, load, { sockets, atOnce: AT_ONCE, topics: 'pairs' });
      const asked: TrickleAsked = { seconds: seconds * 2, rate: 2_000 };
      const before = await server.ask<number>('cpu');
      const { delivered, rate, p50Ms, p95Ms } = await load.ask<Trickled>('trickle', asked);
      const cpu = (await server.ask<number>('cpu')) - before;
      await leave(server, load);
      const busy = Math.round((cpu / asked.seconds) * 100);
      return {
        value: delivered * 100,
        note:
          `${Math.round(rate)}/s, p50 ${p50Ms.toFixed(1)} ms, ` +
          `p95 ${p95Ms.toFixed(1)} ms, ${busy} % of a core`,
      };
    },
  },
];

export const channelRows: readonly Row[] = measured.map(sideBySide);
