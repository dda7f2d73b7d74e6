import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { readConfig } from './config.js';
import { start } from './main.js';

it('a server that cannot listen makes no folder', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'convkit-port-'));
  t.after(() => rm(folder, { recursive: true }));
  const starting = (environment: Record<string, string>) =>
    start(readConfig({ DATA_DIR: join(folder, 'kept'), LOG_LEVEL: 'silent', ...environment }), () =>
      assert.fail('It prints where it is.'),
    );
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  try {
    await assert.rejects(starting({ PORT: String(port) }), { code: 'EADDRINUSE' });
    await assert.rejects(starting({ PORT: '0', HOST: '192.0.2.1' }), { code: 'EADDRNOTAVAIL' });
    assert.deepEqual(await readdir(folder), []);
  } finally {
    other.close();
  }
});
