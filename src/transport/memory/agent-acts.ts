import type { AgentStatus, Hours, Preferences } from '../../domain/index.js';
import { agentSnapshot } from './snapshots.js';
import type { Tell } from './tell.js';
import { agentOf, type Workspace } from './workspace.js';

export interface AgentActs {
  setStatus(agentId: string, status: AgentStatus): void;
  /** One tab of an agent came or went. */
  tab(agentId: string, change: 1 | -1): void;
  setPreferences(agentId: string, preferences: Partial<Preferences>): void;
  setHours(agentId: string, hours: Hours | null): void;
}

export function createAgentActs(workspace: Workspace, tell: Tell): AgentActs {
  /** Runs a change of who is there, and starts or ends the time of being available. */
  function changeStatus(agentId: string, change: () => void): void {
    const agent = agentOf(workspace, agentId);
    const before = agentSnapshot(agent).status;
    change();
    const after = agentSnapshot(agent).status;
    if (before === after) return;
    if (after === 'offline') agent.availableSince = null;
    else if (before === 'offline') agent.availableSince = workspace.now();
    tell.agent(agentId);
    tell.availability();
  }

  return {
    setStatus: (agentId, status) =>
      changeStatus(agentId, () => (agentOf(workspace, agentId).status = status)),
    tab: (agentId, change) =>
      changeStatus(agentId, () => (agentOf(workspace, agentId).tabs += change)),
    setPreferences(agentId, preferences) {
      const agent = agentOf(workspace, agentId);
      agent.preferences = { ...agent.preferences, ...preferences };
      tell.agent(agentId);
    },
    setHours(agentId, hours) {
      agentOf(workspace, agentId).hours = hours;
      tell.agent(agentId);
    },
  };
}
