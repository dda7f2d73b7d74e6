import type { Thread, ThreadItem } from '../../store/thread-item.js';

/**
 * Tells which messages of the other side are new: they came after the thread was first shown.
 * History never is, nor one's own, nor older pages; each message is told once, whatever its edits.
 */
export class Arrivals {
  /** Greatest position of the other side so far; null until the thread was known. */
  #known: number | null = null;
  #conversationId: string | null = null;

  take(thread: Thread, conversationId: string | null): ThreadItem[] {
    // What loads is history, even where nothing was known to load before.
    if (thread.status === 'loading') this.#known = null;
    if (thread.status === 'empty') this.#known = 0;
    if (thread.status !== 'ready') return [];
    const others = thread.items.filter(({ own, position }) => !own && position !== null);
    // Another conversation counts from one again; all that is in it came while we looked.
    if (conversationId !== null) {
      if (this.#conversationId !== null && this.#conversationId !== conversationId) this.#known = 0;
      this.#conversationId = conversationId;
    }
    const known = this.#known;
    this.#known = others.reduce((most, item) => Math.max(most, item.position ?? 0), known ?? 0);
    if (known === null) return [];
    return others.filter(
      (item) => (item.position ?? 0) > known && item.kind === 'reply' && item.deletedAt === null,
    );
  }
}
