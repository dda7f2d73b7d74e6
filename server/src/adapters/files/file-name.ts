import { limits } from '#kit/protocol/limits.js';
import type { FileType } from './file-types.js';

/** What a name must not hold: control and format characters, which also turn the reading order. */
const unseen = /[\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029]/gu;
/** What some system takes for a path, a drive or a pattern. */
const pathLike = /[/\\:*?"<>|]/g;

/** Of a longer one only the end is looked at, which holds the ending. */
const longestRead = 1_000;

/**
 * A name that can be shown and saved anywhere: no path, nothing invisible, at most
 * `limits.fileNameLength` UTF-16 units, and an ending of the type that the bytes are, so that no
 * system opens the file as something else.
 */
export function fileName(given: string, { extensions }: FileType): string {
  const last = /[^/\\]*$/.exec(given.slice(-longestRead))?.[0] ?? '';
  const clean = last
    .normalize('NFC')
    .replace(unseen, '')
    .replace(pathLike, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const dot = clean.lastIndexOf('.');
  const ending = clean.slice(dot + 1).toLowerCase();
  const fits = dot > 0 && extensions.includes(ending);
  const stem = (fits ? clean.slice(0, dot) : clean) || 'file';
  const tail = fits ? clean.slice(dot) : `.${extensions[0]}`;
  return cut(stem, limits.fileNameLength - tail.length) + tail;
}

/** Never through the middle of a pair. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
