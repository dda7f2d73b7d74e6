import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { MessageKind } from '#kit/domain/index.js';
import type { ErrorCode } from '#kit/protocol/errors.js';
import type { EventName } from '#kit/protocol/events.js';
import type { TopicKind } from '#kit/protocol/topics.js';

export type Outcome = 'ok' | ErrorCode;

/** What the server counts. No label ever holds what a user chose: an id, an address, a name. */
export interface Metrics {
  /** A channel was joined, or refused with a code. */
  joined(topic: TopicKind, outcome: Outcome): void;
  /** A channel that had been joined ended. */
  left(topic: TopicKind): void;
  /** A push was answered. Unknown events are all one. */
  pushed(event: EventName | 'unknown', outcome: Outcome): void;
  /** From the arrival of a `message:send` to the reply after its commit. */
  acknowledged(ms: number): void;
  messageStored(kind: MessageKind): void;
  /** A client was told to wait. */
  refused(where: 'connect' | 'join' | 'push' | 'http'): void;
  uploaded(outcome: Outcome, bytes: number): void;
  /** A try to hand over an email ended; `later`: another one follows. */
  emailed(outcome: 'sent' | 'failed' | 'later'): void;
  /** `job` is the name of a kind of work, such as `sweep-files`. */
  jobDone(job: string, outcome: 'ok' | 'failed', ms: number): void;
  requested(request: { method: string; route: string; status: number; ms: number }): void;
  bus: BusMetrics;
}

/** What a bus between nodes tells. */
export interface BusMetrics {
  /** A message of another node arrived. */
  received(kind: string): void;
  /** The connection came back after it was lost. */
  reconnected(): void;
  /** A number was missing, or a node was new: what it said before is looked for in the database. */
  gapFound(): void;
  /** The database was asked what had not been heard; so many changes were told then. */
  swept(missed: number): void;
}

/** What is asked for when the metrics are read, instead of being counted. */
export interface Gauges {
  sockets(): { websocket: number; longpoll: number };
  /** Connections of the database pool, and callers that wait for one. */
  pool(): { total: number; idle: number; waiting: number };
  /** Emails on their way, asked of the database; null where none are sent. */
  emailsWaiting: (() => Promise<number>) | null;
  /** What the bus between nodes says of itself; null where there is one node only. */
  bus: {
    isConnected(): boolean;
    peers(): number;
    /** From publishing to hearing itself, when it last did; null before. */
    lagMs(): number | null;
  } | null;
}

export interface MetricsRegistry extends Metrics {
  readonly contentType: string;
  /** From then on these are part of what is exposed. */
  observe(gauges: Gauges): void;
  /** In the text format of Prometheus. */
  expose(): Promise<string>;
}

/** Plain sums, handed to Prometheus when it reads them: counting costs one look into a map. */
class Tally {
  readonly #sums = new Map<string, { values: readonly string[]; sum: number }>();

  constructor(register: Registry, name: string, help: string, labelNames: readonly string[] = []) {
    const sums = this.#sums;
    new Counter({
      name,
      help,
      labelNames,
      registers: [register],
      collect() {
        this.reset();
        for (const { values, sum } of sums.values()) {
          this.inc(Object.fromEntries(labelNames.map((label, at) => [label, values[at]])), sum);
        }
      },
    });
    if (labelNames.length === 0) this.add([], 0);
  }

  add(values: readonly string[], by = 1): void {
    const key = values.length === 1 ? (values[0] ?? '') : values.join(' ');
    const entry = this.#sums.get(key);
    if (entry) entry.sum += by;
    else this.#sums.set(key, { values, sum: by });
  }
}

