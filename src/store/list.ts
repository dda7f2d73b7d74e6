import type { ReadableAtom } from 'nanostores';
import type { Conversation, Dot, View } from '../domain/index.js';
import type { SearchMatch } from '../protocol/index.js';
import type { ShownError } from './thread-item.js';

/** One row of a list. The same object as long as nothing in it changes. */
export interface Card {
  conversation: Conversation;
  /** Changes by itself at the second it should (S2.5). */
  dot: Dot;
}

export interface List {
  status: 'loading' | 'ready' | 'error';
  error: ShownError | null;
  /** Sorted as the view says, the held conversation included (S3.14). */
  cards: readonly Card[];
  more: boolean;
  loadingMore: boolean;
}

/** A live window over one view. Loads with its first subscriber, rests after its last. */
export interface ListStore {
  readonly view: View;
  readonly $list: ReadableAtom<List>;
  loadMore(): void;
  retry(): void;
  /** Keeps this conversation's card although it left the view; null lets go. */
  hold(conversationId: string | null): void;
}

/** A conversation in which all words were found; follows its changes as a card does. */
export interface SearchResult extends Card {
  /** Where they were found, with the words around. */
  matches: readonly SearchMatch[];
}

/**
 * The states of a search (S3.11).
 * - `idle`: nothing is asked for.
 * - `loading`: the first results are on their way; those of the query before are still shown.
 * - `ready`: `results` are those of `query`, perhaps none.
 * - `error`: they could not be fetched; asked again with the same query, it is tried again.
 */
export interface Search {
  query: string;
  status: 'idle' | 'loading' | 'ready' | 'error';
  error: ShownError | null;
  /** The most active first, as they were when they were found. */
  results: readonly SearchResult[];
  more: boolean;
  loadingMore: boolean;
}

/** One search field over the workspace (S3.11). Rests while nobody subscribes. */
export interface SearchStore {
  readonly $search: ReadableAtom<Search>;
  /** With each key stroke: it asks once the typing pauses. Blank text clears. */
  search(query: string): void;
  loadMore(): void;
  clear(): void;
}
