import { events } from '#kit/protocol/events.js';
import type * as p from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import { joinInbox } from '../usecases/join-inbox.js';
import { contactHandlers } from './contact-handlers.js';
import type { JoinedAgents } from './joined-agents.js';
import { listHandlers } from './list-handlers.js';
import { composeHandlers } from './mail-handlers.js';
import { savedTextHandlers } from './saved-text-handlers.js';
import { teamHandlers } from './team-handlers.js';
import type { ChannelPorts, Scope, TopicDefinition } from './topic-channel.js';

type Inbox = Scope<AgentCaller>;

/** `inbox:<workspace id>`: while an agent has joined it, they are there. */
export function inboxTopic(
  { ports }: ChannelPorts,
  joined: JoinedAgents,
): TopicDefinition<AgentCaller> {
  return {
    kind: 'inbox',
    presence: true,
    callerType: 'agent',
    mayJoin: (caller, id) => caller.workspaceId === id,

    async join({ context, caller }, payload: p.InboxJoin) {
      const leave = await ports.roster.connect(caller.workspaceId, caller.agentId);
      if (context.signal.aborted) leave();
      else context.signal.addEventListener('abort', leave, { once: true });
      joined.add(context, caller.agentId);
      try {
        const reply = await joinInbox(ports, caller, payload);
        context.track(caller.agentId, {});
        joined.welcome(context, caller.agentId);
        return reply;
      } catch (fault) {
        leave();
        throw fault;
      }
    },

    handlers: {
      [events.snapshotGet]: ({ caller }: Inbox, payload: p.InboxJoin) =>
        joinInbox(ports, caller, payload),
      ...listHandlers(ports),
      ...contactHandlers(ports),
      ...composeHandlers(ports),
      ...savedTextHandlers(ports),
      ...teamHandlers(ports),
    },
  };
}
