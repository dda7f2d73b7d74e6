import { prefixLines } from './markdown-lines.js';

/** A text field's content and selection. */
export interface Field {
  text: string;
  start: number;
  end: number;
}

/** Replace `from..to` by `insert`, then select `start..end`. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
  start: number;
  end: number;
}

export type Format = 'bold' | 'italic' | 'strike' | 'code' | 'quote' | 'link' | 'list' | 'numbered';

const marks = { bold: '**', italic: '_', strike: '~~' } as const;

/** The edit that gives the selection a format, or takes it away where it has it (S3.23). */
export function formatEdit(format: Format, field: Field): Edit {
  switch (format) {
    case 'bold':
    case 'italic':
    case 'strike':
      return wrap(field, marks[format]);
    case 'code':
      return selected(field).includes('\n') ? fence(field) : wrap(field, '`');
    case 'link':
      return link(field);
    case 'quote':
    case 'list':
    case 'numbered':
      return prefixLines(field, format);
  }
}

/** An address pasted over a selection becomes a link; null where the paste should stay as it is. */
export function pasteEdit(pasted: string, field: Field): Edit | null {
  const address = pasted.trim();
  const label = selected(field);
  if (!/^https?:\/\/\S+$/i.test(address)) return null;
  if (label.trim() === '' || label.includes('\n') || /^https?:\/\//i.test(label)) return null;
  return replace(field, `[${label}](${address})`);
}

function selected({ text, start, end }: Field): string {
  return text.slice(start, end);
}

function replace({ start, end }: Field, insert: string): Edit {
  return { from: start, to: end, insert, start: start + insert.length, end: start + insert.length };
}

function wrap(field: Field, mark: string): Edit {
  const { text, start, end } = field;
  const size = mark.length;
  const inside = selected(field);
  const wrapped = text.slice(start - size, start) === mark && text.slice(end, end + size) === mark;
  if (wrapped) {
    return {
      from: start - size,
      to: end + size,
      insert: inside,
      start: start - size,
      end: end - size,
    };
  }
  return {
    from: start,
    to: end,
    insert: mark + inside + mark,
    start: start + size,
    end: end + size,
  };
}

function fence(field: Field): Edit {
  const insert = '```\n' + selected(field) + '\n```';
  return {
    from: field.start,
    to: field.end,
    insert,
    start: field.start + 4,
    end: field.end + 4,
  };
}

function link(field: Field): Edit {
  const label = selected(field);
  if (/^https?:\/\/\S+$/i.test(label)) {
    const insert = `[](${label})`;
    return {
      from: field.start,
      to: field.end,
      insert,
      start: field.start + 1,
      end: field.start + 1,
    };
  }
  const address = 'https://';
  const insert = `[${label}](${address})`;
  const at = field.start + (label === '' ? 1 : label.length + 3);
  return {
    from: field.start,
    to: field.end,
    insert,
    start: at,
    end: label === '' ? at : at + address.length,
  };
}
