import { CodedError } from '#kit/protocol/errors.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { MessageRecord } from '../ports.js';
import { act, type Ports } from './act.js';
import { checkFileCount, claimFiles } from './claim-files.js';
import { cleanMessageText } from './clean-text.js';
import { emailDelivery } from './email-delivery.js';
import { lockAnyConversation } from './locked-conversation.js';
import { checkMentions, noteMentions } from './mentions.js';
import { storedBefore } from './stored-before.js';

/**
 * An agent writes a reply or a comment. The first to reply is assigned (S4.4), and an agent's first
 * reply is told as joining. The same `clientId` again gives the same message. Rejects with
 * `message_empty`, `message_too_long`, `client_id_reused`, `conversation_not_found`,
 * `conversation_ended`, `too_many_files`, `file_not_found`,
 * `agent_not_found` and `invalid_payload` for mentions; in an email conversation also with
 * `mail_not_configured`, `invalid_email`, `rate_limited`.
 */
export async function sendAgentMessage(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
  input: {
    clientId: string;
    kind: 'reply' | 'comment';
    text: string;
    attachmentIds?: string[];
    mentions?: string[];
  },
): Promise<MessageRecord> {
  const { clientId, kind, attachmentIds = [], mentions = [] } = input;
  checkFileCount(attachmentIds);
  const text = cleanMessageText(input.text, attachmentIds.length > 0);
  return act(ports, async (repositories, emit) => {
    const conversation = await lockAnyConversation(
      ports,
      repositories,
      emit,
      caller.workspaceId,
      conversationId,
    );
    const identity = { type: 'agent', id: caller.agentId } as const;
    const sent = { clientId, kind, text, attachmentIds, conversationId };
    const before = await storedBefore(repositories, identity, sent);
    if (before) return before;
    conversation.refuseEnded();
    const agent = await repositories.agents.get(caller.agentId);
    if (!agent) throw new CodedError('agent_not_found');
    await checkMentions(repositories, caller.workspaceId, kind, mentions);
    const { id, name, avatarUrl } = agent;
    const email =
      kind === 'reply' ? await emailDelivery(ports, repositories, conversation.record) : null;
    if (kind === 'reply') {
      const repliers = await repositories.messages.repliers(conversationId);
      if (!repliers.includes(id)) {
        conversation.appendSystem({ type: 'joined', agentId: id, agentName: name });
      }
      if (conversation.record.assigneeIds.length === 0) conversation.set({ assigneeIds: [id] });
    }
    const author = { ...identity, name, avatarUrl };
    const attachments = await claimFiles(repositories, caller, attachmentIds, conversationId);
    const message = conversation.append({
      clientId,
      kind,
      author,
      text,
      attachments,
      email,
      mentions,
    });
    noteMentions(conversation, message);
    await conversation.save();
    return message;
  });
}
