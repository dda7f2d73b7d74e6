/** First letters of the first and last word, as people read them: whole grapheme clusters. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => firstGrapheme(word ?? '').toLocaleUpperCase()).join('');
}

/** Letters that nothing which follows can change. */
const plain = /^[A-Za-z0-9](?=[A-Za-z0-9]|$)/;

let segmenter: Intl.Segmenter | undefined;

function firstGrapheme(word: string): string {
  // Quotes and brackets around a name are no initials.
  const bare = word.replace(/^[\p{P}\p{Cf}\p{Cc}]+(?=.)/u, '');
  // What knows grapheme clusters costs some ms to make.
  const [letter] = plain.exec(bare) ?? [];
  if (letter !== undefined) return letter;
  for (const { segment } of (segmenter ??= new Intl.Segmenter()).segment(bare)) return segment;
  return '';
}

/** One of `count` tones, always the same for an id (FNV-1a). */
export function toneOf(id: string, count: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % count;
}
