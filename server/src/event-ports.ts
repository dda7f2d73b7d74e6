import type { Agent, Contact, Conversation, SavedReply, Visit } from '#kit/domain/index.js';
import type { TemplatesChanged } from '#kit/protocol/payloads.js';
import type { MessageRecord } from './ports.js';

/** What the rest of the system is told after a commit. At most once; the database is the truth. */
export type DomainEvent =
  | {
      type: 'message';
      workspaceId: string;
      contactId: string;
      /** False where visitors are not shown the conversation: an earlier one, or none of the chat. */
      live: boolean;
      message: MessageRecord;
    }
  | { type: 'conversation'; workspaceId: string; contactId: string; conversation: Conversation }
  | {
      type: 'removed';
      workspaceId: string;
      contactId: string;
      conversationId: string;
      /** Of the deletion. */
      version: number;
    }
  | { type: 'marks'; workspaceId: string; contactId: string; conversationId: string }
  | { type: 'contact'; workspaceId: string; contact: Contact; conversationIds: string[] }
  | {
      type: 'visit';
      workspaceId: string;
      contactId: string;
      conversationId: string | null;
      visit: Visit;
    }
  | {
      type: 'agent';
      workspaceId: string;
      agent: Agent;
      /** The name or the picture is another one than before. */
      newFace: boolean;
    }
  /** What only the agent is told of themselves is new. */
  | { type: 'me'; workspaceId: string; agentId: string }
  | { type: 'agent-removed'; workspaceId: string; agentId: string }
  | { type: 'groups'; workspaceId: string }
  /** A saved reply before and after; null where it was not, or is no more. */
  | { type: 'reply'; workspaceId: string; before: SavedReply | null; saved: SavedReply | null }
  | { type: 'template'; workspaceId: string; change: TemplatesChanged }
  | { type: 'settings'; workspaceId: string }
  /** Sockets of these names have to come again, or may not come any more. */
  | { type: 'access'; workspaceId: string; sockets: string[] };

export interface EventBus {
  publish(event: DomainEvent): void;
  subscribe(listener: (event: DomainEvent) => void): () => void;
}