const requestBuckets = [0.005, 0.025, 0.1, 0.5, 2.5, 10];
const acknowledgementBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** `process`: also memory, garbage collection and event loop lag; once in a process. */
export function createMetrics({ process = false } = {}): MetricsRegistry {
  const register = new Registry();
  if (process) collectDefaultMetrics({ register });
  const tally = (name: string, help: string, labels?: readonly string[]): Tally =>
    new Tally(register, `convkit_${name}_total`, help, labels);
  const histogram = (name: string, help: string, buckets: number[]): Histogram =>
    new Histogram({ name: `convkit_${name}_seconds`, help, buckets, registers: [register] });

  const joins = tally('joins', 'Joins answered', ['topic', 'outcome']);
  const pushes = tally('pushes', 'Pushes answered', ['event', 'outcome']);
  const stored = tally('messages_stored', 'Messages committed', ['kind']);
  const refusals = tally('refusals', 'Clients told to wait by a limit', ['where']);
  const uploads = tally('uploads', 'Uploads ended', ['outcome']);
  const uploadBytes = tally('upload_bytes', 'Bytes of uploads that were kept');
  const emails = tally('emails', 'Tries to hand over an email', ['outcome']);
  const jobs = tally('jobs', 'Background jobs ended', ['job', 'outcome']);
  const jobSeconds = tally('job_seconds', 'Time spent in background jobs', ['job']);
  const received = tally('bus_received', 'Messages of other nodes', ['kind']);
  const reconnects = tally('bus_reconnects', 'Times that the bus came back');
  const gaps = tally('bus_gaps', 'Gaps found in what the bus brought');
  const sweeps = tally('bus_sweeps', 'Comparisons with the database');
  const missed = tally('bus_sweep_missed', 'Changes that only a comparison brought');
  const acknowledgement = histogram(
    'message_acknowledgement',
    'From the arrival of a message to the reply after its commit',
    acknowledgementBuckets,
  );
  const requests = new Histogram({
    name: 'convkit_http_request_seconds',
    help: 'HTTP requests answered, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: requestBuckets,
    registers: [register],
  });
  const channels = new Map<TopicKind, number>();
  const count = (topic: TopicKind, by: number): void => {
    channels.set(topic, (channels.get(topic) ?? 0) + by);
  };
  gauge(register, 'channels', 'Channels that are joined', ['topic'], (set) => {
    for (const [topic, number] of channels) set({ topic }, number);
  });

  return {
    contentType: register.contentType,
    expose: () => register.metrics(),
    observe: (gauges) => exposeGauges(register, gauges),
    joined(topic, outcome) {
      joins.add([topic, outcome]);
      if (outcome === 'ok') count(topic, 1);
    },
    left: (topic) => count(topic, -1),
    pushed: (event, outcome) => pushes.add([event, outcome]),
    acknowledged: (ms) => acknowledgement.observe(ms / 1_000),
    messageStored: (kind) => stored.add([kind]),
    refused: (where) => refusals.add([where]),
    uploaded(outcome, bytes) {
      uploads.add([outcome]);
      if (outcome === 'ok') uploadBytes.add([], bytes);
    },
    emailed: (outcome) => emails.add([outcome]),
    jobDone(job, outcome, ms) {
      jobs.add([job, outcome]);
      jobSeconds.add([job], ms / 1_000);
    },
    requested: ({ method, route, status, ms }) =>
      requests.observe({ method, route, status: String(status) }, ms / 1_000),
    bus: {
      received: (kind) => received.add([kind]),
      reconnected: () => reconnects.add([]),
      gapFound: () => gaps.add([]),
      swept(changes) {
        sweeps.add([]);
        missed.add([], changes);
      },
    },
  };
}

function exposeGauges(register: Registry, gauges: Gauges): void {
  gauge(register, 'sockets', 'Clients that are connected', ['transport'], (set) => {
    for (const [transport, number] of Object.entries(gauges.sockets())) set({ transport }, number);
  });
  const states = 'Connections of the database pool, and callers that wait for one';
  gauge(register, 'database_connections', states, ['state'], (set) => {
    const { total, idle, waiting } = gauges.pool();
    set({ state: 'used' }, total - idle);
    set({ state: 'idle' }, idle);
    set({ state: 'waiting' }, waiting);
  });
  const { bus, emailsWaiting } = gauges;
  if (emailsWaiting) {
    new Gauge({
      name: 'convkit_emails_waiting',
      help: 'Emails on their way, of all servers together',
      registers: [register],
      async collect() {
        // The database may be away; the others are exposed all the same.
        const waiting = await emailsWaiting().catch(() => null);
        if (waiting === null) this.reset();
        else this.set(waiting);
      },
    });
  }
  if (!bus) return;
  gauge(register, 'bus_connected', 'Whether messages of other nodes arrive', [], (set) => {
    set({}, bus.isConnected() ? 1 : 0);
  });
  gauge(register, 'bus_peers', 'Other nodes that are alive', [], (set) => set({}, bus.peers()));
  gauge(register, 'bus_lag_seconds', 'From publishing to hearing it oneself', [], (set) => {
    const lagMs = bus.lagMs();
    if (lagMs !== null) set({}, lagMs / 1_000);
  });
}

function gauge(
  register: Registry,
  name: string,
  help: string,
  labelNames: readonly string[],
  read: (set: (labels: Record<string, string>, value: number) => void) => void,
): void {
  new Gauge({
    name: `convkit_${name}`,
    help,
    labelNames,
    registers: [register],
    collect() {
      this.reset();
      read((labels, value) => this.set(labels, value));
    },
  });
}
