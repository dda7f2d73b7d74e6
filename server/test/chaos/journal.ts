/** One message as its author wrote it. */
export interface Written {
  /** Unguessable words of its text; the first one names it here. */
  words: string[];
  /** The `clientId` under which its author's client sends it; null while it is not known. */
  key: string | null;
  /** The author's client, such as `visitor 3` or `agent 1`. */
  author: string;
  /** Messages of one line were written one after the other in one place. */
  line: string;
  workspace: number;
  /** Index of the visitor whose conversation it belongs to. */
  visitor: number;
  from: 'visitor' | 'agent';
  kind: 'reply' | 'comment';
  /** The author was told that it is stored. */
  acked: boolean;
  /** Why it was refused for good, where it was. */
  refused: string | null;
  edits: { words: string[]; acked: boolean }[];
  deletion: 'none' | 'asked' | 'acked';
}

/** What everybody wrote and was told, gathered outside of the product. */
export class Journal {
  readonly written: Written[] = [];
  /** Names of files that are attached to comments, and their ids. */
  readonly secretFiles: string[] = [];
  readonly #byWord = new Map<string, Written>();
  readonly #byKey = new Map<string, Written>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Cannot be guessed, and is found in any bytes. */
  word(): string {
    const digits = Array.from({ length: 14 }, () => Math.floor(this.#random() * 16).toString(16));
    return `zq${digits.join('')}`;
  }

  /** The words of a text of `count` words, written down before it is sent. */
  write(
    entry: Pick<Written, 'author' | 'line' | 'workspace' | 'visitor' | 'from' | 'kind'>,
  ): Written {
    // Every part of a comment is a secret; of other messages one word is enough to follow them.
    const words = Array.from({ length: entry.kind === 'comment' ? 4 : 1 }, () => this.word());
    const written: Written = {
      ...entry,
      words,
      key: null,
      acked: false,
      refused: null,
      edits: [],
      deletion: 'none',
    };
    this.written.push(written);
    for (const word of words) this.#byWord.set(word, written);
    return written;
  }

  edit(written: Written): Written['edits'][number] {
    const edit = { words: written.words.map(() => this.word()), acked: false };
    written.edits.push(edit);
    for (const word of edit.words) this.#byWord.set(word, written);
    return edit;
  }

  named(written: Written, key: string): void {
    written.key = key;
    this.#byKey.set(key, written);
  }

  /** The message whose text this is, or is a version of. */
  find(text: string, key: string | null = null): Written | undefined {
    const word = wordsIn(text)[0];
    const byWord = word === undefined ? undefined : this.#byWord.get(word);
    return byWord ?? (key === null ? undefined : this.#byKey.get(key));
  }
}

export function textOf(words: readonly string[]): string {
  return words.join(' ');
}

/** The words of any message in a text or in bytes read as latin1. */
export function wordsIn(text: string): string[] {
  return text.match(/zq[0-9a-f]{14}/g) ?? [];
}
