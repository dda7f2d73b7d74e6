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
}

/** What a visitor may know of an agent. */
export type PublicAgent = Pick<Agent, 'id' | 'name' | 'avatarUrl'>;

export interface Group {
  id: string;
  name: string;
  memberIds: string[];
}

/** Invisible counts as available for those who wait (S2.4). */
export function isAvailable(agent: Pick<Agent, 'status'>): boolean {
  return agent.status !== 'offline';
}
