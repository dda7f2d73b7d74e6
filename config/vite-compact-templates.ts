import { CSSResult } from 'lit';
import type { Plugin } from 'vite';
import * as tokens from '../src/tokens/tokens.js';

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/**
 * Takes the indentation and the comments out of `css` and `html` templates, which no minifier
 * touches: about a tenth of what the widget weighs. Runs of white space become one; none vanishes
 * where it could show. With `inlineTokens`, the text of a token stands in each style that uses it:
 * what is said often packs well, and the tokens themselves are not loaded.
 */
export function compactTemplates({ inlineTokens = false } = {}): Plugin {
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
          const tag = (node['tag'] as { name?: string }).name ?? '';
          const compact = compactors[tag];
          if (!compact) return;
          const { quasis, expressions } = node['quasi'] as Record<string, Node[]>;
          if (!quasis || !expressions) return;
          for (const { start, end } of inlineTokens && tag === 'css' ? expressions : []) {
            const text = tokenText(code.slice(start, end));
            if (text === null) continue;
            const hole = { start: code.lastIndexOf('${', start), end: code.indexOf('}', end) + 1 };
            edits.push({ ...hole, text: compactStyles(text) });
          }
          const raws = quasis.map((quasi) => (quasi['value'] as { raw: string }).raw);
          const texts = compact(raws);
          for (const [at, raw] of raws.entries()) {
            const start = code.indexOf(raw, quasis[at]?.start);
            edits.push({ start, end: start + raw.length, text: texts[at] ?? raw });
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

/** Of `color.ink` or `space[2]`; null for what is no token. */
function tokenText(expression: string): string | null {
  const [, group = '', name = ''] = /^(\w+)(?:\.|\[)(\w+)\]?$/.exec(expression) ?? [];
  const found = (tokens as unknown as Record<string, Record<string, unknown> | undefined>)[group];
  const token = found?.[name];
  return token instanceof CSSResult ? token.cssText : null;
}

/** Stand for an expression, and for a break of the line, while a template is looked at as a whole. */
const [hole, lineBreak] = ['\0', '\x01'];

/** Elements beside and in which white space at the edge is never shown. */
const blocks =
  'li|ul|ol|div|p|header|footer|section|nav|main|form|h[1-6]|dl|dt|dd|dialog|path|circle|rect';
/** Those that stand in a line, and begin one inside. */
const inlineBlocks = 'button|svg|select';

const tagEnd = `(?:[\\s${hole}${lineBreak}][^<>]*)?>`;
const after = new RegExp(
  `(</?(?:${blocks})${tagEnd}|<(?:${inlineBlocks})${tagEnd})${lineBreak}`,
  'g',
);
const before = new RegExp(`${lineBreak}(?=</?(?:${blocks})${tagEnd}|</(?:${inlineBlocks})>)`, 'g');

function compactMarkup(raws: readonly string[]): string[] {
  return raws
    .join(hole)
    .replace(/\s*\n\s*/g, lineBreak)
    .replace(after, '$1')
    .replace(before, '')
    .replaceAll(lineBreak, ' ')
    .replace(/ +(?=>)/g, '')
    .split(hole);
}

const compactStyles = (raw: string): string =>
  raw.replace(
    /("[^"]*"|'[^']*')|\s*\/\*[\s\S]*?\*\/\s*|;?\s*(\})\s*|\s*([{;,>~]|!(?=important)|[*/](?=\s*[\dv]))\s*|([:(]|@media)\s+|\b0(\.\d)|\s+(?=\))|\s+/g,
    (match: string, ...[text, close, mark, opening, decimal]: (string | undefined)[]) =>
      text ?? close ?? mark ?? opening ?? decimal ?? (match.includes('/*') ? '' : ' '),
  );

const compactors: Record<string, (raws: readonly string[]) => string[]> = {
  css: (raws) => raws.map(compactStyles),
  html: compactMarkup,
  svg: compactMarkup,
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
