import { events } from '#kit/protocol/events.js';
import type * as p from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { Ports } from '../usecases/act.js';
import {
  closeConversations,
  deleteConversations,
  reopenConversations,
} from '../usecases/bulk-conversations.js';
import { listConversations } from '../usecases/list-conversations.js';
import { searchConversations } from '../usecases/search-conversations.js';
import type { Scope, TopicDefinition } from './topic-channel.js';

type Inbox = Scope<AgentCaller>;

/** What agents do with the list of conversations. */
export function listHandlers(ports: Ports): TopicDefinition<AgentCaller>['handlers'] {
  return {
    [events.conversationsList]: ({ caller }: Inbox, payload: p.ConversationsList) =>
      listConversations(ports, caller, payload),
    [events.conversationsSearch]: ({ caller }: Inbox, payload: p.ConversationsSearch) =>
      searchConversations(ports, caller, payload),
    [events.conversationsClose]: ({ caller }: Inbox, payload: p.ConversationsBulk) =>
      closeConversations(ports, caller, payload),
    [events.conversationsReopen]: ({ caller }: Inbox, payload: p.ConversationsBulk) =>
      reopenConversations(ports, caller, payload),
    [events.conversationsDelete]: ({ caller }: Inbox, payload: p.ConversationsBulk) =>
      deleteConversations(ports, caller, payload),
  };
}
