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

/** On one line. Throws `invalid_payload` where nobody could be called by it. */
export function cleanPhone(text: string): string | null {
  const clean = cleanLine(text);
  if (clean === null) return null;
  const digits = clean.match(/\p{Nd}/gu)?.length ?? 0;
  if (digits < 3 || !/^\+?[\p{Nd}\s().,/*#x;=-]+$/iu.test(clean)) {
    const message = 'This is not a phone number. Give digits, such as +46 8 123 45 67.';
    throw new CodedError('invalid_payload', { message });
  }
  return clean;
}

/** The tag as standards write it, such as `pt-BR`. Throws `invalid_payload` where it is none. */
export function cleanLanguage(text: string): string | null {
  const clean = cleanLine(text);
  if (clean === null) return null;
  const tag = languageTag(clean);
  if (tag !== null) return tag;
  const message = 'This is not a language tag. Give one such as sv or pt-BR.';
  throw new CodedError('invalid_payload', { message });
}

/** As standards write it; some browsers add where they run: `en-US@posix`. Null where it is none. */
export function languageTag(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text.split(/[@.]/)[0]?.replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}
