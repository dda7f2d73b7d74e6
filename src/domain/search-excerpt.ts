import { matches, type Range } from './search.js';

const length = 160;
const beforeMatch = 40;

/** What is around the first of a query's words in a text of one line, and where they stand in that. */
export function searchExcerpt(
  text: string,
  query: string,
): { excerpt: string; ranges: Range[] } | null {
  const found = matches(text, query);
  const [first] = found;
  if (!first) return null;
  if (text.length <= length) return { excerpt: text, ranges: found };
  const from = startOfWord(text, Math.max(0, first[0] - beforeMatch));
  const characters = Array.from(text.slice(from, from + 2 * length));
  const to = from + characters.slice(0, length).join('').length;
  const excerpt = `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
  return { excerpt, ranges: matches(excerpt, query) };
}

function startOfWord(text: string, from: number): number {
  if (from === 0) return 0;
  const space = text.indexOf(' ', from);
  if (space >= 0 && space < from + beforeMatch) return space + 1;
  const isLowSurrogate = /[\uDC00-\uDFFF]/.test(text[from] ?? '');
  return isLowSurrogate ? from + 1 : from;
}
