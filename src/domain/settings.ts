import type { Routing } from './routing.js';
import type { PublicAgent } from './agent.js';
import type { WidgetMode } from './widget-mode.js';

export type Tracking = 'none' | 'consent' | 'always';

/** What a workspace decides; the server validates and stores it whole. */
export interface WorkspaceSettings {
  /** After how many ms without an answer a conversation is missed (S2.3). */
  missedAfterMs: number;
  /** What the widget does when nobody is online. */
  whenOffline: Exclude<WidgetMode, 'live'>;
  /** Null means the widget's own words in the visitor's language. */
  greeting: string | null;
  tracking: Tracking;
  /** Who gets a conversation that nobody has (S4.5). */
  routing: Routing;
  /** Visitors choose a group (S4.6). */
  askGroup: boolean;
  /** Where answers to emails arrive; null where mail goes out from nobody. */
  mailbox: string | null;
}

export const defaultSettings: WorkspaceSettings = {
  missedAfterMs: 30_000,
  whenOffline: 'messenger',
  greeting: null,
  tracking: 'consent',
  routing: 'none',
  askGroup: false,
  mailbox: null,
};

/** The settings that a visitor's widget obeys. */
export interface WidgetSettings {
  workspaceName: string;
  greeting: string | null;
  tracking: Tracking;
  version: number;
}

/** Who is there to answer. Faces are of online agents, else of those who last answered; at most 3. */
export interface Availability {
  mode: WidgetMode;
  agents: PublicAgent[];
  version: number;
}
