/** From and to in UTF-16 units. */
export type Range = [from: number, to: number];

const scripts =
  '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}';
const letter = '[\\p{L}\\p{N}\\p{M}]';
/** Characters of scripts that do not part words with spaces. */
const unspaced = new RegExp(`^(?=${letter})[${scripts}]`, 'u');
/** Words, and what stands without spaces: `iPhoneの修理` is one of each. */
const word = new RegExp(`(?:(?=${letter})[${scripts}])+|(?:(?![${scripts}])${letter})+`, 'gu');
const longest = 60;

/** Lower case without accents, so that `Angstrom` finds `Ångström`. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\u0640]/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ');
}

/**
 * What a text is found by: its words, folded, each once. Scripts that do not part words with spaces
 * give every two characters that follow each other, and each by itself.
 */
export function searchWords(text: string): string[] {
  const words = new Set<string>();
  for (const found of wordsOf(text)) {
    for (const piece of pieces(found)) words.add(piece.slice(0, longest));
  }
  return [...words];
}

/**
 * The words that must all be there; the last one may go on. Empty where nothing can be searched.
 */
export function searchTerms(query: string): { words: string[]; prefix: string | null } {
  const found = wordsOf(query);
  const last = found.pop();
  const words = found.flatMap((each) => [...required(each)]);
  if (last === undefined) return { words, prefix: null };
  if (unspaced.test(last)) return { words: [...words, ...required(last)], prefix: null };
  return { words, prefix: last.slice(0, longest) };
}

/** Where the words of a query stand in a text, sorted, none over another. */
export function matches(text: string, query: string): Range[] {
  const terms = wordsOf(query);
  const { plain, starts, ends } = foldedWithPlaces(text);
  const found: Range[] = [];
  for (const [index, term] of terms.entries()) {
    const goesOn = index === terms.length - 1;
    for (let at = plain.indexOf(term); at >= 0; at = plain.indexOf(term, at + 1)) {
      const end = at + term.length;
      if (!unspaced.test(term)) {
        if (joins(plain.slice(0, at), term)) continue;
        if (!goesOn && joins(term, plain.slice(end, end + 2))) continue;
      }
      found.push([starts[at] ?? 0, ends[end - 1] ?? text.length]);
    }
  }
  return withoutOverlap(found);
}

/** Whether a word goes on from one text into the next. */
function joins(before: string, after: string): boolean {
  const [last = '', first = ''] = [Array.from(before.slice(-2)).at(-1), Array.from(after)[0]];
  return isSpacedLetter(last) && isSpacedLetter(first);
}

function isSpacedLetter(character: string): boolean {
  return /^[\p{L}\p{N}]/u.test(character) && !unspaced.test(character);
}

function withoutOverlap(ranges: Range[]): Range[] {
  let reached = 0;
  return ranges
    .sort(([a, aEnd], [b, bEnd]) => a - b || bEnd - aEnd)
    .filter(([from, to]) => {
      if (from < reached) return false;
      reached = to;
      return true;
    });
}

function wordsOf(text: string): string[] {
  return [...folded(text).matchAll(word)].map(([found]) => found);
}

function* pieces(found: string): Generator<string> {
  if (!unspaced.test(found)) {
    yield found;
    return;
  }
  const characters = Array.from(found);
  for (const [index, character] of characters.entries()) {
    yield character;
    const next = characters[index + 1];
    if (next !== undefined) yield character + next;
  }
}

function* required(found: string): Generator<string> {
  const characters = Array.from(found);
  if (!unspaced.test(found) || characters.length < 2) {
    yield found.slice(0, longest);
    return;
  }
  for (let index = 0; index + 1 < characters.length; index++) {
    yield `${characters[index] ?? ''}${characters[index + 1] ?? ''}`;
  }
}

/** The folded text, and for each of its units where the character begins and ends that it is of. */
function foldedWithPlaces(text: string): { plain: string; starts: number[]; ends: number[] } {
  let plain = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let place = 0;
  for (const character of text) {
    const part = folded(character);
    const end = place + character.length;
    // An accent that stands by itself belongs to the letter before it.
    if (part === '' && ends.length > 0 && ends.at(-1) === place) ends[ends.length - 1] = end;
    for (let index = 0; index < part.length; index++) {
      starts.push(place);
      ends.push(end);
    }
    plain += part;
    place = end;
  }
  return { plain, starts, ends };
}
