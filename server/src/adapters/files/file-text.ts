import { createReadStream } from 'node:fs';

/** Tab, line feed, form feed and carriage return are text; other controls are of something else. */
const controls = /[\0-\x08\x0b\x0e-\x1f\x7f]/;
/** How a tag, a remark, a declaration or an instruction begins: a page, or a picture in markup. */
const markup = /^<(?:[!?/]|[a-z][\w:-]*[\s/>])/i;
const firstPart = 8_192;

/** Whether the file is UTF-8 text that a person would read, and no page or picture in markup. */
export async function isPlainText(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let head = '';
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
      const text = decoder.decode(chunk, { stream: true });
      if (controls.test(text)) return false;
      if (head.length < firstPart) head += text.slice(0, firstPart - head.length);
    }
    decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
  return !markup.test(head.trimStart());
}

/** Which of the words the file holds in UTF-16, as compound documents name their streams; null: none. */
export async function findStreamName<T extends { stream: string }>(
  path: string,
  candidates: readonly T[],
): Promise<T | null> {
  const wanted = candidates.map((candidate) => ({
    candidate,
    bytes: Buffer.from(`${candidate.stream}\0`, 'utf16le'),
  }));
  const longest = Math.max(...wanted.map(({ bytes }) => bytes.length));
  let before = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const part = Buffer.concat([before, chunk]);
    const found = wanted.find(({ bytes }) => part.includes(bytes));
    if (found) return found.candidate;
    before = part.subarray(-longest);
  }
  return null;
}
