import type { Readable } from 'node:stream';
import { CodedError } from '#kit/protocol/errors.js';

export interface Pace {
  /** How often is looked, in ms. */
  everyMs: number;
  /** Bytes that must have come each time. */
  minBytes: number;
  /** The whole, in ms. */
  totalMs: number;
}

/**
 * The same bytes, ended with `file_incomplete` when the stream breaks off, or comes slower than any
 * phone line: whoever sends a byte now and then would hold a connection for days.
 */
export async function* paced(
  content: Readable,
  { everyMs, minBytes, totalMs }: Pace,
): AsyncGenerator<Uint8Array> {
  let came = 0;
  const giveUp = (): void => void content.destroy(new CodedError('file_incomplete'));
  const watch = setInterval(() => {
    if (came < minBytes) giveUp();
    came = 0;
  }, everyMs);
  const end = setTimeout(giveUp, totalMs);
  try {
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      came += chunk.length;
      yield chunk;
    }
  } catch (cause) {
    throw cause instanceof CodedError ? cause : new CodedError('file_incomplete', { cause });
  } finally {
    clearInterval(watch);
    clearTimeout(end);
  }
}
