import type { Plugin } from 'vite';

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/**
 * Takes the indentation and the comments out of `css` and `html` templates, which no minifier
 * touches: about a tenth of what the widget weighs. Runs of white space become one; none vanishes
 * where it could show.
 */
export function compactTemplates(): Plugin {
  return {
    name: 'compact-templates',
    apply: 'build',
    transform: {
      filter: { id: /\/src\/.+\.ts$/, code: /\b(?:css|html|svg)`/ },
      order: 'post',
      handler(code) {
        const edits: { start: number; end: number; text: string }[] = [];
        visit(this.parse(code), (node) => {
          if (node.type !== 'TaggedTemplateExpression') return;
          const compact = compactors[(node['tag'] as { name?: string }).name ?? ''];
          if (!compact) return;
          for (const quasi of (node['quasi'] as { quasis: Node[] }).quasis) {
            const { raw } = quasi['value'] as { raw: string };
            const start = code.indexOf(raw, quasi.start);
            edits.push({ start, end: start + raw.length, text: compact(raw) });
          }
        });
        if (edits.length === 0) return null;
        let result = '';
        let from = 0;
        for (const { start, end, text } of edits.sort((a, b) => a.start - b.start)) {
          result += code.slice(from, start) + text;
          from = end;
        }
        return { code: result + code.slice(from), map: null };
      },
    },
  };
}

const compactors: Record<string, (raw: string) => string> = {
  css: (raw) =>
    raw.replace(
      /("[^"]*"|'[^']*')|\/\*[\s\S]*?\*\/|;?\s*(\})\s*|\s*([{;,])\s*|(:)\s+|\b0(\.\d)|\s+/g,
      (match: string, ...[text, close, mark, colon, decimal]: (string | undefined)[]) =>
        text ?? close ?? mark ?? colon ?? decimal ?? (match.startsWith('/*') ? '' : ' '),
    ),
  html: (raw) => raw.replace(/\s*\n\s*/g, ' '),
  svg: (raw) => raw.replace(/\s*\n\s*/g, ' '),
};

function visit(node: unknown, seen: (node: Node) => void): void {
  if (Array.isArray(node)) {
    for (const child of node) visit(child, seen);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  if (typeof (node as Node).type === 'string') seen(node as Node);
  for (const child of Object.values(node)) visit(child, seen);
}
