import { events } from '#kit/protocol/events.js';
import type * as p from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { Ports } from '../usecases/act.js';
import { retryEmail } from '../usecases/retry-email.js';
import { startConversation } from '../usecases/start-conversation.js';
import { agentMessage } from '../usecases/views.js';
import type { Scope, TopicDefinition } from './topic-channel.js';

type Handlers = TopicDefinition<AgentCaller>['handlers'];

/** In the inbox: writing to somebody first. */
export function composeHandlers(ports: Ports): Handlers {
  return {
    async [events.conversationStart]({ caller }: Scope<AgentCaller>, payload: p.ConversationStart) {
      return { conversation: await startConversation(ports, caller, payload) };
    },
  };
}

/** In a thread. */
export function emailHandlers(ports: Ports): Handlers {
  return {
    async [events.emailRetry]({ caller, id }: Scope<AgentCaller>, payload: p.MessageDelete) {
      return { message: agentMessage(await retryEmail(ports, caller, id, payload)) };
    },
  };
}
