import { table } from './emoji-en.js';

export type Category = keyof typeof table;

export interface Emoji {
  /** Without a skin tone. */
  emoji: string;
  label: string;
  /** What stands between colons, such as `smile`; none for some. */
  codes: readonly string[];
  /** Takes skin tones. */
  toned: boolean;
}

/** None, then light to dark. */
export type Tone = 0 | 1 | 2 | 3 | 4 | 5;
export const tones: readonly Tone[] = [0, 1, 2, 3, 4, 5];

interface Entry extends Emoji {
  /** Words it is found by, in lower case. */
  words: readonly string[];
}

export const categories = Object.keys(table) as Category[];

const parsed = new Map<Category, readonly Entry[]>();

export function emojiOf(category: Category): readonly Emoji[] {
  return entriesOf(category);
}

/** All whose words begin with those of the query, those named by it first; at most `limit`. */
export function findEmoji(query: string, limit = 96): Emoji[] {
  const wanted = wordsOf(query);
  if (wanted.length === 0) return [];
  const found: { entry: Entry; rank: number }[] = [];
  for (const entry of categories.flatMap(entriesOf)) {
    const rank = rankOf(entry, wanted);
    if (rank !== null) found.push({ entry, rank });
  }
  // Sorting keeps the order of the table among equals.
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ entry }) => entry);
}

/** The emoji itself, with its tone where it takes one. */
export function withTone({ emoji, toned }: Emoji, tone: Tone): string {
  if (!toned || tone === 0) return emoji;
  const [first = '', ...rest] = [...emoji];
  const after = rest[0] === '\ufe0f' ? rest.slice(1) : rest;
  return [first, String.fromCodePoint(0x1f3fa + tone), ...after].join('');
}

function entriesOf(category: Category): readonly Entry[] {
  let entries = parsed.get(category);
  if (!entries) parsed.set(category, (entries = table[category].split('\n').map(entryOf)));
  return entries;
}

function entryOf(line: string): Entry {
  const [first = '', label = '', codes = '', tags = ''] = line.split('|');
  const toned = first.startsWith('*') && first.length > 1;
  return {
    emoji: toned ? first.slice(1) : first,
    label,
    toned,
    codes: codes === '' ? [] : codes.split(' '),
    words: wordsOf(`${label} ${codes} ${tags}`),
  };
}

/** The lower, the nearer; null where a word is not there. */
function rankOf({ words, codes, label }: Entry, wanted: readonly string[]): number | null {
  if (!wanted.every((word) => words.some((one) => one.startsWith(word)))) return null;
  const name = wanted.join('_');
  if (codes.includes(name) || label.toLowerCase() === wanted.join(' ')) return 0;
  if (codes.some((code) => code.startsWith(name))) return 1;
  return wanted.every((word) => words.includes(word)) ? 2 : 3;
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}+]+/u)
    .filter((word) => word !== '');
}
