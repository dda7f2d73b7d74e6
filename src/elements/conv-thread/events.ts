import type { ContactBlock } from '../../domain/index.js';

/** Of the events that name a conversation. */
export interface ThreadRef {
  conversationId: string;
}

/** Of `conv-conversation-assigned`. */
export interface ConversationAssigned extends ThreadRef {
  assigneeIds: string[];
}

/** Of `conv-conversation-grouped`. */
export interface ConversationGrouped extends ThreadRef {
  /** Null: to no group. */
  groupId: string | null;
}

/** Of `conv-contact-blocked`. */
export interface ContactBlocked extends ThreadRef {
  /** Null: the block was lifted. */
  blocked: ContactBlock | null;
}
