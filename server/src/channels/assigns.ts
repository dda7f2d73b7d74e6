import type { Caller } from '../auth/tokens.js';
import type { ChannelContext } from '../phoenix/index.js';

/** What is known of a socket since it was opened. */
export interface Assigns {
  caller: Caller;
  /** Unique among sockets, to count what one of them does. */
  socketKey: string;
  userAgent: string | null;
  /** Where it came from, past the proxies that are trusted. */
  address: string;
  /** Where it came from: a keyed hash of the network. */
  network: string;
  /** Epoch ms at which the caller was last found welcome. */
  welcomeAt: number;
}

export type Context = ChannelContext<Assigns>;
