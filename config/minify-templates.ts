import type { Plugin } from 'vite';

/**
 * Takes comments and indentation out of `css` and `html` templates: minifiers leave strings alone,
 * and in the widget these are a third of the bytes. Only our own sources, whose templates hold no
 * backtick inside of `css`, and no text in which line breaks count.
 */
export function minifyTemplates(): Plugin {
  return {
    name: 'minify-templates',
    apply: 'build',
    transform: {
      filter: { id: /\/src\/(?:elements|tokens)\/.*\.ts$/ },
      handler: (code) => ({
        code: code
          .replace(/css`[^`]*`/g, minifyCss)
          // A line break between tags stays a space: inline elements are spaced by it.
          .replace(/html`[^`]*/g, (template) => template.replace(/\s*\n\s*/g, '\n')),
        map: null,
      }),
    },
  };
}

function minifyCss(template: string): string {
  return (
    template
      .replace(/\/\*[^]*?\*\//g, '')
      .replace(/\s+/g, ' ')
      .replace(/ \{ ?/g, '{')
      .replace(/; ?\} ?/g, '}')
      .replace(/([;:,]) /g, '$1')
      // What follows an inner block: the end of an expression is never followed by a brace.
      .replace(/\} (?=\})/g, '}')
  );
}
