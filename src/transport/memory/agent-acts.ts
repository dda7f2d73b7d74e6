import { isPossible, type AgentStatus, type Hours, type Preferences } from '../../domain/index.js';
import { CodedError } from '../../protocol/index.js';
import { agentSnapshot } from './snapshots.js';
import type { Tell } from './tell.js';
import { agentOf, type Workspace } from './workspace.js';

export interface AgentActs {
  setStatus(agentId: string, status: AgentStatus): void;
  /** One tab of an agent came or went. */
  tab(agentId: string, change: 1 | -1): void;
  setPreferences(agentId: string, preferences: Partial<Preferences>): void;
  setHours(agentId: string, hours: Hours | null): void;
  /** An agent leaves the workspace; conversations name them no more. */
  removeAgent(agentId: string): void;
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
      agent.version++;
      tell.me(agentId);
    },
    setHours(agentId, hours) {
      if (hours && !isPossible(hours)) throw new CodedError('invalid_payload');
      const agent = agentOf(workspace, agentId);
      agent.hours = hours;
      agent.version++;
      tell.me(agentId);
    },
    removeAgent(agentId) {
      agentOf(workspace, agentId);
      workspace.agents.delete(agentId);
      for (const group of workspace.groups.values()) {
        group.memberIds = group.memberIds.filter((id) => id !== agentId);
      }
      for (const conversation of workspace.conversations.values()) {
        if (!conversation.assigneeIds.includes(agentId)) continue;
        conversation.assigneeIds = conversation.assigneeIds.filter((id) => id !== agentId);
        tell.conversation(conversation);
      }
      tell.agentRemoved(agentId);
      tell.availability();
    },
  };
}
