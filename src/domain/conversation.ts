import type { ContactSummary } from './contact.js';
import type { Mark, Message } from './message.js';

export type Channel = 'chat' | 'email' | `social:${string}`;

export type ConversationState = 'open' | 'closed';

/** The last line that a card shows. */
export interface LastMessage {
  id: string;
  kind: Message['kind'];
  authorType: Message['author']['type'];
  authorId: string | null;
  authorName: string | null;
  /** At most 160 characters, markdown marks removed. */
  excerpt: string;
  createdAt: number;
}

/** What a contact thinks of a conversation; they may change it. */
export interface Rating {
  /** From 1 to 5, the best. */
  score: number;
  comment: string | null;
  /** Epoch ms of the latest change. */
  at: number;
}

/** An exchange with one contact on one channel, as agents see it. */
export interface Conversation {
  id: string;
  contact: ContactSummary;
  channel: Channel;
  state: ConversationState;
  /** Agents who have it; empty means Unassigned. */
  assigneeIds: string[];
  groupId: string | null;
  /** The last message that is neither deleted nor a system line. */
  lastMessage: LastMessage | null;
  /** Epoch ms of the last message; cards are sorted by it. */
  activeAt: number;
  /** Epoch ms of the first contact message after the last reply; null when nobody waits (S2.4). */
  waitingSince: number | null;
  /** `position` of the contact's last message; 0 before the first. */
  lastContactPosition: number;
  /** How far each agent has read, by agent id. */
  reads: Record<string, number>;
  /** By agent id, the `position` of the last comment that names them; shown until they read it (S3.29). */
  mentions: Record<string, number>;
  /** How far the contact has received and read. */
  contactMark: Mark;
  /** False in an earlier conversation: it can be read and not written. */
  live: boolean;
  /** Of an email; null elsewhere. */
  subject: string | null;
  rating: Rating | null;
  createdAt: number;
  /** Rises with every change of this snapshot; a lower one is stale. */
  version: number;
}

/** What a visitor may know of their conversation. Numbers are public ones. */
export interface VisitorConversation {
  id: string;
  state: ConversationState;
  /** Agents who wrote or have it. */
  participants: { id: string; name: string; avatarUrl: string | null }[];
  contactMark: Mark;
  /** The furthest of all agents. */
  agentMark: Mark;
  rating: Rating | null;
  version: number;
}
