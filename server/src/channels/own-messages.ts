import type { Conversation } from '#kit/domain/conversation.js';

interface Followed {
  readonly id: string;
  readonly version: number;
  readonly content: string;
}

/**
 * Tells changes that are nothing but a visitor's own message from those that may show them something
 * new of their conversation, by the cards that agents are told. Each card must follow the one
 * before without a gap: what was not heard of may have changed anything.
 */
export class OwnMessages {
  readonly #followed = new Map<string, Followed>();

  /** The contact's card; true where nothing changed since the one before but what they wrote. */
  isAll(contactId: string, conversation: Conversation): boolean {
    const { id, version, lastMessage } = conversation;
    const before = this.#followed.get(contactId);
    if (before?.id === id && before.version >= version) return false;
    const content = contentOf(conversation);
    this.#followed.set(contactId, { id, version, content });
    return (
      before?.id === id &&
      before.version + 1 === version &&
      before.content === content &&
      // An agent's reply makes them a participant.
      lastMessage?.authorType === 'contact'
    );
  }

  forget(contactId: string): void {
    this.#followed.delete(contactId);
  }
}

/** What a card holds of that which visitors are shown. */
function contentOf(conversation: Conversation): string {
  const { live, state, assigneeIds, contactMark, reads, rating } = conversation;
  return JSON.stringify([live, state, assigneeIds, contactMark, reads, rating]);
}
