import { defaultView } from '../../domain/index.js';
import {
  CodedError,
  events,
  limits,
  type AgentMessageSend,
  type AgentStatusSet,
  type AgentTypingSet,
  type ContactBlocking,
  type ContactUpdate,
  type ConversationAssign,
  type ConversationJoin,
  type ConversationJoined,
  type ConversationsList,
  type FilesSign,
  type InboxJoin,
  type InboxJoined,
  type MarkSet,
  type MessageDelete,
  type MessageEdit,
  type MessagePage,
  type MessagesList,
  type PageViewPush,
  type Since,
  type Typing,
  type VisitorJoin,
  type VisitorJoined,
  type VisitorMessageSend,
  type VisitorTypingSet,
  toWireError,
  topics,
} from '../../protocol/index.js';
import type { Acts } from './acts.js';
import { signFiles } from './files.js';
import type { Channel, ChannelContext, Reply } from './network.js';
import {
  agentSnapshot,
  availabilityOf,
  conversationSnapshot,
  countsOf,
  marksFor,
  meSnapshot,
  messageFor,
  pageAfter,
  pageBefore,
  settingsOf,
  visitorConversation,
  windowOf,
  type Audience,
} from './snapshots.js';
import { recordPage } from './visits.js';
import {
  agentOf,
  contactOf,
  conversationOf,
  liveConversation,
  type StoredConversation,
  type Workspace,
} from './workspace.js';

export type Caller = { type: 'agent'; agentId: string } | { type: 'visitor'; contactId: string };

type Handler<Who> = (payload: unknown, who: Who, context: ChannelContext<Caller>) => object;

const refuse = (code: ConstructorParameters<typeof CodedError>[0]): Reply => ({
  error: toWireError(new CodedError(code)),
});

function handle<Who>(
  handlers: Record<string, Handler<Who>>,
  event: string,
  payload: unknown,
  who: Who,
  context: ChannelContext<Caller>,
): Reply {
  const handler = handlers[event];
  return handler ? { ok: handler(payload, who, context) } : refuse('event_unknown');
}

function listMessages(
  audience: Audience,
  conversation: StoredConversation,
  { before, after, limit = limits.pageSize }: MessagesList,
): MessagePage {
  return after === undefined
    ? pageBefore(audience, conversation, before ?? null, limit)
    : pageAfter(audience, conversation, after, limit);
}

function joinPage(
  audience: Audience,
  conversation: StoredConversation,
  since: Since | undefined,
): MessagePage {
  if (!since) return pageBefore(audience, conversation, null, limits.pageSize);
  if (since.conversationId !== conversation.id) {
    return pageBefore(audience, conversation, null, limits.pageSize, true);
  }
  return pageAfter(audience, conversation, since.seq, limits.pageSize);
}

