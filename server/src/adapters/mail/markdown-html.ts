import { Marked } from 'marked';
import { escaped, markdownRules } from '#kit/domain/markdown-rules.js';

const marked = new Marked(markdownRules);

/**
 * Markdown as the HTML of an email, by the rules of the pages. Each block finds the direction of its
 * own text.
 */
export function markdownHtml(text: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"></head><body>${body(text)}</body></html>`;
}

function body(text: string): string {
  try {
    return marked
      .parse(text, { async: false })
      .replace(/<(p|h[1-6]|ul|ol|li|blockquote|td|th)(?=[\s>])/g, '<$1 dir="auto"');
  } catch {
    // Nested deeper than the parser goes.
    return `<p dir="auto">${escaped(text).replaceAll('\n', '<br>')}</p>`;
  }
}
