const limit = 160;

/** One line of plain text for a card: markdown marks, line breaks and spare spaces removed. */
export function excerpt(text: string, format: 'plain' | 'markdown'): string {
  const plain =
    format === 'plain'
      ? text
      : text
          .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
          .replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d+[.)])\s+/gm, '')
          .replace(/(\*\*|__|~~|`+|\*|(?<!\w)_|_(?!\w))/g, '');
  const line = plain.replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= limit ? line : characters.slice(0, limit - 1).join('') + '…';
}
