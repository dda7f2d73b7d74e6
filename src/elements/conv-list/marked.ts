import { html, type TemplateResult } from 'lit';
import type { SearchMatch } from '../../protocol/index.js';

/** A text with the words that were found in it shown as such (S3.11). */
export function marked({
  excerpt,
  ranges,
}: Pick<SearchMatch, 'excerpt' | 'ranges'>): (string | TemplateResult)[] {
  const pieces: (string | TemplateResult)[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    if (from < at) continue;
    pieces.push(excerpt.slice(at, from), html`<mark>${excerpt.slice(from, to)}</mark>`);
    at = to;
  }
  pieces.push(excerpt.slice(at));
  return pieces;
}
