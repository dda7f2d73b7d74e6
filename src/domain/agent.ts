import type { Hours } from './hours.js';

/** What an agent chose to be: `invisible` works but gets no new chats (S4.1). */
export type AgentStatus = 'online' | 'offline' | 'invisible';

export type AgentRole = 'owner' | 'admin' | 'agent';

/** Somebody who answers, as other agents of the workspace see them. */
export interface Agent {
  id: string;
  /** Shown to visitors too. `Owner` until the first owner gave a name. */
  name: string;
  avatarUrl: string | null;
  role: AgentRole;
  /** What others see: the chosen status while a tab is connected, else `offline`. */
  status: AgentStatus;
  /** Epoch ms since when the agent is not offline; null while offline. */
  availableSince: number | null;
  /** Rises with every change; a lower one is stale. */
  version: number;
}

/** What an agent knows of themselves. */
export interface Me extends Agent {
  email: string | null;
  /** False until the agent chose a password: the inbox then asks for one. */
  hasPassword: boolean;
  /** True once the agent gave a name. */
  named: boolean;
  preferences: Preferences;
  /** When the agent is available; null where they choose it by hand alone (S4.3). */
  hours: Hours | null;
}

/**
 * Which conversations an agent wants to hear of (S3.36): `mine` those that they have, `unassigned`
 * those that nobody has as well, `all` each.
 */
export type Scope = 'mine' | 'unassigned' | 'all';

/** How an agent works; each holds on all their devices. */
export interface Preferences {
  /** Enter sends and Shift+Enter breaks the line; false turns it round (S3.27). */
  enterSends: boolean;
  /** Single keys act where nobody types (S3.37). */
  shortcuts: boolean;
  sound: Scope | 'none';
  desktop: Scope | 'none';
  /** The number in the title and on the icon. */
  badge: Scope | 'none';
}

export const defaultPreferences: Preferences = {
  enterSends: true,
  shortcuts: true,
  sound: 'unassigned',
  desktop: 'none',
  badge: 'unassigned',
};

/** Whether an agent with this choice hears of a conversation with these assignees. */
export function isInScope(
  scope: Scope | 'none',
  assigneeIds: readonly string[],
  me: string,
): boolean {
  if (scope === 'none' || scope === 'all') return scope === 'all';
  return assigneeIds.includes(me) || (scope === 'unassigned' && assigneeIds.length === 0);
}

/** What a visitor may know of an agent. */
export type PublicAgent = Pick<Agent, 'id' | 'name' | 'avatarUrl'>;

/** Agents by specialty, language or site (S4.6). */
export interface Group {
  id: string;
  /** What agents call it. */
  name: string;
  /** What visitors read, by language of the widget; where one is missing, `name`. */
  names: Record<string, string>;
  /** Hidden from visitors. */
  private: boolean;
  memberIds: string[];
  /** Rises with every change; a lower one is stale. */
  version: number;
}

/** Invisible counts as available for those who wait (S2.4). */
export function isAvailable(agent: Pick<Agent, 'status'>): boolean {
  return agent.status !== 'offline';
}
