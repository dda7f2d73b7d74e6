import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { lockFolder } from './folder-lock.js';
import { stateOf, thisProcess } from './process-identity.js';
import { emptyFolder } from './testing/data-folder.js';

const socket = '/tmp/socket';

async function inFolder(test: (folder: string, lock: string) => Promise<void>): Promise<void> {
  const { path, remove } = await emptyFolder();
  try {
    await test(path, join(path, 'lock'));
  } finally {
    await remove();
  }
}

describe('the lock of a data folder', () => {
  it('names who holds it and where, and is gone once released', () =>
    inFolder(async (folder, file) => {
      const lock = await lockFolder(folder, socket);
      const content = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
      await lock.release();
      const { nonce, ...holder } = content;
      assert.match(String(nonce), /^[0-9a-f]{16}$/);
      assert.deepEqual(holder, { ...thisProcess(), socket });
      assert.deepEqual(await readdir(folder), []);
    }));

  it('is refused while the holder runs', () =>
    inFolder(async (folder) => {
      const lock = await lockFolder(folder, socket);
      await assert.rejects(lockFolder(folder, socket), {
        name: 'StartRefused',
        code: 'data_folder_in_use',
        message: new RegExp(`by process ${process.pid}.*DATA_DIR`),
      });
      await lock.release();
      assert.deepEqual(await readdir(folder), []);
    }));

  const stale = {
    'a process that is gone': JSON.stringify({ ...thisProcess(), pid: 2 ** 22 + 1 }),
    'a process whose number another one has': JSON.stringify({ ...thisProcess(), startedAt: '1' }),
    'a process of before a reboot': JSON.stringify({ ...thisProcess(), place: 'another' }),
    'nobody, being half written': '{"pid":',
    'nobody, being empty': '',
  };
  for (const [name, content] of Object.entries(stale)) {
    it(`is taken over from ${name}`, () =>
      inFolder(async (folder, file) => {
        await writeFile(file, content);
        const lock = await lockFolder(folder, socket, 10);
        assert.equal(
          (JSON.parse(await readFile(file, 'utf8')) as { socket: string }).socket,
          socket,
        );
        await lock.release();
        assert.deepEqual(await readdir(folder), []);
      }));
  }

  it('is refused while a process of another container touches it', () =>
    inFolder(async (folder, file) => {
      const lock = await lockFolder(folder, socket, 10);
      const elsewhere = JSON.stringify({ ...thisProcess(), place: 'another', socket });
      await writeFile(file, elsewhere);
      await assert.rejects(lockFolder(folder, socket, 20), { code: 'data_folder_in_use' });
      await lock.release();
      assert.equal(await readFile(file, 'utf8'), elsewhere);
    }));

  it('is had by one of those who find it stale together', () =>
    inFolder(async (folder, file) => {
      for (let round = 0; round < 30; round++) {
        await writeFile(file, stale['a process that is gone']);
        const takers = Array.from({ length: 12 }, () => lockFolder(folder, socket));
        const taken = (await Promise.allSettled(takers)).flatMap((taker) =>
          taker.status === 'fulfilled' ? [taker.value] : [],
        );
        assert.equal(taken.length, 1);
        await taken[0]?.release();
      }
    }));

  it('counts a process as running until it has ended', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    await once(child, 'spawn');
    const running = { ...thisProcess(), pid: child.pid ?? 0, startedAt: null };
    const before = stateOf(running);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.deepEqual([before, stateOf(running)], ['running', 'gone']);
  });
});
