import { limits } from '#kit/protocol/limits.js';
import { CodedError } from '#kit/protocol/errors.js';

/** Without what a database cannot hold: NUL, and halves of surrogate pairs. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\u{FFFD}');
}

/**
 * Without blank lines before and space after. Throws `message_too_long`, and `message_empty` where
 * there is nothing else in the message.
 */
export function cleanMessageText(text: string, hasFiles = false): string {
  const clean = storable(text)
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd();
  if (clean === '' && !hasFiles) throw new CodedError('message_empty');
  if (clean.length > limits.messageLength) throw new CodedError('message_too_long');
  return clean;
}

/** Trimmed and on one line; null when nothing is left. */
export function cleanLine(text: string): string | null {
  const clean = storable(text).replace(/\s+/g, ' ').trim();
  return clean === '' ? null : clean;
}

/** Lower case. Throws `invalid_email` where no mail could be sent to it. */
export function cleanEmail(text: string): string | null {
  const clean = cleanLine(text)?.toLowerCase() ?? null;
  if (clean !== null && !/^[^\s@<>"',;]+@[^\s@<>"',;.]+(?:\.[^\s@<>"',;.]+)*$/.test(clean)) {
    throw new CodedError('invalid_email');
  }
  return clean;
}
