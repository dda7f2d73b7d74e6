import type { MarkedExtension, Tokens } from 'marked';
import { safeHref } from './safe-href.js';

/**
 * How markdown is read, on a page and in an email alike: all that was typed is escaped, so that tags
 * are only those of markdown; nothing loads, and links lead to http, https, mailto and tel.
 */
export const markdownRules: MarkedExtension = {
  async: false,
  gfm: true,
  breaks: true,
  renderer: {
    // HTML that somebody typed is shown as it was typed.
    html: ({ text }: Tokens.HTML | Tokens.Tag): string => escaped(text),
    // A picture would be loaded from anywhere: the reader decides by following the link.
    image: ({ href, text }: Tokens.Image): string => link(href, escaped(text || href)),
    link({ href, tokens }: Tokens.Link): string {
      return link(href, this.parser.parseInline(tokens));
    },
    checkbox: ({ checked }: Tokens.Checkbox): string => (checked ? '☑ ' : '☐ '),
  },
};

function link(href: string, label: string): string {
  const safe = safeHref(href);
  return safe === null ? label : `<a href="${escaped(safe)}">${label}</a>`;
}

/** Text that means itself within HTML. */
export function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
