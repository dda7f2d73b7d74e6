import type { Metrics } from './metrics.js';
import { startJob } from './start-job.js';
import type { Ports } from './usecases/act.js';
import { endHours } from './usecases/end-of-hours.js';

const everyMs = 60_000;
/** What ended while no server ran is found soon after the start. */
const firstMs = 1_000;

/** Looks every minute whose hours ended; servers that share a database take turns. */
export function startHoursJob(
  ports: Ports,
  log: { error(fields: object, message: string): void },
  metrics: Pick<Metrics, 'jobDone'>,
): () => Promise<void> {
  const fault = 'hours could not be ended';
  return startJob(
    { name: 'end-of-hours', fault, everyMs, firstMs, work: () => endHours(ports, everyMs) },
    log,
    metrics,
  );
}
