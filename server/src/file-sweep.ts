import type { Metrics } from './metrics.js';
import { startJob } from './start-job.js';
import type { Ports } from './usecases/act.js';
import { sweepFiles } from './usecases/sweep-files.js';

const defaultEveryMs = 10 * 60_000;
const bytesMs = 24 * 3_600_000;

/** Sweeps now and then; servers that share a database take turns. */
export function startFileSweep(
  ports: Pick<Ports, 'storage' | 'files' | 'clock'>,
  log: { error(fields: object, message: string): void },
  metrics: Pick<Metrics, 'jobDone'>,
  everyMs = defaultEveryMs,
): () => Promise<void> {
  return startJob(
    {
      name: 'sweep-files',
      fault: 'files could not be swept',
      everyMs,
      work: (ending) => sweepFiles(ports, { rowsMs: everyMs, bytesMs }, ending),
    },
    log,
    metrics,
  );
}
