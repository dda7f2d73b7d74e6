import { events } from '#kit/protocol/events.js';
import type * as p from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import { joinInbox } from '../usecases/join-inbox.js';
import { listConversations } from '../usecases/list-conversations.js';
import { setAgentStatus } from '../usecases/set-agent-status.js';
import type { ChannelPorts, Scope, TopicDefinition } from './topic-channel.js';

type Inbox = Scope<AgentCaller>;

/** `inbox:<workspace id>`: while an agent has joined it, they are there. */
export function inboxTopic({ ports }: ChannelPorts): TopicDefinition<AgentCaller> {
  return {
    kind: 'inbox',
    presence: true,
    callerType: 'agent',
    mayJoin: (caller, id) => caller.workspaceId === id,

    async join({ context, caller }, payload: p.InboxJoin) {
      const leave = await ports.roster.connect(caller.workspaceId, caller.agentId);
      if (context.signal.aborted) leave();
      else context.signal.addEventListener('abort', leave, { once: true });
      try {
        const reply = await joinInbox(ports, caller, payload);
        context.track(caller.agentId, {});
        return reply;
      } catch (fault) {
        leave();
        throw fault;
      }
    },

    handlers: {
      [events.snapshotGet]: ({ caller }: Inbox, payload: p.InboxJoin) =>
        joinInbox(ports, caller, payload),
      [events.conversationsList]: ({ caller }: Inbox, payload: p.ConversationsList) =>
        listConversations(ports, caller, payload),
      async [events.agentStatus]({ caller }: Inbox, payload: p.AgentStatusSet) {
        return { me: await setAgentStatus(ports, caller, payload) };
      },
    },
  };
}
