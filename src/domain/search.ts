/** From and to in UTF-16 units. */
export type Range = [from: number, to: number];

const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const word = /[\p{L}\p{N}\p{M}]+/gu;
const longest = 60;

/** Lower case without accents, so that `Angstrom` finds `Ångström`. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * What a text is found by: its words, folded, each once. Scripts that do not part words with spaces
 * give every two characters that follow each other, and each by itself.
 */
export function searchWords(text: string): string[] {
  const words = new Set<string>();
  for (const [found] of folded(text).matchAll(word)) {
    for (const piece of pieces(found)) words.add(piece.slice(0, longest));
  }
  return [...words];
}

/**
 * The words that must all be there; the last one may go on. Empty where nothing can be searched.
 */
export function searchTerms(query: string): { words: string[]; prefix: string | null } {
  const found = [...folded(query).matchAll(word)].map(([each]) => each);
  const last = found.pop();
  const words = found.flatMap((each) => [...required(each)]);
  if (last === undefined) return { words, prefix: null };
  if (unspaced.test(last)) return { words: [...words, ...required(last)], prefix: null };
  return { words, prefix: last.slice(0, longest) };
}

/** Where the words of a query stand in a text, sorted, none over another. */
export function matches(text: string, query: string): Range[] {
  const terms = [...folded(query).matchAll(word)].map(([each]) => each);
  if (terms.length === 0) return [];
  const { plain, at } = foldedWithPlaces(text);
  const ranges: Range[] = [];
  for (const term of terms) {
    for (
      let from = plain.indexOf(term);
      from >= 0;
      from = plain.indexOf(term, from + term.length)
    ) {
      const starts =
        unspaced.test(term) || from === 0 || !/[\p{L}\p{N}]/u.test(plain[from - 1] ?? '');
      if (starts) ranges.push([at[from] ?? 0, at[from + term.length] ?? text.length]);
    }
  }
  ranges.sort(([a], [b]) => a - b);
  return ranges.filter(([from], index) => index === 0 || from >= (ranges[index - 1]?.[1] ?? 0));
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

/** The folded text, and for each of its units the place in the text that it comes from. */
function foldedWithPlaces(text: string): { plain: string; at: number[] } {
  let plain = '';
  const at: number[] = [];
  let place = 0;
  for (const character of text) {
    const part = folded(character);
    for (let index = 0; index < part.length; index++) at.push(place);
    plain += part;
    place += character.length;
  }
  at.push(place);
  return { plain, at };
}
