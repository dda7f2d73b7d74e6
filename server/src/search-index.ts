import type { Metrics } from './metrics.js';
import type { DomainEvent, EventBus } from './ports.js';
import { startJob } from './start-job.js';
import type { Ports } from './usecases/act.js';
import { searchBatch, sweepSearch, takeAllIn } from './usecases/sweep-search.js';

/** Soon enough for whoever looks for what was just written, and so many messages at once that each costs little. */
const soonMs = 500;
const laterMs = 5_000;
/** More than these are left to the sweep. */
const mostWaiting = 20_000;
const sweepMs = 30_000;
/** What a server left when it ended is found soon after the start. */
const firstMs = 1_000;

interface SearchLog {
  error(fields: object, message: string): void;
}

/** Takes what this server commits into what search finds, soon after and never on the way of a message. */
export class SearchIndex {
  readonly #ports: Pick<Ports, 'storage'>;
  readonly #log: SearchLog;
  readonly #waiting = new Set<string>();
  readonly #ending = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  /** A database that is away is told of once. */
  #isFailing = false;

  constructor(ports: Pick<Ports, 'storage'>, log: SearchLog) {
    this.#ports = ports;
    this.#log = log;
  }

  /** A server that has published an event has committed what it tells of. */
  published(event: DomainEvent): void {
    if (event.type === 'message') this.#await(event.message.conversationId);
    if (event.type === 'contact') for (const id of event.conversationIds) this.#await(id);
  }

  /** Resolves when nothing is under way any more; what waits is left to the sweep. */
  async close(): Promise<void> {
    this.#ending.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }

  #await(conversationId: string): void {
    if (this.#waiting.size >= mostWaiting) return;
    this.#waiting.add(conversationId);
    if (!this.#timer && !this.#running) this.#schedule(soonMs);
  }

  #schedule(ms: number): void {
    if (this.#ending.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#running = this.#run().then((isDone) => {
        this.#running = undefined;
        if (this.#waiting.size > 0) this.#schedule(isDone ? soonMs : laterMs);
      });
    }, ms).unref();
  }

  async #run(): Promise<boolean> {
    const ids = [...this.#waiting];
    this.#waiting.clear();
    try {
      for (let from = 0; from < ids.length; from += searchBatch) {
        const batch = ids.slice(from, from + searchBatch);
        if (!(await takeAllIn(this.#ports, batch, this.#ending.signal))) return true;
      }
      this.#isFailing = false;
      return true;
    } catch (fault) {
      for (const id of ids) this.#waiting.add(id);
      if (!this.#isFailing) {
        this.#log.error({ err: fault }, 'what was written could not be made searchable');
      }
      this.#isFailing = true;
      return false;
    }
  }
}

/** The same events, of which the index hears what this server itself publishes. */
export function indexedEvents(events: EventBus, index: Pick<SearchIndex, 'published'>): EventBus {
  return {
    publish(event) {
      events.publish(event);
      index.published(event);
    },
    subscribe: (listener) => events.subscribe(listener),
  };
}

/** Takes in what servers missed that ended, and what was stored before there was an index. */
export function startSearchSweep(
  ports: Pick<Ports, 'storage' | 'clock'>,
  log: SearchLog,
  metrics: Pick<Metrics, 'jobDone'>,
): () => Promise<void> {
  return startJob(
    {
      name: 'sweep-search',
      fault: 'what was written could not all be made searchable',
      everyMs: sweepMs,
      firstMs,
      work: (ending) => sweepSearch(ports, sweepMs, ending),
    },
    log,
    metrics,
  );
}
