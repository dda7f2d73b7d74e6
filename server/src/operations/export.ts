import { createHash } from 'node:crypto';
import type { Snapshot } from '../archive-ports.js';
import type { FileStore } from '../file-ports.js';

/** Version of the shape of the lines; the guide to operating describes it. */
const exportFormat = 1;

/** The hash of a file's bytes in hex; null where they are gone. */
export type FileHash = (id: string) => Promise<string | null>;

/** One workspace or all as JSON lines, each with its line break, in an order that never changes. */
export async function* exportLines(
  snapshot: Snapshot,
  workspaceId: string | null,
  hashOf: FileHash,
): AsyncIterable<string> {
  yield `${JSON.stringify({ type: 'export', format: exportFormat })}\n`;
  for await (const line of snapshot.exported(workspaceId)) {
    if (line.type === 'line') yield `${line.json}\n`;
    else {
      const { id } = line.file;
      yield `${JSON.stringify({ type: 'file', ...line.file, sha256: await hashOf(id) })}\n`;
    }
  }
}

export function hashesOf(files: FileStore): FileHash {
  return async (id) => {
    const found = await files.get(id, 'original');
    if (!found) return null;
    const hash = createHash('sha256');
    for await (const chunk of found.content) hash.update(chunk as Uint8Array);
    return hash.digest('hex');
  };
}

/** What a whole export comes to, without keeping it. */
export async function summarize(
  lines: AsyncIterable<string>,
): Promise<{ lines: number; sha256: string }> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const line of lines) {
    hash.update(line);
    count += 1;
  }
  return { lines: count, sha256: hash.digest('hex') };
}
