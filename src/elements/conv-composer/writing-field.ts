import { formatEdit, pasteEdit, type Edit, type Field, type Format } from './markdown-edit.js';
import { breakEdit } from './markdown-lines.js';
import { formatOfKey } from './toolbar.js';

/**
 * What sends; the other Enter breaks the line (S3.27). Ctrl+Enter, or Cmd+Enter, always does, and is
 * the only one with `control`.
 */
export type SendKey = 'enter' | 'shift' | 'control';

interface WritingParts {
  field(): HTMLTextAreaElement | null;
  sendsBy(): SendKey;
  onSend(): void;
  /** The text changed without the browser telling it. */
  onInput(): void;
  /** Keys that something over the field takes, such as its choices; true where it did. */
  takesKey?(event: KeyboardEvent): boolean;
  /** Takes what is pasted, such as files; true where it did. */
  takesPaste?(event: ClipboardEvent): boolean;
}

/** A text field in which markdown is written: formats, links, lists, and the keys that send. */
export class WritingField {
  readonly #parts: WritingParts;

  constructor(parts: WritingParts) {
    this.#parts = parts;
  }

  /** Changes the field as if it had been typed, so that it can be undone. */
  edit({ from, to, insert, start, end }: Edit): void {
    const field = this.#parts.field();
    if (!field) return;
    field.focus();
    field.setSelectionRange(from, to);
    // The one way that keeps the field's own undo; it is refused where nothing may be typed.
    const command = insert === '' ? 'delete' : 'insertText';
    const done = (insert === '' && from === to) || document.execCommand(command, false, insert);
    if (!done) {
      field.setRangeText(insert, from, to, 'end');
      this.#parts.onInput();
    }
    field.setSelectionRange(start, end);
  }

  /** Puts a text where the caret is, in place of what is selected. */
  insert(text: string): void {
    const field = this.#read();
    if (!field) return;
    const caret = field.start + text.length;
    this.edit({ from: field.start, to: field.end, insert: text, start: caret, end: caret });
  }

  format(format: Format): void {
    const field = this.#read();
    if (field) this.edit(formatEdit(format, field));
  }

  /** Selects a part of the text, and shows it. */
  select(from: number, to: number): void {
    const field = this.#parts.field();
    field?.focus();
    field?.setSelectionRange(from, to);
  }

  readonly onKeydown = (event: KeyboardEvent): void => {
    // 229: Safari ends a composition before it tells the Enter that ended it.
    if (event.isComposing || event.keyCode === 229) return;
    if (this.#parts.takesKey?.(event)) return;
    const format = formatOfKey(event);
    if (format) {
      event.preventDefault();
      this.format(format);
    } else if (event.key === 'Enter' && !event.altKey) {
      this.#onEnter(event);
    }
  };

  readonly onPaste = (event: ClipboardEvent): void => {
    if (this.#parts.takesPaste?.(event)) return;
    const field = this.#read();
    const edit = field && pasteEdit(event.clipboardData?.getData('text/plain') ?? '', field);
    if (!edit) return;
    event.preventDefault();
    this.edit(edit);
  };

  readonly onTool = (event: Event): void => {
    this.format((event.currentTarget as HTMLElement).dataset['format'] as Format);
  };

  #onEnter(event: KeyboardEvent): void {
    const key = this.#parts.sendsBy();
    const withControl = event.ctrlKey || event.metaKey;
    const sends = withControl || (key !== 'control' && event.shiftKey === (key === 'shift'));
    if (sends) {
      event.preventDefault();
      // A key that is held sends nothing twice.
      if (!event.repeat) this.#parts.onSend();
      return;
    }
    const field = this.#read();
    const edit = field && breakEdit(field);
    if (!edit) return;
    event.preventDefault();
    this.edit(edit);
  }

  #read(): Field | null {
    const field = this.#parts.field();
    return field && { text: field.value, start: field.selectionStart, end: field.selectionEnd };
  }
}
