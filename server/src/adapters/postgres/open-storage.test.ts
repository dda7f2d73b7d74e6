import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import pg from 'pg';
import type { Storage } from '../../ports.js';
import { migrate, readMigrations } from './migrate.js';
import { openStorage, type StorageOptions } from './open-storage.js';
import { newDatabase, query, skip } from './testing/database.js';
import { aWorkspace } from './testing/fixtures.js';
import { TcpProxy } from '../../../test/tcp-proxy.js';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  while (cleanups.length > 0) await cleanups.pop()?.();
});

async function database(options?: string): Promise<string> {
  const { url, drop } = await newDatabase(options);
  cleanups.push(drop);
  return url;
}

function open(
  databaseUrl: string,
  errors: string[] = [],
  limits?: StorageOptions['limits'],
): Promise<Storage> {
  return openStorage({
    ...(limits && { limits }),
    dataDir: '/nowhere',
    databaseUrl,
    clock: { now: () => 1_000 },
    log: { info: () => undefined, error: (message) => errors.push(message) },
  });
}

async function refuses(url: string, code: string, message: RegExp): Promise<void> {
  await assert.rejects(open(url), { name: 'StartRefused', code, message });
}

describe('a PostgreSQL that does not fit', () => {
  it('is refused when nothing answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    await refuses(
      `postgres://convkit@127.0.0.1:${port}/postgres`,
      'database_unreachable',
      /DATABASE_URL does not answer: .*ECONNREFUSED.*Check the address/,
    );
  });

  it('is refused when it is older than 15', async () => {
    const { url, close } = await fakeServer({ version: '140012', encoding: 'UTF8' });
    cleanups.push(close);
    await refuses(url, 'database_too_old', /PostgreSQL 14; at least 15/);
  });

  it('is refused without UTF8', { skip }, async () => {
    const url = await database("template template0 encoding 'LATIN1' locale 'C'");
    await refuses(url, 'database_unusable', /encoding LATIN1; UTF8/);
  });

  it('is refused when a newer server was there', { skip }, async () => {
    const url = await database();
    await (await open(url)).close();
    await query(url, "insert into schema_migrations values (999, 'future', 0)");
    await refuses(url, 'database_too_new', /version 999.*newer server/);
  });

  it('is refused when the user may not make tables', { skip }, async () => {
    const url = await database();
    const user = new URL(url).pathname.slice(1);
    await query(url, `create role ${user} login; revoke create on schema public from public`);
    cleanups.unshift(() => query(process.env['TEST_DATABASE_URL'] ?? '', `drop role ${user}`));
    const limited = new URL(url);
    limited.username = user;
    await refuses(limited.href, 'database_unusable', /grant create on schema public/);
  });
});

describe('migrations', { skip }, () => {
  it('are applied once by servers that start together', async () => {
    const url = await database();
    const storages = await Promise.all([1, 2, 3, 4].map(() => open(url)));
    const workspace = aWorkspace();
    await storages[0]?.workspaces.create(workspace);
    assert.deepEqual(await storages[3]?.workspaces.get(workspace.id), workspace);
    await Promise.all(storages.map((storage) => storage.close()));
  });

  it('leave the database as it was when one of them fails', async () => {
    const client = new pg.Client({ connectionString: await database() });
    await client.connect();
    cleanups.push(() => client.end());
    const known = await readMigrations();
    const broken = { version: known.length + 1, name: 'broken', statements: 'create table x (;' };
    const good = { version: known.length + 1, name: 'good', statements: 'create table x ()' };
    await assert.rejects(migrate(client, 1, [...known, broken]), /syntax/);
    const after = await client.query('select tablename from pg_tables where tablename = $1', [
      'workspaces',
    ]);
    assert.equal(after.rowCount, 0);
    const all = known.map(({ version }) => version);
    assert.deepEqual(await migrate(client, 1, known), all);
    assert.deepEqual(await migrate(client, 1, [...known, good]), [known.length + 1]);
    assert.deepEqual(await migrate(client, 1, [...known, good]), []);
  });
});

