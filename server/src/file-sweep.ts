import type { Ports } from './usecases/act.js';
import { sweepFiles } from './usecases/sweep-files.js';

const everyMs = 10 * 60_000;

/** Sweeps now and then; servers that share a database take turns. Gives the way to end it. */
export function startFileSweep(
  ports: Pick<Ports, 'storage' | 'files' | 'clock'>,
  log: { error(fields: object, message: string): void },
): () => void {
  const timer = setInterval(() => {
    sweepFiles(ports, everyMs).catch((fault: unknown) => {
      log.error({ err: fault }, 'files could not be swept');
    });
  }, everyMs).unref();
  return () => clearInterval(timer);
}
