import type { Metrics } from './metrics.js';
import type { Ports } from './usecases/act.js';
import { sweepFiles } from './usecases/sweep-files.js';

const everyMs = 10 * 60_000;
const bytesMs = 24 * 3_600_000;

/** Sweeps now and then; servers that share a database take turns. Gives the way to end it. */
export function startFileSweep(
  ports: Pick<Ports, 'storage' | 'files' | 'clock'>,
  log: { error(fields: object, message: string): void },
  metrics: Pick<Metrics, 'jobDone'>,
): () => void {
  const timer = setInterval(() => {
    const startedAt = performance.now();
    const done = (outcome: 'ok' | 'failed'): void =>
      metrics.jobDone('sweep-files', outcome, performance.now() - startedAt);
    sweepFiles(ports, { rowsMs: everyMs, bytesMs }).then(
      () => done('ok'),
      (fault: unknown) => {
        done('failed');
        log.error({ err: fault }, 'files could not be swept');
      },
    );
  }, everyMs).unref();
  return () => clearInterval(timer);
}
