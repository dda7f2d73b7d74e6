import type { WidgetColors, WidgetPosition } from '../domain/index.js';
import type { VisitorIdentity } from '../protocol/index.js';

/** A message as callbacks are given it. */
export interface ToldMessage {
  /** Null for what the visitor has just written: the server has not numbered it yet. */
  id: string | null;
  type: 'visitor' | 'agent';
  text: string;
  /** Epoch ms. */
  createdAt: number;
  agentId: string | null;
  agentName: string | null;
}

/** A host's own words, by name of the text, or by key of the kit's table of strings. */
export interface Phrases {
  readonly [name: string]: string | Phrases;
}

/** What the host's own login says of its visitor, or what gives it when it is needed. */
export type GivenIdentity = VisitorIdentity | (() => VisitorIdentity | Promise<VisitorIdentity>);

/** What a page sets before the script (S5.15). All are optional; what is missing the workspace decides. */
export interface ChatOptions {
  buttonStyle?: 'round' | 'tab';
  buttonPosition?: WidgetPosition;
  /** Height of the round button in px. */
  buttonSize?: number;
  /** Selector of the page's own buttons; the launcher is not drawn then. */
  customWidgetButton?: string;
  /** Size of the panel in px. */
  chatWidth?: number;
  chatHeight?: number;
  zIndex?: number;
  colors?: Partial<WidgetColors>;
  /** Nothing is shown until `show` or `openChat`. */
  startHidden?: boolean;
  mobileOnly?: boolean;
  disabledOnMobile?: boolean;
  /** BCP 47. */
  language?: string;
  /** Own words. */
  locale?: Phrases;
  mode?: 'widget' | 'frame';
  /** Of mode `frame`: an element, its id, or several of which the first on the page counts. */
  injectTo?: string | Element | readonly (string | Element)[];
  /** An id that nobody can guess, where the workspace accepts those. */
  visitorId?: string;
  /** Signed. */
  identity?: GivenIdentity;
  groupId?: string;
  gaTrackingId?: string;
  gaTrackerName?: string;
  disableGaTracking?: boolean;
  onNewMessage?: (message: ToldMessage) => void;
  onAnalyticEvent?: (name: string, detail: object) => void;
  onRendered?: () => void;
  deferredLoading?: boolean;
  disableChatOpenHash?: boolean;
  /** The visitor agreed to be remembered. */
  consent?: boolean;
  storage?: 'memory' | 'session' | 'local';
  /** What the page knows of its visitor. */
  integration?: Readonly<Record<string, string | number | boolean | null>>;
}
