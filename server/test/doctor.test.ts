import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { newDatabase, query, skip } from '../src/adapters/postgres/testing/database.js';
import { startControl } from '../src/control.js';
import { createLogger } from '../src/log.js';
import { checkAddresses, checkNode, examine } from '../src/operations/doctor.js';
import { migrateDatabase } from '../src/installation.js';
import { readConfig } from '../src/config.js';
import { MailServer } from './mail-server.js';

const redisUrl = process.env['TEST_REDIS_URL'];
const secret = 'a secret of the doctor, long enough for all';

describe('the doctor', () => {
  let dataDir: string;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'convkit-doctor-'));
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  it('finds nothing wrong where nothing is', async () => {
    const { lines, isWell } = await examine({ PORT: '0', DATA_DIR: dataDir });
    assert.equal(isWell, true, lines.join('\n'));
    for (const line of lines) assert.match(line, /^(?:ok {2}|warn) {2}[A-Za-z_]+: /);
    const subjects = lines.map((line) => /^\S+\s+(\w+):/.exec(line)?.[1]);
    for (const subject of ['node', 'configuration', 'port', 'DATA_DIR', 'database', 'files']) {
      assert.ok(subjects.includes(subject), subject);
    }
  });

  it('names the variable that is wrong, and looks no further', async () => {
    const { lines, isWell } = await examine({ PORT: 'x' });
    assert.equal(isWell, false);
    assert.match(lines.at(-1) ?? '', /^fail {2}configuration: PORT is not usable.*Give a port/);
  });

  it('says that another program has the port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      const { lines, isWell } = await examine({ PORT: String(port), DATA_DIR: dataDir });
      assert.equal(isWell, false);
      assert.ok(lines.some((line) => /^fail {2}port: .* in use .*Set PORT/.test(line)));
    } finally {
      other.close();
    }
  });

  it('says whether the server on the port is the one of this DATA_DIR', async () => {
    const server = createHttpServer((_request, response) => response.end('{"status":"ok"}'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const other = await mkdtemp(join(tmpdir(), 'convkit-doctor-'));
    const nothing = () => Promise.reject(new Error('nobody asks'));
    const control = await startControl({ dataDir, port }, createLogger('silent'), {
      run: nothing,
      stream: nothing,
    });
    const lineFor = async (folder: string) => {
      const { lines, isWell } = await examine({ PORT: String(port), DATA_DIR: folder });
      return [isWell, lines.find((line) => line.slice(6).startsWith('port:'))] as const;
    };
    try {
      const [own, ownLine] = await lineFor(dataDir);
      assert.equal(own, true);
      assert.match(ownLine ?? '', /the server of this DATA_DIR runs there$/);
      const [foreign, foreignLine] = await lineFor(other);
      assert.equal(foreign, false);
      assert.match(foreignLine ?? '', /^fail .* a server of another DATA_DIR than .*Set PORT/);
      assert.ok(foreignLine?.includes(other));
    } finally {
      await control.close();
      server.close();
      await rm(other, { recursive: true });
    }
  });

  it('signs in to the mail server, and says what is wrong without the password', async () => {
    const mail = new MailServer();
    await mail.start();
    const lineFor = async (url: string) => {
      const { lines } = await examine({
        PORT: '0',
        DATA_DIR: dataDir,
        SMTP_URL: url,
        MAIL_FROM: 'mail@shop.example',
      });
      return lines.find((line) => line.slice(6).startsWith('mail:')) ?? '';
    };
    try {
      assert.equal(await lineFor(mail.url), `ok    mail: 127.0.0.1 ${mail.port} takes emails`);
      const wrong = await lineFor(`smtp://someone:SECRETWORD@127.0.0.1:${mail.port}`);
      assert.match(wrong, /^fail {2}mail: 127\.0\.0\.1 \d+: EAUTH 535\. Check SMTP_URL/);
      assert.doesNotMatch(wrong, /SECRETWORD|someone/);
    } finally {
      await mail.stop();
    }
    assert.match(await lineFor(mail.url), /^fail {2}mail: .*: ESOCKET\. Check SMTP_URL/);
  });

  it('says that files cannot be kept', async () => {
    const notAFolder = join(dataDir, 'a-file');
    await writeFile(notAFolder, '');
    await chmod(notAFolder, 0o400);
    const { lines, isWell } = await examine({
      PORT: '0',
      DATA_DIR: dataDir,
      FILES_DIR: join(notAFolder, 'files'),
    });
    assert.equal(isWell, false);
    assert.ok(
      lines.some((line) => /^fail {2}files: .*Set FILES_DIR/.test(line)),
      lines.join('\n'),
    );
  });

  it('knows which node is too old', () => {
    assert.equal(checkNode('18.20.0').level, 'fail');
    assert.equal(checkNode('20.18.3').level, 'fail');
    assert.equal(checkNode('20.19.0').level, 'ok');
    assert.equal(checkNode('24.1.0').level, 'ok');
  });

  it('doubts addresses and proxies that do not go together', () => {
    const host = '0.0.0.0';
    const levels = (publicUrl: string | null, trustProxy: boolean | number): string[] =>
      checkAddresses({ publicUrl, trustProxy, host }).map(({ level }) => level);
    assert.deepEqual(levels('https://chat.example', 1), ['ok', 'ok']);
    assert.deepEqual(levels('https://chat.example', false), ['ok', 'warn']);
    assert.deepEqual(levels('http://chat.example', true), ['warn', 'warn']);
    assert.deepEqual(levels(null, false), ['warn', 'ok']);
  });

  it('sees the state of PostgreSQL, before and after migrating', { skip }, async () => {
    const database = await newDatabase();
    const environment = {
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      SECRET: secret,
    };
    const linesOf = async (subject: string): Promise<string> => {
      const { lines } = await examine(environment);
      return lines.filter((line) => line.slice(6).startsWith(`${subject}:`)).join('\n');
    };
    try {
      assert.match(await linesOf('migrations'), /^warn .*version 0 of \d+\..*migrate$/);
      const [line] = await migrateDatabase(readConfig(environment));
      assert.match(line ?? '', /^The database is at version \d+\.$/);
      assert.match(await linesOf('migrations'), /^ok .*all \d+ are applied$/);
      assert.match(await linesOf('database'), /^ok {4}database: PostgreSQL \d+$/);
      assert.match(await linesOf('clock'), /^ok /);
      await query(
        database.url,
        "insert into schema_migrations (version, name, applied_at) values (99, 'future', 1)",
      );
      assert.match(await linesOf('migrations'), /^fail .*version 99.*newer server/);
    } finally {
      await database.drop();
    }
  });

  it('says where PostgreSQL and Redis do not answer', async () => {
    const { lines, isWell } = await examine({
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: 'postgres://convkit@127.0.0.1:1/none',
      REDIS_URL: 'redis://127.0.0.1:1',
      FILES_DIR: join(dataDir, 'files'),
      SECRET: secret,
    });
    assert.equal(isWell, false);
    assert.ok(lines.some((line) => /^fail {2}database: .*DATABASE_URL/.test(line)));
    assert.ok(lines.some((line) => /^fail {2}redis: .*REDIS_URL/.test(line)));
  });

  it(
    'tries what joins the servers',
    { skip: redisUrl === undefined && 'TEST_REDIS_URL names no Redis to test with' },
    async () => {
      const { lines } = await examine({
        PORT: '0',
        DATA_DIR: dataDir,
        DATABASE_URL: 'postgres://convkit@127.0.0.1:1/none',
        REDIS_URL: redisUrl,
        FILES_DIR: join(dataDir, 'files'),
        SECRET: secret,
      });
      assert.ok(lines.some((line) => /^ok {4}redis: \w+ [\d.]+ publishes by shard$/.test(line)));
    },
  );
});
