import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import tar from 'tar-stream';

/** What lies in a gzipped tar, by name. */
export async function tarEntries(path: string): Promise<Map<string, string>> {
  const extract = tar.extract();
  createReadStream(path).pipe(createGunzip()).pipe(extract);
  const found = new Map<string, string>();
  for await (const entry of extract) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
    found.set(entry.header.name, Buffer.concat(chunks).toString('latin1'));
  }
  return found;
}
