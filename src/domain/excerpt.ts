const limit = 160;

/** One line of plain text: markdown marks, line breaks and spare spaces removed. */
export function plainLine(text: string, format: 'plain' | 'markdown'): string {
  const plain =
    format === 'plain'
      ? text
      : text
          // No part of it reaches beyond the next bracket: time grows with the length, not its square.
          .replace(/!?\[([^[\]]*)\]\((?:[^()]|\([^()]*\))*\)/g, '$1')
          .replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d+[.)])\s+/gm, '')
          .replace(/(\*\*|__|~~|`+|\*|(?<!\w)_|_(?!\w))/g, '');
  return plain.replace(/\s+/g, ' ').trim();
}

/** What a card shows of a text: one line of at most 160 characters. */
export function excerpt(text: string, format: 'plain' | 'markdown'): string {
  const line = plainLine(text, format);
  const characters = Array.from(line);
  return characters.length <= limit ? line : characters.slice(0, limit - 1).join('') + '…';
}
