import type { Metrics } from './metrics.js';
import type { Ports } from './usecases/act.js';
import { sweepFiles } from './usecases/sweep-files.js';

const defaultEveryMs = 10 * 60_000;
const bytesMs = 24 * 3_600_000;

/**
 * Sweeps now and then; servers that share a database take turns. Gives the way to end it, which
 * resolves when nothing is under way any more.
 */
export function startFileSweep(
  ports: Pick<Ports, 'storage' | 'files' | 'clock'>,
  log: { error(fields: object, message: string): void },
  metrics: Pick<Metrics, 'jobDone'>,
  everyMs = defaultEveryMs,
): () => Promise<void> {
  const ending = new AbortController();
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    const startedAt = performance.now();
    const done = (outcome: 'ok' | 'failed'): void =>
      metrics.jobDone('sweep-files', outcome, performance.now() - startedAt);
    running ??= sweepFiles(ports, { rowsMs: everyMs, bytesMs }, ending.signal)
      .then(
        () => done('ok'),
        (fault: unknown) => {
          done('failed');
          log.error({ err: fault }, 'files could not be swept');
        },
      )
      .finally(() => (running = undefined));
  }, everyMs).unref();
  return async () => {
    clearInterval(timer);
    ending.abort();
    await running;
  };
}
