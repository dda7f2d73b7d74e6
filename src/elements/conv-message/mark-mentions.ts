/** Marks where a comment names agents (S3.29), in the text of a fragment that is not shown yet. */
export function markMentions(
  fragment: DocumentFragment,
  names: readonly string[],
): DocumentFragment {
  const wanted = names.filter((name) => name.trim() !== '').sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return fragment;
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}_])@(?:${wanted.map(escaped).join('|')})(?![\\p{L}\\p{N}_])`,
    'giu',
  );
  for (const text of textsOf(fragment)) mark(text, pattern);
  return fragment;
}

function textsOf(fragment: DocumentFragment): Text[] {
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    // What is quoted as code names nobody.
    if (!text.parentElement?.closest('code, pre, a')) texts.push(text);
  }
  return texts;
}

function mark(text: Text, pattern: RegExp): void {
  const found = [...text.data.matchAll(pattern)];
  // From the end, so that what stands before keeps its place.
  for (const match of found.reverse()) {
    const name = text.splitText(match.index);
    name.splitText(match[0].length);
    const element = document.createElement('mark');
    element.className = 'mention';
    name.replaceWith(element);
    element.append(name);
  }
}

function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
