import {
  events,
  limits,
  topics,
  type AgentMessageSend,
  type AgentTypingSet,
  type ContactBlocking,
  type ContactEarlier,
  type ContactUpdate,
  type ConversationAssign,
  type ConversationAssignGroup,
  type ConversationJoin,
  type ConversationJoined,
  type ConversationReply,
  type FilesSign,
  type MarkSet,
  type MessageDelete,
  type MessageEdit,
  type MessagesList,
  type Typing,
} from '../../protocol/index.js';
import type { Acts } from './acts.js';
import type { Caller } from './caller.js';
import { signFiles } from './files.js';
import { handle, joinPage, listMessages, refuse, type Handlers } from './handlers.js';
import { marksFor } from './marks.js';
import type { Channel } from './network.js';
import { messageFor } from './pages.js';
import { conversationSnapshot } from './snapshots.js';
import type { Broadcast } from './tell.js';
import { earlierThan } from './windows.js';
import {
  agentOf,
  contactOf,
  conversationOf,
  isVisitors,
  type StoredConversation,
  type StoredMessage,
  type Workspace,
} from './workspace.js';

interface InConversation {
  agentId: string;
  id: string;
}

/** The topic of one conversation, for agents; an earlier one can be joined and read. */
export function createConversationChannel(
  workspace: Workspace,
  acts: Acts,
  broadcast: Broadcast,
): (id: string) => Channel<Caller> {
  function joined(id: string, { since }: ConversationJoin): ConversationJoined {
    const conversation = conversationOf(workspace, id);
    return {
      conversation: conversationSnapshot(workspace, conversation),
      contact: contactOf(workspace, conversation.contactId),
      visit: workspace.visits.get(conversation.contactId) ?? null,
      messages: joinPage('agent', conversation, since),
      serverTime: workspace.now(),
    };
  }

  const reply = (conversation: StoredConversation): ConversationReply => ({
    conversation: conversationSnapshot(workspace, conversation),
  });
  const stored = (message: StoredMessage): object => ({ message: messageFor('agent', message) });

  const messages: Handlers<InConversation> = {
    [events.messageSend]: (payload, { id, agentId }) =>
      stored(acts.agentWrites(id, agentId, payload as AgentMessageSend)),
    [events.messageEdit](payload, { id, agentId }) {
      const { messageId, text } = payload as MessageEdit;
      return stored(acts.edit(id, agentId, messageId, text));
    },
    [events.messageDelete]: (payload, { id, agentId }) =>
      stored(acts.remove(id, agentId, (payload as MessageDelete).messageId)),
    [events.messagesList]: (payload, { id }) =>
      listMessages('agent', conversationOf(workspace, id), payload as MessagesList),
    [events.emailRetry]: (payload, { id }) =>
      stored(acts.retryEmail(id, (payload as MessageDelete).messageId)),
    [events.filesSign]: (payload, { agentId }) =>
      signFiles(workspace, { type: 'agent', agentId }, (payload as FilesSign).ids),
    [events.mark](payload, { id, agentId }) {
      const { delivered, read } = payload as MarkSet;
      const mark = {
        ...(delivered === undefined ? {} : { delivered }),
        ...(read === undefined ? {} : { read }),
      };
      return marksFor('agent', acts.raiseMark(id, { agentId }, mark));
    },
    [events.typing](payload, { id, agentId }, context) {
      const { typing, kind } = payload as AgentTypingSet;
      const conversation = conversationOf(workspace, id);
      const { name, avatarUrl } = agentOf(workspace, agentId);
      const shown: Typing = {
        author: { type: 'agent', id: agentId, name, avatarUrl },
        typing,
        ttlMs: limits.typingTtlMs,
      };
      context.broadcastFrom(events.typing, shown);
      if (kind === 'reply' && isVisitors(conversation)) {
        broadcast(topics.visitor(conversation.contactId), events.typing, shown);
      }
      return {};
    },
  };

  const conversation: Handlers<InConversation> = {
    [events.conversationAssign]: (payload, { id, agentId }) =>
      reply(acts.assign(id, agentId, (payload as ConversationAssign).assigneeIds)),
    [events.conversationAssignGroup]: (payload, { id, agentId }) =>
      reply(acts.assignGroup(id, agentId, (payload as ConversationAssignGroup).groupId)),
    [events.conversationClose]: (_, { id, agentId }) => reply(acts.setState(id, agentId, 'closed')),
    [events.conversationReopen]: (_, { id, agentId }) => reply(acts.setState(id, agentId, 'open')),
    [events.conversationDelete](_, { id }) {
      acts.deleteConversation(id);
      return {};
    },
  };

  const contact: Handlers<InConversation> = {
    [events.contactEarlier]: (payload, { id }) =>
      earlierThan(workspace, conversationOf(workspace, id), payload as ContactEarlier),
    [events.contactUpdate](payload, { id }) {
      const { contactId } = conversationOf(workspace, id);
      acts.updateContact(contactId, payload as ContactUpdate);
      return { contact: contactOf(workspace, contactId) };
    },
    [events.contactBlock](payload, { id, agentId }) {
      const { address } = payload as ContactBlocking;
      return { contact: acts.setBlocked(id, agentId, address ? 'address' : 'contact') };
    },
    [events.contactUnblock]: (_, { id, agentId }) => ({
      contact: acts.setBlocked(id, agentId, null),
    }),
  };

  const handlers: Handlers<InConversation> = {
    [events.snapshotGet]: (payload, { id }) => joined(id, payload as ConversationJoin),
    ...messages,
    ...conversation,
    ...contact,
  };

  return (id) => ({
    join(context, payload) {
      const { caller } = context;
      if (caller.type !== 'agent') return refuse('forbidden');
      if (!workspace.conversations.has(id)) return refuse('conversation_not_found');
      context.track(caller.agentId, {});
      return { ok: joined(id, payload as ConversationJoin) };
    },
    handle: (context, event, payload) =>
      context.caller.type === 'agent'
        ? handle(handlers, event, payload, { id, agentId: context.caller.agentId }, context)
        : refuse('forbidden'),
  });
}
