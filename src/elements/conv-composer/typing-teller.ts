import type { ConversationStore, Draft } from '../../store/agent-client.js';

/** Tells a conversation that somebody types in it, and that they stopped, whatever is shown by then. */
export class TypingTeller {
  #told: { conversation: ConversationStore; kind: Draft['kind'] } | null = null;

  start(conversation: ConversationStore, kind: Draft['kind']): void {
    this.#told = { conversation, kind };
    conversation.setTyping(kind, true);
  }

  stop(): void {
    const told = this.#told;
    this.#told = null;
    told?.conversation.setTyping(told.kind, false);
  }
}
