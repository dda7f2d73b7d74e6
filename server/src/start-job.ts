import type { Metrics } from './metrics.js';

export interface Job {
  /** As the metrics call it. */
  name: string;
  /** What the log says when it fails. */
  fault: string;
  everyMs: number;
  /** From the start to the first time; `everyMs` by default. */
  firstMs?: number;
  /** Ends early once the signal is aborted, and leaves the rest to the next. */
  work(ending: AbortSignal): Promise<unknown>;
}

/**
 * Does something now and then, never twice at a time. Gives the way to end it, which resolves when
 * nothing is under way any more.
 */
export function startJob(
  { name, fault, everyMs, firstMs = everyMs, work }: Job,
  log: { error(fields: object, message: string): void },
  metrics: Pick<Metrics, 'jobDone'>,
): () => Promise<void> {
  const ending = new AbortController();
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const run = async (): Promise<void> => {
    const startedAt = performance.now();
    const done = (outcome: 'ok' | 'failed'): void =>
      metrics.jobDone(name, outcome, performance.now() - startedAt);
    try {
      await work(ending.signal);
      done('ok');
    } catch (error) {
      done('failed');
      log.error({ err: error }, fault);
    }
  };
  const schedule = (ms: number): void => {
    timer = setTimeout(() => {
      running = run().finally(() => {
        if (!ending.signal.aborted) schedule(everyMs);
      });
    }, ms).unref();
  };
  schedule(firstMs);
  return async () => {
    ending.abort();
    clearTimeout(timer);
    await running;
  };
}
