import { randomUUID } from 'node:crypto';
import { openFileStore } from '../adapters/files/open-store.js';
import type { Config } from '../config.js';
import type { Finding } from './doctor.js';

const subject = 'files';

/** Writes, reads and deletes one. */
export async function checkFiles({ files }: Config): Promise<Finding[]> {
  const where = files.type === 'disk' ? files.dir : files.endpoint;
  const id = `at_doctor${randomUUID().replaceAll('-', '')}`;
  const written = Buffer.from('written by convkit-server doctor');
  try {
    const store = openFileStore(files);
    const received = await store.receive(one(written), written.length);
    await store.put(id, 'original', received);
    try {
      const found = await store.get(id, 'original');
      const chunks: Buffer[] = [];
      for await (const chunk of found?.content ?? []) chunks.push(Buffer.from(chunk as Uint8Array));
      if (!Buffer.concat(chunks).equals(written))
        throw new Error('what was read is not what was written');
    } finally {
      await store.delete(id);
    }
    return [{ level: 'ok', subject, text: `${where} takes, gives and deletes` }];
  } catch (error) {
    const reason = error instanceof Error ? (error.cause ?? error) : error;
    const text = `${where}: ${reason instanceof Error ? reason.message : String(reason)}.`;
    const fix =
      files.type === 'disk'
        ? 'Set FILES_DIR to a folder that this user may write to.'
        : 'Check S3_ENDPOINT, S3_REGION and the key, and that the bucket is there.';
    return [{ level: 'fail', subject, text, fix }];
  }
}

async function* one(content: Buffer): AsyncIterable<Uint8Array> {
  yield content;
}