/** The channels of the wire contract on one memory workspace. */
export function createChannels(
  workspace: Workspace,
  acts: Acts,
  broadcast: (topic: string, event: string, payload: object) => void,
): Record<'visitor' | 'inbox' | 'conversation', (id: string) => Channel<Caller>> {
  function visitorJoined(id: string, { since }: VisitorJoin): VisitorJoined {
    const live = liveConversation(workspace, id);
    return {
      // A visitor is not told of a block.
      contact: { ...contactOf(workspace, id), blocked: null },
      conversation: live ? visitorConversation(workspace, live) : null,
      messages: live ? joinPage('visitor', live, since) : null,
      settings: settingsOf(workspace),
      availability: availabilityOf(workspace),
      serverTime: workspace.now(),
    };
  }

  function inboxJoined(
    agentId: string,
    { view = defaultView, limit = limits.pageSize }: InboxJoin,
  ): InboxJoined {
    return {
      workspace: { id: workspace.id, name: workspace.name },
      me: meSnapshot(agentOf(workspace, agentId)),
      agents: [...workspace.agents.values()].map(agentSnapshot),
      groups: workspace.groups,
      counts: countsOf(workspace),
      window: windowOf(workspace, view, agentId, null, limit),
      missedAfterMs: workspace.settings.missedAfterMs,
      serverTime: workspace.now(),
    };
  }

  function conversationJoined(id: string, { since }: ConversationJoin): ConversationJoined {
    const conversation = conversationOf(workspace, id);
    return {
      conversation: conversationSnapshot(workspace, conversation),
      contact: contactOf(workspace, conversation.contactId),
      visit: workspace.visits.get(conversation.contactId) ?? null,
      messages: joinPage('agent', conversation, since),
      serverTime: workspace.now(),
    };
  }

  const visitorHandlers: Record<string, Handler<string>> = {
    [events.snapshotGet]: (payload, contactId) => visitorJoined(contactId, payload as VisitorJoin),
    [events.messageSend](payload, contactId) {
      const { clientId, text, attachmentIds } = payload as VisitorMessageSend;
      const stored = acts.visitorWrites(contactId, clientId, text, attachmentIds);
      return { message: messageFor('visitor', stored) };
    },
    [events.filesSign]: (payload, contactId) =>
      signFiles(workspace, { type: 'visitor', contactId }, (payload as FilesSign).ids),
    [events.messagesList](payload, contactId) {
      const query = payload as MessagesList;
      const live = liveConversation(workspace, contactId);
      if (live?.id !== query.conversationId) throw new CodedError('conversation_not_found');
      return listMessages('visitor', live, query);
    },
    [events.mark](payload, contactId) {
      const { conversationId, ...mark } = payload as MarkSet;
      const live = liveConversation(workspace, contactId);
      if (live?.id !== conversationId) throw new CodedError('conversation_not_found');
      return marksFor('visitor', acts.raiseMark(conversationId, { contact: true }, mark));
    },
    [events.typing](payload, contactId) {
      const { typing } = payload as VisitorTypingSet;
      const live = liveConversation(workspace, contactId);
      const { id, name, avatarUrl } = contactOf(workspace, contactId);
      const shown: Typing = {
        author: { type: 'contact', id, name, avatarUrl },
        typing,
        ttlMs: limits.typingTtlMs,
      };
      if (live) broadcast(topics.conversation(live.id), events.typing, shown);
      return {};
    },
    [events.pageView](payload, contactId) {
      const visit = recordPage(workspace, contactId, payload as PageViewPush);
      const live = liveConversation(workspace, contactId);
      if (live) broadcast(topics.conversation(live.id), events.visitChanged, { visit });
      return {};
    },
  };

  const inboxHandlers: Record<string, Handler<string>> = {
    [events.snapshotGet]: (payload, agentId) => inboxJoined(agentId, payload as InboxJoin),
    [events.conversationsList](payload, agentId) {
      const { view, after, limit = limits.pageSize } = payload as ConversationsList;
      return windowOf(workspace, view, agentId, after ?? null, limit);
    },
    [events.agentStatus](payload, agentId) {
      acts.setStatus(agentId, (payload as AgentStatusSet).status);
      return { me: meSnapshot(agentOf(workspace, agentId)) };
    },
  };

  interface InConversation {
    agentId: string;
    id: string;
  }
  const reply = (conversation: StoredConversation): object => ({
    conversation: conversationSnapshot(workspace, conversation),
  });
  const conversationHandlers: Record<string, Handler<InConversation>> = {
    [events.snapshotGet]: (payload, { id }) => conversationJoined(id, payload as ConversationJoin),
    [events.messageSend]: (payload, { id, agentId }) => ({
      message: messageFor('agent', acts.agentWrites(id, agentId, payload as AgentMessageSend)),
    }),
    [events.messageEdit](payload, { id, agentId }) {
      const { messageId, text } = payload as MessageEdit;
      return { message: messageFor('agent', acts.edit(id, agentId, messageId, text)) };
    },
    [events.messageDelete](payload, { id, agentId }) {
      const { messageId } = payload as MessageDelete;
      return { message: messageFor('agent', acts.remove(id, agentId, messageId)) };
    },
    [events.messagesList]: (payload, { id }) =>
      listMessages('agent', conversationOf(workspace, id), payload as MessagesList),
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
      const { name, avatarUrl } = agentOf(workspace, agentId);
      const shown: Typing = {
        author: { type: 'agent', id: agentId, name, avatarUrl },
        typing,
        ttlMs: limits.typingTtlMs,
      };
      context.broadcastFrom(events.typing, shown);
      const { live, contactId } = conversationOf(workspace, id);
      if (kind === 'reply' && live) broadcast(topics.visitor(contactId), events.typing, shown);
      return {};
    },
    [events.conversationAssign]: (payload, { id, agentId }) =>
      reply(acts.assign(id, agentId, (payload as ConversationAssign).assigneeIds)),
    [events.conversationClose]: (_, { id, agentId }) => reply(acts.setState(id, agentId, 'closed')),
    [events.conversationReopen]: (_, { id, agentId }) => reply(acts.setState(id, agentId, 'open')),
    [events.filesSign]: (payload, { agentId }) =>
      signFiles(workspace, { type: 'agent', agentId }, (payload as FilesSign).ids),
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

  return {
    visitor: (id) => ({
      join({ caller }, payload) {
        if (caller.type !== 'visitor' || caller.contactId !== id) return refuse('forbidden');
        return { ok: visitorJoined(id, payload as VisitorJoin) };
      },
      handle: (context, event, payload) => handle(visitorHandlers, event, payload, id, context),
    }),
    inbox: (id) => ({
      join(context, payload) {
        const { caller } = context;
        if (caller.type !== 'agent' || id !== workspace.id) return refuse('forbidden');
        const me = agentOf(workspace, caller.agentId);
        acts.tab(me.id, 1);
        context.track(me.id, {});
        return { ok: inboxJoined(me.id, payload as InboxJoin) };
      },
      handle: (context, event, payload) =>
        context.caller.type === 'agent'
          ? handle(inboxHandlers, event, payload, context.caller.agentId, context)
          : refuse('forbidden'),
      terminate: ({ caller }) => caller.type === 'agent' && acts.tab(caller.agentId, -1),
    }),
    conversation: (id) => ({
      join(context, payload) {
        const { caller } = context;
        if (caller.type !== 'agent') return refuse('forbidden');
        if (!workspace.conversations.has(id)) return refuse('conversation_not_found');
        context.track(caller.agentId, {});
        return { ok: conversationJoined(id, payload as ConversationJoin) };
      },
      handle: (context, event, payload) =>
        context.caller.type === 'agent'
          ? handle(
              conversationHandlers,
              event,
              payload,
              { id, agentId: context.caller.agentId },
              context,
            )
          : refuse('forbidden'),
    }),
  };
}
