import { Marked, type Tokens } from 'marked';

const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);

const marked = new Marked({
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
});

/**
 * Markdown as the HTML of an email. All that was typed is escaped, so that tags are only those of
 * markdown; nothing loads, and links lead to http, https, mailto and tel. Each block finds the
 * direction of its own text.
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

function link(href: string, label: string): string {
  const url = URL.canParse(href) ? new URL(href) : null;
  if (!url || !schemes.has(url.protocol)) return label;
  return `<a href="${escaped(url.href)}">${label}</a>`;
}

function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
