import { waitingIn } from '#kit/domain/waiting.js';
import type { Conversation, ConversationState } from '#kit/domain/conversation.js';
import { limits } from '#kit/protocol/limits.js';
import type { AgentCaller } from '../auth/tokens.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { lockConversation } from './locked-conversation.js';

/** Closes a conversation; nobody waits in it any more. Rejects with `conversation_not_found`. */
export async function closeConversation(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
): Promise<Conversation> {
  return setState(ports, caller, conversationId, 'closed');
}

/** Opens it again; a contact whom nobody answered waits again. Rejects with `conversation_not_found`. */
export async function reopenConversation(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
): Promise<Conversation> {
  return setState(ports, caller, conversationId, 'open');
}

/** As far back as is looked for a reply. */
const thread = { audience: 'agent', limit: limits.maxPageSize, before: null } as const;

async function setState(
  ports: Ports,
  caller: AgentCaller,
  conversationId: string,
  state: ConversationState,
): Promise<Conversation> {
  return act(ports, async (repositories, emit) => {
    const conversation = await lockConversation(
      ports,
      repositories,
      emit,
      caller.workspaceId,
      conversationId,
    );
    if (conversation.record.state === state) {
      const snapshot = await repositories.conversations.snapshot(conversationId);
      if (snapshot) return snapshot;
    }
    const agent = await repositories.agents.get(caller.agentId);
    const latest =
      state === 'closed'
        ? []
        : (await repositories.messages.before({ ...thread, conversationId })).messages;
    conversation.appendSystem({
      type: state === 'closed' ? 'closed' : 'reopened',
      byId: caller.agentId,
      byName: agent?.name ?? null,
    });
    conversation.set(
      state === 'closed'
        ? { state, closedAt: ports.clock.now(), waitingSince: null }
        : { state, closedAt: null, waitingSince: waitingIn(latest) },
    );
    const action = state === 'closed' ? 'conversation.close' : 'conversation.reopen';
    await audit(ports, repositories, caller, action, conversationId);
    return conversation.save();
  });
}
