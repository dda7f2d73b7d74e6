import type { Clock } from './ports.js';

/**
 * Versions of snapshots that are not numbered in the database, or whose number there would tell a
 * visitor about what only agents see. Each is greater than all before it, also after a restart.
 * Take the stamp before reading: then the greatest stamp always holds the latest change.
 */
export interface Stamp {
  (): number;
  /** The greatest given or observed so far. */
  last(): number;
  /** A stamp of another node: from here on this node's are greater, whatever its clock says. */
  observe(stamp: number): void;
}

export function createStamp(clock: Clock): Stamp {
  let last = 0;
  return Object.assign(() => (last = Math.max(last + 1, clock.now())), {
    last: () => last,
    observe: (stamp: number) => void (last = Math.max(last, stamp)),
  });
}
