import { CodedError } from '#kit/protocol/errors.js';
import type { Marks, MarkSet } from '#kit/protocol/payloads.js';
import type { Caller } from '../auth/tokens.js';
import { act, type Ports } from './act.js';
import { tellConversation } from './locked-conversation.js';
import { readMarks } from './marks.js';

/**
 * How far one has received and read, in one's own numbers; never goes back, and never beyond the
 * last message. Rejects with `conversation_not_found`.
 */
export async function mark(ports: Ports, caller: Caller, input: MarkSet): Promise<Marks> {
  const { conversationId } = input;
  return act(ports, async (repositories, emit) => {
    const conversation = await repositories.conversations.get(conversationId);
    const mayMark =
      conversation?.workspaceId === caller.workspaceId &&
      (caller.type === 'agent' || conversation.contactId === caller.contactId);
    if (!mayMark) throw new CodedError('conversation_not_found');
    const position = async (given: number | undefined): Promise<number> => {
      if (given === undefined) return 0;
      if (caller.type === 'agent') return Math.min(given, conversation.lastSeq);
      return repositories.marks.fromPublic(conversationId, given);
    };
    const read = await position(input.read);
    const delivered = Math.max(await position(input.delivered), read);
    const party = caller.type === 'agent' ? caller.agentId : 'contact';
    const { changed } = await repositories.marks.raise(conversationId, party, { delivered, read });
    if (changed) {
      const { workspaceId, contactId } = conversation;
      emit({ type: 'marks', workspaceId, contactId, conversationId });
      // Marks are in the snapshot too: dots go by them, in every tab of an agent.
      await tellConversation(repositories, emit, conversation);
    }
    return readMarks(repositories, conversationId, caller.type);
  });
}
