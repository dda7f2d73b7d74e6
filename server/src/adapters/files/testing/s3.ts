import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

/** A bucket on this machine, gone with `close`. */
export interface TestBucket {
  /** As the configuration takes it. */
  settings: { endpoint: string; region: string; accessKeyId: string; secretAccessKey: string };
  folder: string;
  close(): Promise<void>;
}

export async function startS3(): Promise<TestBucket> {
  const folder = await mkdtemp(join(tmpdir(), 'convkit-s3-'));
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: folder,
    configureBuckets: [{ name: 'files' }],
  });
  const { port } = await server.run();
  return {
    settings: {
      endpoint: `http://127.0.0.1:${port}/files`,
      region: 'us-east-1',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    },
    folder,
    async close() {
      const closed = server.close();
      server.httpServer.closeAllConnections();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
