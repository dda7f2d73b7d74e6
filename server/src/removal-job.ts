import type { Metrics } from './metrics.js';
import { startJob } from './start-job.js';
import type { Ports } from './usecases/act.js';
import { removeDeleted } from './usecases/remove-deleted.js';

const defaultEveryMs = 30_000;

/** Takes away what deleted conversations held; servers that share a database take turns. */
export function startRemovalJob(
  ports: Pick<Ports, 'storage' | 'clock'>,
  log: { error(fields: object, message: string): void },
  metrics: Pick<Metrics, 'jobDone'>,
  everyMs = defaultEveryMs,
): () => Promise<void> {
  return startJob(
    {
      name: 'remove-deleted',
      fault: 'the content of deleted conversations could not be taken away',
      everyMs,
      work: (ending) => removeDeleted(ports, everyMs, ending),
    },
    log,
    metrics,
  );
}
