import { defaultView } from '../../domain/index.js';
import {
  events,
  limits,
  type AgentHours,
  type AgentPreferences,
  type AgentStatusSet,
  type ById,
  type ContactLift,
  type ContactsBlocked,
  type ContactsFind,
  type ConversationsBulk,
  type ConversationsList,
  type ConversationsSearch,
  type ConversationStart,
  type GroupSave,
  type InboxJoin,
  type InboxJoined,
  type MeReply,
  type ReplySave,
  type TemplateSave,
} from '../../protocol/index.js';
import type { Acts } from './acts.js';
import type { Caller } from './caller.js';
import { handle, refuse, type Handlers } from './handlers.js';
import type { Channel } from './network.js';
import { findContacts, searchConversations } from './search.js';
import { agentSnapshot, conversationSnapshot, mailOf, meSnapshot } from './snapshots.js';
import { repliesFor } from './team-acts.js';
import { blockedContacts, windowOf } from './windows.js';
import { agentOf, type Workspace } from './workspace.js';

/** The topic that all agents of a workspace share. */
export function createInboxChannel(
  workspace: Workspace,
  acts: Acts,
): (id: string) => Channel<Caller> {
  function joined(
    agentId: string,
    { view = defaultView, limit = limits.pageSize }: InboxJoin,
  ): InboxJoined {
    return {
      workspace: { id: workspace.id, name: workspace.name },
      me: meSnapshot(agentOf(workspace, agentId)),
      agents: [...workspace.agents.values()].map(agentSnapshot),
      groups: [...workspace.groups.values()],
      replies: repliesFor(workspace, agentId),
      templates: [...workspace.templates.values()],
      mail: mailOf(workspace),
      counts: workspace.tally.counts(),
      window: windowOf(workspace, view, agentId, null, limit),
      missedAfterMs: workspace.settings.missedAfterMs,
      serverTime: workspace.now(),
    };
  }

  const me = (agentId: string): MeReply => ({ me: meSnapshot(agentOf(workspace, agentId)) });

  const conversations: Handlers<string> = {
    [events.conversationsList](payload, agentId) {
      const { view, after, limit = limits.pageSize } = payload as ConversationsList;
      return windowOf(workspace, view, agentId, after ?? null, limit);
    },
    [events.conversationsSearch]: (payload) =>
      searchConversations(workspace, payload as ConversationsSearch),
    [events.conversationsClose]: (payload, agentId) => ({
      ids: acts.setStates((payload as ConversationsBulk).ids, agentId, 'closed'),
    }),
    [events.conversationsReopen]: (payload, agentId) => ({
      ids: acts.setStates((payload as ConversationsBulk).ids, agentId, 'open'),
    }),
    [events.conversationsDelete]: (payload) => ({
      ids: acts.deleteConversations((payload as ConversationsBulk).ids),
    }),
    [events.conversationStart](payload, agentId) {
      const conversation = acts.startConversation(agentId, payload as ConversationStart);
      return { conversation: conversationSnapshot(workspace, conversation) };
    },
  };

  const contacts: Handlers<string> = {
    [events.contactsFind]: (payload) => findContacts(workspace, (payload as ContactsFind).query),
    [events.contactsBlocked]: (payload) => blockedContacts(workspace, payload as ContactsBlocked),
    [events.contactLift](payload, agentId) {
      acts.liftBlock((payload as ContactLift).contactId, agentId);
      return {};
    },
  };

  const agents: Handlers<string> = {
    [events.agentStatus](payload, agentId) {
      acts.setStatus(agentId, (payload as AgentStatusSet).status);
      return me(agentId);
    },
    [events.agentPreferences](payload, agentId) {
      acts.setPreferences(agentId, payload as AgentPreferences);
      return me(agentId);
    },
    [events.agentHours](payload, agentId) {
      acts.setHours(agentId, (payload as AgentHours).hours);
      return me(agentId);
    },
  };

  const team: Handlers<string> = {
    [events.groupSave]: (payload, agentId) => ({
      group: acts.saveGroup(agentId, payload as GroupSave),
    }),
    [events.groupDelete](payload, agentId) {
      acts.deleteGroup(agentId, (payload as ById).id);
      return {};
    },
    [events.replySave]: (payload, agentId) => ({
      reply: acts.saveReply(agentId, payload as ReplySave),
    }),
    [events.replyDelete](payload, agentId) {
      acts.deleteReply(agentId, (payload as ById).id);
      return {};
    },
    [events.templateSave]: (payload, agentId) => ({
      template: acts.saveTemplate(agentId, payload as TemplateSave),
    }),
    [events.templateDelete](payload) {
      acts.deleteTemplate((payload as ById).id);
      return {};
    },
  };

  const handlers: Handlers<string> = {
    [events.snapshotGet]: (payload, agentId) => joined(agentId, payload as InboxJoin),
    ...conversations,
    ...contacts,
    ...agents,
    ...team,
  };

  return (id) => ({
    join(context, payload) {
      const { caller } = context;
      if (caller.type !== 'agent' || id !== workspace.id) return refuse('forbidden');
      const { id: agentId } = agentOf(workspace, caller.agentId);
      acts.tab(agentId, 1);
      context.track(agentId, {});
      return { ok: joined(agentId, payload as InboxJoin) };
    },
    handle: (context, event, payload) =>
      context.caller.type === 'agent'
        ? handle(handlers, event, payload, context.caller.agentId, context)
        : refuse('forbidden'),
    terminate: ({ caller }) => caller.type === 'agent' && acts.tab(caller.agentId, -1),
  });
}
