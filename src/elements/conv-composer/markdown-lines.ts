import type { Edit, Field } from './markdown-edit.js';

export type LineFormat = 'quote' | 'list' | 'numbered';

const begins: Readonly<Record<LineFormat, RegExp>> = {
  quote: /^> ?/,
  list: /^[-*+] /,
  numbered: /^\d+[.)] /,
};
/** Indentation, the mark of a list's item or of a quote, and what is written after it. */
const item = /^(\s*)([-*+] |\d+[.)] |> )(.*)$/;

/** Gives the lines of a selection a mark, or takes it away where all have it (S3.23). */
export function prefixLines({ text, start, end }: Field, format: LineFormat): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next === -1 ? text.length : next;
  const lines = text.slice(from, to).split('\n');
  const all = lines.every((line) => begins[format].test(line));
  const insert = lines
    .map((line, at) => {
      if (all) return line.replace(begins[format], '');
      // A list of the other kind becomes one of this.
      const bare =
        format === 'quote' ? line : line.replace(begins.list, '').replace(begins.numbered, '');
      return markOf(format, at) + bare;
    })
    .join('\n');
  const caret = from + insert.length;
  return { from, to, insert, start: start === end ? caret : from, end: caret };
}

/** A line break that goes on with a list or a quote; an empty item ends it. Null: a plain break. */
export function breakEdit({ text, start, end }: Field): Edit | null {
  if (start !== end) return null;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const [, indent = '', mark = '', written = ''] = item.exec(text.slice(from, start)) ?? [];
  if (mark === '') return null;
  if (written.trim() === '') {
    const rest = text.slice(start).split('\n', 1)[0] ?? '';
    if (rest.trim() !== '') return null;
    return { from, to: start, insert: '', start: from, end: from };
  }
  const insert = `\n${indent}${following(mark)}`;
  const caret = start + insert.length;
  return { from: start, to: start, insert, start: caret, end: caret };
}

function markOf(format: LineFormat, at: number): string {
  return { quote: '> ', list: '- ', numbered: `${at + 1}. ` }[format];
}

function following(mark: string): string {
  return mark.replace(/\d+/, (number) => String(Number(number) + 1));
}
