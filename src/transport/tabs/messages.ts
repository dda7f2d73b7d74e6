import type { WireError } from '../../protocol/index.js';
import type { Connection, PresenceKeys } from '../transport.js';

/**
 * What tabs say to each other. Tabs of two deployed versions may be open at once: a change that the
 * other would misread takes the next number, and the two keep a connection each.
 */
export const tabsVersion = 1;

/** What a tab asks of the one that leads. */
export type Asked =
  /** Who leads? */
  | { type: 'hello' }
  /** Somebody looks at this tab. */
  | { type: 'visible' }
  | { type: 'connect' }
  | { type: 'subscribe'; topic: string; payload: object }
  | { type: 'leave'; topic: string }
  | { type: 'push'; id: number; topic: string; event: string; payload: object }
  /** The tab goes. */
  | { type: 'bye' };

/** What the leader tells, to one tab or to all. */
export type Told =
  | { type: 'lead'; connection: Connection; visible: boolean }
  /** The leader goes. */
  | { type: 'gone' }
  /** The lock is this tab's to take. */
  | { type: 'yield' }
  | { type: 'joined'; topic: string; reply: unknown }
  /** The join's payload was used and refused for now; what is it by this time? */
  | { type: 'again'; topic: string }
  | { type: 'lost'; topic: string }
  | { type: 'closed'; topic: string }
  | { type: 'refused'; topic: string; error: WireError }
  | { type: 'event'; topic: string; event: string; payload: unknown }
  | { type: 'presence'; topic: string; present: PresenceKeys }
  | { type: 'replied'; id: number; reply: unknown }
  | { type: 'failed'; id: number; error: WireError };

/** What clients tell each other, whoever leads. */
export interface Said {
  type: 'say';
  message: object;
}

export type Posted = (Asked | Told | Said) & {
  /** Only for this tab; for all when missing. */
  to?: string;
};

export type TabMessage = Posted & { from: string };

export type Tell = (message: Told, to?: string) => void;
