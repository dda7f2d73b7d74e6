import { isPossible, type AgentStatus, type Hours, type Preferences } from '../../domain/index.js';
import { CodedError } from '../../protocol/index.js';
import type { Lines } from './lines.js';
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

export function createAgentActs(workspace: Workspace, tell: Tell, lines: Lines): AgentActs {
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
      for (const conversation of workspace.conversations.values()) {
        const { assigneeIds, live, state } = conversation;
        if (!assigneeIds.includes(agentId)) continue;
        const others = assigneeIds.filter((id) => id !== agentId);
        if (live && state === 'open') lines.assign(conversation, null, others);
        else conversation.assigneeIds = others;
        tell.conversation(conversation);
      }
      for (const [id, { saved }] of workspace.replies) {
        if (saved.ownerId === agentId) workspace.replies.delete(id);
      }
      const groups = [...workspace.groups.values()].filter((each) =>
        each.memberIds.includes(agentId),
      );
      for (const group of groups) {
        group.memberIds = group.memberIds.filter((id) => id !== agentId);
        group.version++;
      }
      workspace.agents.delete(agentId);
      if (groups.length > 0) tell.groups();
      tell.agentRemoved(agentId);
      tell.availability();
    },
  };
}
