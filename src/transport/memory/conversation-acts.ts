import { waitingIn } from '../../domain/index.js';
import { events, topics } from '../../protocol/index.js';
import { removeConversation } from './additions.js';
import type { Lines } from './lines.js';
import type { Broadcast, Tell } from './tell.js';
import {
  agentOf,
  conversationOf,
  groupOf,
  isVisitors,
  liveConversationOf,
  type StoredConversation,
  type Workspace,
} from './workspace.js';

export interface ConversationActs {
  assign(conversationId: string, byId: string, assigneeIds: string[]): StoredConversation;
  assignGroup(conversationId: string, byId: string, groupId: string | null): StoredConversation;
  setState(conversationId: string, byId: string, state: 'open' | 'closed'): StoredConversation;
  /** Returns those that are live and of this workspace: it is done to them. */
  setStates(ids: readonly string[], byId: string, state: 'open' | 'closed'): string[];
  /** Takes it away with all its messages and files; doing it again changes nothing. */
  deleteConversation(conversationId: string): void;
  deleteConversations(ids: readonly string[]): string[];
  /** Makes the live conversation an earlier one. */
  end(conversationId: string): void;
}

export function createConversationActs(
  workspace: Workspace,
  broadcast: Broadcast,
  tell: Tell,
  lines: Lines,
): ConversationActs {
  const liveOf = (ids: readonly string[]): string[] =>
    ids.filter((id) => workspace.conversations.get(id)?.live);

  const acts: ConversationActs = {
    assign(conversationId, byId, assigneeIds) {
      const conversation = liveConversationOf(workspace, conversationId);
      assigneeIds.forEach((id) => agentOf(workspace, id));
      const had = new Set(conversation.assigneeIds);
      if (had.size === assigneeIds.length && assigneeIds.every((id) => had.has(id))) {
        return conversation;
      }
      lines.assign(conversation, byId, assigneeIds);
      tell.conversation(conversation);
      return conversation;
    },
    assignGroup(conversationId, byId, groupId) {
      const conversation = liveConversationOf(workspace, conversationId);
      if (conversation.groupId === groupId) return conversation;
      const groupName = groupId === null ? null : groupOf(workspace, groupId).name;
      conversation.groupId = groupId;
      const byName = agentOf(workspace, byId).name;
      lines.system(conversation, { type: 'grouped', byId, byName, groupId, groupName });
      tell.conversation(conversation);
      return conversation;
    },
    setState(conversationId, byId, state) {
      const conversation = liveConversationOf(workspace, conversationId);
      if (conversation.state === state) return conversation;
      conversation.state = state;
      conversation.waitingSince = state === 'closed' ? null : waitingIn(conversation.messages);
      const byName = agentOf(workspace, byId).name;
      const type = state === 'closed' ? 'closed' : 'reopened';
      lines.system(conversation, { type, byId, byName });
      tell.conversation(conversation);
      return conversation;
    },
    setStates(ids, byId, state) {
      const live = liveOf(ids);
      for (const id of live) acts.setState(id, byId, state);
      return live;
    },
    deleteConversation(conversationId) {
      if (workspace.deleted.has(conversationId)) return;
      const conversation = liveConversationOf(workspace, conversationId);
      removeConversation(workspace, conversation);
      tell.removed(conversation);
    },
    deleteConversations(ids) {
      const done = ids.filter((id) => workspace.deleted.has(id) || liveOf([id]).length > 0);
      done.forEach(acts.deleteConversation);
      return done;
    },
    end(conversationId) {
      const conversation = conversationOf(workspace, conversationId);
      const wasVisitors = isVisitors(conversation);
      conversation.live = false;
      if (wasVisitors) {
        const nothing = { conversation: null };
        broadcast(topics.visitor(conversation.contactId), events.conversationChanged, nothing);
      }
      tell.conversation(conversation);
    },
  };
  return acts;
}
