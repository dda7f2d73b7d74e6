import type * as names from './event-names.js';

/** Every event name of the wire contract, once. A module, so that a bundle takes what it uses. */
export * as events from './event-names.js';

export type EventName = (typeof names)[keyof typeof names];
