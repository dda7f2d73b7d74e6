import type { Clock } from './ports.js';

/**
 * Versions of snapshots that are not numbered in the database, or whose number there would tell a
 * visitor about what only agents see. Each is greater than all before it, also after a restart.
 * Take the stamp before reading: then the greatest stamp always holds the latest change.
 */
export type Stamp = () => number;

export function createStamp(clock: Clock): Stamp {
  let last = 0;
  return () => (last = Math.max(last + 1, clock.now()));
}
