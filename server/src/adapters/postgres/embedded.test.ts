import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmod, mkdir, readFile, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import pg from 'pg';
import type { Storage } from '../../ports.js';
import { openStorage } from './open-storage.js';
import { makeSocketFolder, socketFolderOf, socketPort } from './socket-folder.js';
import { openInChild } from './testing/child.js';
import { emptyFolder, readyFolder } from './testing/data-folder.js';
import { aWorkspace } from './testing/fixtures.js';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  while (cleanups.length > 0) await cleanups.pop()?.();
});

async function ready(): Promise<string> {
  const folder = await readyFolder();
  cleanups.push(folder.remove);
  return folder.path;
}

async function empty(): Promise<string> {
  const folder = await emptyFolder();
  cleanups.push(folder.remove);
  return folder.path;
}

async function open(dataDir: string, onFatal?: (error: Error) => void): Promise<Storage> {
  const storage = await openStorage({
    dataDir,
    clock: { now: () => 1_000 },
    log: { info: () => undefined, error: () => undefined },
    ...(onFatal && { onFatal }),
  });
  return storage;
}

async function refuses(dataDir: string, code: string, message: RegExp): Promise<void> {
  await assert.rejects(open(dataDir), { name: 'StartRefused', code, message });
}

function openPool(socketFolder: string): pg.Pool {
  return new pg.Pool({ host: socketFolder, port: socketPort, user: 'postgres', max: 1 });
}

describe('a data folder', () => {
  it('keeps what was stored, and nothing of a running server once closed', async () => {
    const folder = await ready();
    const workspace = aWorkspace();
    const first = await open(folder);
    const socketFolder = socketFolderOf(await realpath(folder));
    const { socket } = JSON.parse(await readFile(join(folder, 'lock'), 'utf8')) as {
      socket: string;
    };
    const { mode } = await stat(socketFolder);
    await first.workspaces.create(workspace);
    await first.close();
    assert.ok(socket.startsWith(socketFolder));
    assert.equal(mode & 0o777, 0o700);
    assert.deepEqual((await readdir(folder)).sort(), ['database', 'version']);
    await assert.rejects(stat(socketFolder), { code: 'ENOENT' });
    const second = await open(folder);
    assert.deepEqual(await second.workspaces.get(workspace.id), workspace);
    await second.close();
  });

  it('is refused while it is in use, by this process or another', async () => {
    const folder = await ready();
    const child = openInChild(folder);
    await child.until('opened');
    await refuses(folder, 'data_folder_in_use', new RegExp(`by process ${child.pid}.*DATA_DIR`));
    await child.kill();
    const storage = await open(folder);
    await refuses(folder, 'data_folder_in_use', new RegExp(`by process ${process.pid}`));
    await storage.ping();
    await storage.close();
  });

  it('loses nothing acknowledged when the server is killed in the middle of writes', async () => {
    const folder = await ready();
    const stored: string[] = [];
    const kills = process.env['TEST_LONG'] ? [5, 60, 150] : [60];
    for (const writes of kills) {
      const child = openInChild(folder);
      await child.until('stored', writes);
      const lines = await child.kill();
      stored.push(...lines.flatMap((line) => /^stored (\S+)$/.exec(line)?.[1] ?? []));
    }
    const storage = await open(folder);
    for (const id of stored) assert.ok(await storage.contacts.get(id), `${id} of ${stored.length}`);
    assert.ok(stored.length >= kills.reduce((sum, writes) => sum + writes));
    await storage.close();
  });

  it('is begun anew when its first start was killed', async () => {
    const folder = await empty();
    const child = openInChild(folder);
    const started = async () => (await readdir(join(folder, 'database')).catch(() => [])).length;
    while ((await started()) < 5 && child.lines.length === 0) await pause(10);
    const told = await child.kill();
    const version = await readFile(join(folder, 'version'), 'utf8');
    const storage = await open(folder);
    assert.deepEqual(told, []);
    assert.match(version, /creating/);
    assert.deepEqual(await storage.workspaces.list(), []);
    await storage.close();
  });

  it('may hold the server’s secret before its first start, but nothing foreign', async () => {
    const folder = await empty();
    await writeFile(join(folder, 'holiday.jpg'), '');
    await refuses(folder, 'data_folder_damaged', /holiday\.jpg.*must be empty/);
    assert.deepEqual(await readdir(folder), ['holiday.jpg']);
    const used = await empty();
    await mkdir(join(used, 'database'));
    await refuses(used, 'data_folder_damaged', /database.*must be empty/);
  });

  it('is refused when what lies in it is damaged', async () => {
    const folder = await ready();
    await writeFile(join(folder, 'database', 'global', 'pg_control'), 'not a control file');
    await refuses(folder, 'data_folder_damaged', /does not open.*backup.*DATA_DIR/);
    await rm(join(folder, 'database', 'PG_VERSION'));
    await refuses(folder, 'data_folder_damaged', /PG_VERSION.*is missing/);
    await writeFile(join(folder, 'version'), 'v1');
    await refuses(folder, 'data_folder_damaged', /"version" is not one of this server/);
    assert.ok(!(await readdir(folder)).includes('lock'));
  });

  it('is refused when a newer server wrote it', async () => {
    const folder = await ready();
    const storage = await open(folder);
    const pool = openPool(socketFolderOf(await realpath(folder)));
    await pool.query(`insert into schema_migrations values (999, 'future', 0)`);
    await pool.end();
    await storage.close();
    await refuses(folder, 'data_folder_too_new', /version 999.*newer server/);
    await writeFile(join(folder, 'version'), JSON.stringify({ format: 2, shape: 'new' }));
    await refuses(folder, 'data_folder_too_new', /format 2.*newer server/);
  });

  it('is refused when it cannot be a folder of ours', async () => {
    const folder = await empty();
    await writeFile(join(folder, 'file'), '');
    await refuses(join(folder, 'file'), 'data_folder_unusable', /DATA_DIR/);
    await refuses(join(folder, 'file', 'inner'), 'data_folder_unusable', /DATA_DIR/);
  });
});

describe('the embedded database', () => {
  it('tells when it dies, and fails what comes after', async () => {
    const folder = await ready();
    const faults: Error[] = [];
    const [[worker], storage] = await Promise.all([
      once(process, 'worker') as Promise<[Worker]>,
      open(folder, (error) => faults.push(error)),
    ]);
    await worker.terminate();
    assert.match(faults[0]?.message ?? '', /database ended/);
    assert.equal(faults.length, 1);
    await assert.rejects(storage.ping());
    await assert.rejects(storage.workspaces.list(), { code: 'unavailable' });
    await storage.close();
    await (await open(folder)).close();
  });
});

describe('the folder of the socket', () => {
  it('is refused when it is not of this user alone', async () => {
    const folder = join(await empty(), 'socket');
    await mkdir(folder);
    await chmod(folder, 0o755);
    const refused = { code: 'socket_folder_unusable', message: /mode 0700/ };
    await assert.rejects(makeSocketFolder(folder), refused);
    const missing = join(folder, 'a', 'b');
    await assert.rejects(makeSocketFolder(missing), { code: 'socket_folder_unusable' });
  });

  it('is refused when its path is too long for a socket', async (test) => {
    const before = process.env['TMPDIR'];
    test.after(() => {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    });
    process.env['TMPDIR'] = `/tmp/${'x'.repeat(80)}`;
    assert.throws(() => socketFolderOf('/srv/chat'), {
      code: 'socket_folder_unusable',
      message: /bytes long.*TMPDIR/,
    });
  });
});
