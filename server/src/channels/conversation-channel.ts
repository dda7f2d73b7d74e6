import { events } from '#kit/protocol/events.js';
import type * as p from '#kit/protocol/payloads.js';
import { topics } from '#kit/protocol/topics.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { AgentCaller } from '../auth/tokens.js';
import { assignConversation } from '../usecases/assign-conversation.js';
import { assignGroup } from '../usecases/assign-group.js';
import { blockContact, unblockContact } from '../usecases/block-contact.js';
import { deleteConversation } from '../usecases/delete-conversation.js';
import { deleteMessage } from '../usecases/delete-message.js';
import { editMessage } from '../usecases/edit-message.js';
import { joinConversation } from '../usecases/join-conversation.js';
import { listEarlier } from '../usecases/list-earlier.js';
import { listMessages } from '../usecases/list-messages.js';
import { isShown } from '../usecases/locked-conversation.js';
import { mark } from '../usecases/mark.js';
import { sendAgentMessage } from '../usecases/send-agent-message.js';
import { signFiles } from '../usecases/sign-files.js';
import { closeConversation, reopenConversation } from '../usecases/set-conversation-state.js';
import { updateContact } from '../usecases/update-contact.js';
import { agentMessage } from '../usecases/views.js';
import { emailHandlers } from './mail-handlers.js';
import type { ChannelPorts, Scope, TopicDefinition } from './topic-channel.js';
import type { TypingRelay } from './typing.js';

type Thread = Scope<AgentCaller>;

/** `conversation:<id>`: agents who look at one conversation. The use-cases check its workspace. */
export function conversationTopic(
  { ports }: ChannelPorts,
  typing: TypingRelay,
): TopicDefinition<AgentCaller> {
  /** `messages:list` and `mark` name the conversation too; it must be the topic's. */
  const sameConversation = (id: string, payload: { conversationId: string }): void => {
    if (payload.conversationId !== id) throw new CodedError('conversation_not_found');
  };

  return {
    kind: 'conversation',
    presence: true,
    callerType: 'agent',
    mayJoin: () => true,

    async join({ context, caller, id }, payload: p.ConversationJoin) {
      const reply = await joinConversation(ports, caller, id, payload);
      context.track(caller.agentId, {});
      return reply;
    },

    handlers: {
      ...emailHandlers(ports),
      [events.snapshotGet]: ({ caller, id }: Thread, payload: p.ConversationJoin) =>
        joinConversation(ports, caller, id, payload),
      async [events.messageSend]({ caller, id }: Thread, payload: p.AgentMessageSend) {
        return { message: agentMessage(await sendAgentMessage(ports, caller, id, payload)) };
      },
      async [events.messageEdit]({ caller, id }: Thread, payload: p.MessageEdit) {
        return { message: agentMessage(await editMessage(ports, caller, id, payload)) };
      },
      async [events.messageDelete]({ caller, id }: Thread, payload: p.MessageDelete) {
        return { message: agentMessage(await deleteMessage(ports, caller, id, payload)) };
      },
      async [events.messagesList]({ caller, id }: Thread, payload: p.MessagesList) {
        sameConversation(id, payload);
        return listMessages(ports, caller, payload);
      },
      [events.filesSign]: ({ caller, id }: Thread, payload: p.FilesSign) =>
        signFiles(ports, caller, payload.ids, id),
      async [events.mark]({ caller, id }: Thread, payload: p.MarkSet) {
        sameConversation(id, payload);
        return mark(ports, caller, payload);
      },
      async [events.typing]({ context, caller, id }: Thread, payload: p.AgentTypingSet) {
        if (!payload.typing) {
          typing.stops(context);
          return {};
        }
        const audience = [topics.conversation(id)];
        // Asked each time: a visitor who identifies becomes another contact.
        const conversation = await ports.storage.conversations.get(id);
        if (payload.kind === 'reply' && conversation && isShown(conversation)) {
          audience.push(topics.visitor(conversation.contactId));
        }
        if (typing.isRepeated(context, audience)) return {};
        const agent = await ports.roster.get(caller.workspaceId, caller.agentId);
        if (!agent) throw new CodedError('agent_not_found');
        const { name, avatarUrl } = agent;
        typing.types(context, audience, { type: 'agent', id: agent.id, name, avatarUrl });
        return {};
      },
      async [events.conversationAssign]({ caller, id }: Thread, payload: p.ConversationAssign) {
        return { conversation: await assignConversation(ports, caller, id, payload) };
      },
      async [events.conversationAssignGroup](
        { caller, id }: Thread,
        payload: p.ConversationAssignGroup,
      ) {
        return { conversation: await assignGroup(ports, caller, id, payload) };
      },
      async [events.conversationClose]({ caller, id }: Thread) {
        return { conversation: await closeConversation(ports, caller, id) };
      },
      async [events.conversationReopen]({ caller, id }: Thread) {
        return { conversation: await reopenConversation(ports, caller, id) };
      },
      async [events.conversationDelete]({ caller, id }: Thread) {
        await deleteConversation(ports, caller, id);
        return {};
      },
      [events.contactEarlier]: ({ caller, id }: Thread, payload: p.ContactEarlier) =>
        listEarlier(ports, caller, id, payload),
      async [events.contactUpdate]({ caller, id }: Thread, payload: p.ContactUpdate) {
        return { contact: await updateContact(ports, caller, id, payload) };
      },
      async [events.contactBlock]({ caller, id }: Thread, payload: p.ContactBlocking) {
        return { contact: await blockContact(ports, caller, id, payload) };
      },
      async [events.contactUnblock]({ caller, id }: Thread) {
        return { contact: await unblockContact(ports, caller, id) };
      },
    },

    terminate: ({ context }) => typing.stops(context),
  };
}
