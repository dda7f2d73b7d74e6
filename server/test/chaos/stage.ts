import type { Upstream } from './proxy.js';
import type { Truth } from './truth.js';

/** The servers of a run and all that can be done to them. */
export interface Stage {
  readonly nodes: number;
  /** Ids of the two workspaces. */
  readonly workspaces: readonly [string, string];
  /** Where the next connection goes; a node that is down may be named. */
  upstream(): Upstream;
  /** `kill -9`, and a start on the same data and port. Resolves when it serves again. */
  kill(node: number): Promise<void>;
  /** SIGTERM, which lets clients go, and a start. */
  drain(node: number): Promise<void>;
  restart(service: 'database' | 'redis'): Promise<void>;
  /** Ends the servers and reads what they have stored. */
  end(): Promise<Truth>;
  /** Leaves nothing behind. */
  destroy(): Promise<void>;
}

/** With which the host application of both workspaces signs for its agents. */
export const hostSecret = 'the secret of the host application in the chaos suite';
export const hostAuth = { type: 'secret', secrets: [hostSecret], issuer: null, audience: null };
