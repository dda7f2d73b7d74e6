/** What may mean something to markdown, where it can: most messages have none of it. */
const marks =
  /[*_`~\\<>&#|@\p{Cc}]|\]\s?[([:]|:\/\/|www\.|mailto:|xmpp:|^[\s+-]|^\d+[.)]|\s\s|\s$/iu;

/** False only where markdown is one paragraph of exactly this text. */
export function hasMarkup(text: string): boolean {
  return marks.test(text);
}

/** False only where `linkify` finds nothing. */
export function mayLink(text: string): boolean {
  return text.includes('@') || text.includes('://');
}
