import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { FileStore } from '../../file-ports.js';
import { fileStoreContract } from './file-store.contract.js';
import { createS3Store } from './s3.js';
import { startS3, type TestBucket } from './testing/s3.js';

describe('files in a bucket', () => {
  let bucket: TestBucket;
  let incoming: string;
  let store: FileStore;

  before(async () => {
    bucket = await startS3();
    incoming = await mkdtemp(join(tmpdir(), 'convkit-incoming-'));
    store = createS3Store({ ...bucket.settings, incoming });
  });
  after(async () => {
    await bucket.close();
    await rm(incoming, { recursive: true, force: true });
  });

  fileStoreContract(
    { describe, it },
    {
      get store() {
        return store;
      },
    },
  );

  /** Every call of a store that is somewhere else, with short limits. */
  const assertRefuses = async (endpoint: string, code: string) => {
    const timeLimits = { put: 80, request: 80 };
    const away = createS3Store({ ...bucket.settings, endpoint, incoming, timeLimits });
    const file = await away.receive(parts('a'), 10);
    await assert.rejects(away.put('at_a', 'original', file), { code });
    assert.deepEqual(await readdir(incoming), [], 'nothing stays behind');
    await assert.rejects(away.get('at_a', 'original'), { code });
    await assert.rejects(away.delete('at_a'), { code });
    await assert.rejects(away.list(null), { code });
  };

  it('are unavailable where nothing listens', async () => {
    const server = await listening(createServer());
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    await assertRefuses(`http://127.0.0.1:${port}/files`, 'storage_unavailable');
  });

  it('are unavailable where the server hangs', async () => {
    const server = await listening(createServer());
    const { port } = server.address() as AddressInfo;
    const connections = new Set<{ destroy(): void }>();
    server.on('connection', (connection) => connections.add(connection));
    await assertRefuses(`http://127.0.0.1:${port}/files`, 'storage_unavailable');
    for (const connection of connections) connection.destroy();
    server.close();
  });

  for (const [status, code] of [
    [500, 'storage_unavailable'],
    [503, 'storage_unavailable'],
    [403, 'storage_unavailable'],
    [507, 'storage_full'],
  ] as const) {
    it(`tell ${code} where the server answers ${status}`, async () => {
      const server = createHttpServer((request, response) => {
        request.resume();
        request.on('end', () => response.writeHead(status).end());
      });
      await listening(server);
      const { port } = server.address() as AddressInfo;
      await assertRefuses(`http://127.0.0.1:${port}/files`, code);
      server.closeAllConnections();
      server.close();
    });
  }

  it('of another kind in the same bucket are left alone', async () => {
    const { files } = await store.list(null);
    assert.ok(files.every(({ id }) => id.startsWith('at_')));
  });
});

async function listening<T extends Server | HttpServer>(server: T): Promise<T> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function* parts(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}
