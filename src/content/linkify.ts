import { safeHref } from '../domain/safe-href.js';

/** A stretch of plain text; `href` where it is a link. */
export interface Segment {
  text: string;
  href?: string;
}

// Stops at spaces, quotes, angle brackets, control and bidi characters: none belong in an address.
const candidate =
  /https?:\/\/[^\s<>"'`\p{Cc}\p{Cf}]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/giu;

/** Finds web and email addresses in plain text; nothing else ever becomes a link. */
export function linkify(text: string): Segment[] {
  const segments: Segment[] = [];
  let end = 0;
  for (const match of text.matchAll(candidate)) {
    const address = withoutTrailingMarks(match[0]);
    const href = hrefOf(address);
    if (!href) continue;
    if (match.index > end) segments.push({ text: text.slice(end, match.index) });
    segments.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) segments.push({ text: text.slice(end) });
  return segments;
}

/** Marks that end the sentence are not part of the address; a closing bracket only when it was opened. */
function withoutTrailingMarks(address: string): string {
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    if (last === ')') {
      const part = address.slice(0, end);
      if (part.split('(').length >= part.split(')').length) break;
    } else if (!/[.,;:!?\]}*_~…。，、]/u.test(last)) break;
  }
  return address.slice(0, end);
}

function hrefOf(address: string): string | null {
  if (!/^https?:/i.test(address)) return `mailto:${address}`;
  return safeHref(address);
}
