import type { ContactSummary, Conversation } from '#kit/domain/index.js';

/** The interface for finding conversations by words; the words are those of `domain/search.ts`. */
export interface Search {
  /**
   * Conversations of the workspace, earlier ones too, whose contact or one of whose messages holds
   * all words; the last one may go on. The most active first, after a card or from the start.
   */
  find(query: {
    workspaceId: string;
    words: string[];
    prefix: string | null;
    after: { activeAt: number; id: string } | null;
    limit: number;
    /** Messages of each conversation. */
    messages: number;
  }): Promise<{ results: FoundConversation[]; more: boolean }>;

  /**
   * Contacts of the workspace whose name and address hold all words, the last one may go on; the
   * latest first. Those who never had a conversation are not among them.
   */
  contacts(query: {
    workspaceId: string;
    words: string[];
    prefix: string | null;
    limit: number;
  }): Promise<ContactSummary[]>;

  /**
   * Takes in what is new in conversations: messages, their edits and deletions, and the contact.
   * Gives false where there may be more to take in, and null where another server is at it; either
   * way it can be asked again.
   */
  takeIn(conversationIds: string[]): Promise<boolean | null>;

  /** The ids of conversations that come after an id, in their order. */
  conversations(after: string, limit: number): Promise<string[]>;
  /** The moment before which everything was taken in; null where nothing ever was. */
  reached(): Promise<string | null>;
  /** Everything that was committed before the moment has been taken in. */
  reach(moment: string): Promise<void>;
}

export interface FoundConversation {
  conversation: Conversation;
  /** Those that hold all words, the latest first. */
  messages: { id: string; text: string; format: 'plain' | 'markdown' }[];
}
