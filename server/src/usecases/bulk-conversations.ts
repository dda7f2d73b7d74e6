import { CodedError } from '#kit/protocol/errors.js';
import type { BulkDone, ConversationsBulk } from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { Ports } from './act.js';
import { deleteConversation } from './delete-conversation.js';
import { closeConversation, reopenConversation } from './set-conversation-state.js';

type Act = (ports: Ports, caller: AgentCaller, conversationId: string) => Promise<unknown>;

/**
 * What an agent does to several conversations, each in a transaction of its own, as if it were done
 * one by one. Gives the ids that are now as asked, in the order of asking; those that are gone, have
 * ended or are not this workspace's are left out. What fails in between leaves the former ones done,
 * and can be asked for again.
 */
export const closeConversations = ofEach(closeConversation);
export const reopenConversations = ofEach(reopenConversation);
export const deleteConversations = ofEach(deleteConversation);

function ofEach(
  act: Act,
): (ports: Ports, caller: AgentCaller, input: ConversationsBulk) => Promise<BulkDone> {
  return async (ports, caller, { ids }) => {
    const done = new Set<string>();
    // In one order, whoever asks: two who ask for the same ones find them in each other's state.
    for (const id of ids.toSorted()) {
      if (await isDone(act(ports, caller, id))) done.add(id);
    }
    return { ids: ids.filter((id) => done.has(id)) };
  };
}

async function isDone(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (fault) {
    const { code } = fault instanceof CodedError ? fault : { code: null };
    if (code === 'conversation_not_found' || code === 'conversation_ended') return false;
    throw fault;
  }
}
