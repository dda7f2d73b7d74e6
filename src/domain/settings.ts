import type { Group, PublicAgent } from './agent.js';
import type { ContactForm } from './contact-form.js';
import type { Routing } from './routing.js';
import type { TargetedMessage } from './targeting.js';
import { defaultLook, type WidgetLook, type WidgetTexts } from './widget-look.js';
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
  look: WidgetLook;
  /** The workspace's own words in languages of the widget; they win over `greeting`. */
  texts: WidgetTexts;
  /** Null: nothing is asked. */
  form: ContactForm | null;
  targeted: TargetedMessage[];
  /** Visitors may rate a conversation, and are asked to when it is closed. */
  askRating: boolean;
}

export const defaultSettings: WorkspaceSettings = {
  missedAfterMs: 30_000,
  whenOffline: 'messenger',
  greeting: null,
  tracking: 'consent',
  routing: 'none',
  askGroup: false,
  mailbox: null,
  look: defaultLook,
  texts: {},
  form: null,
  targeted: [],
  askRating: true,
};

/** What a visitor may know of a group. */
export type PublicGroup = Pick<Group, 'id' | 'name' | 'names'>;

/** The settings that a visitor's widget obeys. */
export interface WidgetSettings extends Pick<
  WorkspaceSettings,
  'greeting' | 'tracking' | 'look' | 'texts' | 'form' | 'targeted' | 'askRating'
> {
  workspaceName: string;
  /** Those to choose from (S5.6); empty where the workspace does not ask. */
  groups: PublicGroup[];
  version: number;
}

/** Who is there to answer. Faces are of online agents, else of those who last answered; at most 3. */
export interface Availability {
  mode: WidgetMode;
  agents: PublicAgent[];
  version: number;
}

/** Those that a visitor may choose. */
export function publicGroups(groups: Iterable<Group>): PublicGroup[] {
  return [...groups]
    .filter((group) => !group.private)
    .map(({ id, name, names }) => ({ id, name, names }));
}
