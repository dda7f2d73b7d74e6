import type { Lockout } from '../auth/lockout.js';
import type { MakeRateLimit } from '../rate-limits.js';
import type { Stamp } from '../stamps.js';
import type { ClusterBus } from './bus.js';

/** What makes several servers one; without it a server is alone. */
export interface Cluster {
  bus: ClusterBus;
  /** Hears the stamps of the other nodes. */
  stamp: Stamp;
  /** How often a server looks for what it may have missed, in ms; 5 s by default. */
  sweepMs?: number;
  rateLimit: MakeRateLimit;
  lockout(freeAttempts: number): Lockout;
  close(): Promise<void>;
}