describe('a running PostgreSQL', { skip }, () => {
  it('may go away: calls say that they can be tried again', async () => {
    const { url, cut } = await openProxy(await database());
    const storage = await open(url);
    cleanups.push(() => storage.close());
    const again = { code: 'unavailable', retryAfterMs: 1_000 };
    const work = storage.transaction(async ({ workspaces }) => {
      await workspaces.create(aWorkspace());
      await cut();
      await workspaces.list();
    });
    await assert.rejects(work, again);
    await assert.rejects(storage.workspaces.list(), again);
    await assert.rejects(storage.ping());
  });

  it('may hold a row for a server that hangs: nobody waits for it for long', async () => {
    const url = await database();
    const storage = await open(url, [], { lockMs: 20, silenceMs: 35_000 });
    cleanups.push(() => storage.close());
    const workspace = aWorkspace();
    await storage.workspaces.create(workspace);
    const hung = new pg.Client({ connectionString: url });
    await hung.connect();
    cleanups.push(() => hung.end());
    await hung.query('begin');
    await hung.query('select id from workspaces for update');

    await assert.rejects(storage.workspaces.update(workspace.id, { name: 'Other' }), {
      code: 'unavailable',
    });
  });

  it('may say nothing more: calls end, and what follows goes on with new connections', async () => {
    const target = new URL(await database());
    const proxy = await TcpProxy.start(() => Number(target.port));
    cleanups.push(() => proxy.close());
    const url = new URL(target);
    url.port = String(proxy.port);
    const storage = await open(url.href, [], { lockMs: 8_000, silenceMs: 500 });
    cleanups.push(() => storage.close());
    await storage.workspaces.list();
    const work = storage.transaction(async ({ workspaces }) => {
      await workspaces.create(aWorkspace());
      proxy.stall();
      await workspaces.list();
    });

    await assert.rejects(work, { code: 'unavailable' });
    proxy.mend();
    assert.deepEqual(await storage.workspaces.list(), []);
  });

  it('may end connections: what follows goes on with new ones', async () => {
    const url = await database();
    const errors: string[] = [];
    const storage = await open(url, errors);
    cleanups.push(() => storage.close());
    await storage.ping();
    await query(
      url,
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    while (errors.length === 0) await new Promise(setImmediate);
    await storage.ping();
    assert.match(errors[0] ?? '', /database connection/);
  });
});

/** Another way to a database, which can be cut. */
async function openProxy(address: string): Promise<{ url: string; cut(): Promise<void> }> {
  const url = new URL(address);
  const { hostname: host, port } = url;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const onward = connect(Number(port), host);
    for (const end of [socket, onward]) sockets.add(end.on('error', () => undefined));
    socket.pipe(onward).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url.port = String((server.address() as AddressInfo).port);
  const cut = async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    await once(server, 'close');
  };
  return { url: url.href, cut };
}

/** Answers every query with one row of texts, as the wire protocol has it. */
async function fakeServer(row: Record<string, string>) {
  const frame = (type: string, ...parts: Buffer[]) => {
    const body = Buffer.concat(parts);
    const head = Buffer.from(`${type}....`);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const int16 = (value: number) => Buffer.from([value >> 8, value & 255]);
  const int32 = (value: number) => Buffer.concat([int16(value >> 16), int16(value & 65_535)]);
  const idle = frame('Z', Buffer.from('I'));
  const names = Object.keys(row).map((name) =>
    Buffer.concat([
      Buffer.from(`${name}\0`),
      ...[int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)],
    ]),
  );
  const values = Object.values(row).map((value) =>
    Buffer.concat([int32(value.length), Buffer.from(value)]),
  );
  const answer = Buffer.concat([
    frame('T', int16(names.length), ...names),
    frame('D', int16(values.length), ...values),
    frame('C', Buffer.from('SELECT 1\0')),
    idle,
  ]);
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.concat([frame('R', int32(0)), idle]));
      socket.on('data', (message) => {
        if (message.toString('latin1', 0, 1) === 'Q') socket.write(answer);
        else socket.end();
      });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgres://convkit@127.0.0.1:${port}/postgres`,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
