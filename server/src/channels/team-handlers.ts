import { events } from '#kit/protocol/events.js';
import type * as p from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { Ports } from '../usecases/act.js';
import { deleteGroup } from '../usecases/delete-group.js';
import { saveGroup } from '../usecases/save-group.js';
import { setAgentStatus } from '../usecases/set-agent-status.js';
import { setHours, setPreferences } from '../usecases/set-preferences.js';
import type { Scope, TopicDefinition } from './topic-channel.js';

type Inbox = Scope<AgentCaller>;

/** On the inbox: how agents work, and the groups that they stand in. */
export function teamHandlers(ports: Ports): TopicDefinition<AgentCaller>['handlers'] {
  return {
    async [events.agentStatus]({ caller }: Inbox, payload: p.AgentStatusSet) {
      return { me: await setAgentStatus(ports, caller, payload) };
    },
    async [events.agentPreferences]({ caller }: Inbox, payload: p.AgentPreferences) {
      return { me: await setPreferences(ports, caller, payload) };
    },
    async [events.agentHours]({ caller }: Inbox, payload: p.AgentHours) {
      return { me: await setHours(ports, caller, payload) };
    },
    async [events.groupSave]({ caller }: Inbox, payload: p.GroupSave) {
      return { group: await saveGroup(ports, caller, payload) };
    },
    async [events.groupDelete]({ caller }: Inbox, payload: p.ById) {
      await deleteGroup(ports, caller, payload);
      return {};
    },
  };
}
