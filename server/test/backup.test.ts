import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultView } from '#kit/domain/index.js';
import type { AgentTokenReply, VisitorTokenReply } from '#kit/protocol/http.js';
import { readyFolder } from '../src/adapters/postgres/testing/data-folder.js';
import { newDatabase, skip } from '../src/adapters/postgres/testing/database.js';
import { readConfig, type Config } from '../src/config.js';
import { restoreFrom, writeBackup, writeExport } from '../src/installation.js';
import { start, type Running } from '../src/main.js';
import { sha256, type BackupManifest } from '../src/operations/backup-format.js';
import { clientId } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';
import { runCli } from './run-cli.js';
import { tarEntries } from './tar-entries.js';
import { uploaded } from './upload.js';

const secret = 'a secret of the test of backups, long enough';
const limits =
  'visitorMessagesPerMinute=100000,agentMessagesPerMinute=100000,eventsPerMinute=100000';

interface Place {
  environment: Record<string, string>;
  config: Config;
  drop(): Promise<void>;
}

const places = {
  embedded: async (): Promise<Place> => {
    const { path, remove } = await readyFolder();
    return place({ DATA_DIR: path }, remove);
  },
  postgres: async (): Promise<Place> => {
    const dataDir = await mkdtemp(join(tmpdir(), 'convkit-backup-'));
    const database = await newDatabase();
    return place({ DATA_DIR: dataDir, DATABASE_URL: database.url, SECRET: secret }, async () => {
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    });
  },
};

function place(variables: Record<string, string>, drop: () => Promise<void>): Place {
  const environment = { PORT: '0', LOG_LEVEL: 'error', LIMITS: limits, ...variables };
  return { environment, config: readConfig(environment), drop };
}

/** People who write until they are told to stop, one message after the other's reply. */
class Writers {
  readonly acknowledged: string[] = [];
  #stopped = false;
  #work: Promise<void>[] = [];
  #sockets: RawSocket[] = [];

  async visitor(url: string, workspaceId: string): Promise<RawSocket> {
    const reply = await postJson<VisitorTokenReply>(`${url}/v1/visitor/token`, { workspaceId });
    const socket = await RawSocket.open(url, reply.token);
    const topic = `visitor:${reply.contactId}`;
    await socket.join(topic);
    const { id } = await uploaded(url, { token: reply.token, name: 'a.txt', content: 'a text' });
    await socket.push(topic, 'message:send', {
      clientId: clientId(),
      text: '',
      attachmentIds: [id],
    });
    this.#write(socket, topic);
    return socket;
  }

  async agent(url: string, signInLine: string): Promise<void> {
    const code = signInLine.split('#code=')[1];
    const headers = { 'content-type': 'application/json', origin: url };
    const signIn = await fetch(`${url}/v1/agent/sign-in-link`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ code }),
    });
    const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const token = await fetch(`${url}/v1/agent/token`, {
      method: 'POST',
      headers: { origin: url, cookie },
    });
    const { token: channelToken, workspaceId } = (await token.json()) as AgentTokenReply;
    const socket = await RawSocket.open(url, channelToken);
    const { window } = await socket.join<{ window: { conversations: { id: string }[] } }>(
      `inbox:${workspaceId}`,
      { view: { ...defaultView, name: 'all' } },
    );
    const topic = `conversation:${window.conversations[0]?.id ?? ''}`;
    await socket.join(topic);
    this.#write(socket, topic, { kind: 'comment' });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#work);
    await Promise.all(this.#sockets.map((socket) => socket.close()));
  }

  #write(socket: RawSocket, topic: string, extra: object = {}): void {
    this.#sockets.push(socket);
    const work = async (): Promise<void> => {
      while (!this.#stopped) {
        const text = `message ${this.acknowledged.length}`;
        await socket.push(topic, 'message:send', { clientId: clientId(), text, ...extra });
        this.acknowledged.push(text);
      }
    };
    this.#work.push(work());
  }

  /** Resolves when so many more messages were acknowledged. */
  async more(count: number): Promise<void> {
    const wanted = this.acknowledged.length + count;
    while (this.acknowledged.length < wanted) await pause(5);
  }
}

async function postJson<T>(url: string, body: object): Promise<T> {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.equal(reply.status, 200, await reply.clone().text());
  return (await reply.json()) as T;
}

const manifestOf = async (file: string): Promise<BackupManifest> =>
  JSON.parse((await tarEntries(file)).get('manifest.json') ?? '') as BackupManifest;

/** What takes long and adds little to the rest runs with TEST_LONG=1 only. */
const long = (always: boolean): string | false =>
  always || process.env['TEST_LONG'] ? false : 'TEST_LONG=1 runs it';

/**
 * Both databases are there once, one read and the other written; all four pairs in the long form.
 * Without PostgreSQL the embedded one is both.
 */
const sourceSkipped = {
  embedded: long(skip !== false),
  postgres: skip,
} as const;

/** See `sourceSkipped`. */
function skipped(kind: keyof typeof places, target: keyof typeof places): string | false {
  return (target === 'postgres' && skip) || long(kind !== target || skip !== false);
}

for (const kind of ['embedded', 'postgres'] as const) {
  describe(`a backup of ${kind}`, { skip: sourceSkipped[kind] }, () => {
    let source: Place;
    let folder: string;
    let file: string;
    let printed: string[];

    before(async () => {
      source = await places[kind]();
      folder = await mkdtemp(join(tmpdir(), 'convkit-backups-'));
      file = join(folder, 'backup.tar.gz');
    });
    after(async () => {
      await source.drop();
      await rm(folder, { recursive: true, force: true });
    });

    it('is made while visitors and agents write', async () => {
      printed = [];
      const running: Running = await start(source.config, (line) => printed.push(line));
      const writers = new Writers();
      try {
        const { url } = running;
        const workspaceId = await workspaceOf(source.config, folder);
        for (let count = 0; count < 3; count += 1) await writers.visitor(url, workspaceId);
        const link = printed.find((line) => line.startsWith('Sign in: ')) ?? '';
        await writers.agent(url, link);
        await writers.more(50);
        const before = writers.acknowledged.length;
        const lines = await writeBackup(source.config, file);
        const during = writers.acknowledged.length - before;
        await writers.more(20);
        assert.match(lines[0] ?? '', /^Backup: .*backup\.tar\.gz \(\d+ kB\)/);
        assert.ok(during > 5, `${during} messages were sent during the backup`);

        const { tables, entries, missingFiles } = await manifestOf(file);
        assert.ok((tables['messages'] ?? 0) >= before + 3);
        assert.ok((tables['messages'] ?? 0) < writers.acknowledged.length + 10);
        assert.equal(Object.keys(entries).filter((name) => name.startsWith('files/')).length, 3);
        assert.deepEqual(missingFiles, []);
        assert.equal((await stat(file)).mode & 0o777, 0o600);
        assert.equal('secret' in entries, kind === 'embedded');
      } finally {
        await writers.stop();
        await running.close();
      }
      const left = (await readdir(source.config.dataDir)).filter((name) => /copy/.test(name));
      assert.deepEqual(left, []);
    });

    it('is refused where no file can be written, before anything is read', async () => {
      const [nowhere, aFolder] = [join(folder, 'none', 'b.tar.gz'), folder];
      const refusal = (message: RegExp) => ({ name: 'CannotOperate', message });
      await assert.rejects(
        writeBackup(source.config, nowhere),
        refusal(/^There is no folder .*none/),
      );
      await assert.rejects(writeBackup(source.config, aFolder), refusal(/ is a folder\. /));
      await assert.rejects(writeExport(source.config, null, aFolder), refusal(/ is a folder\. /));
    });

    for (const target of ['embedded', 'postgres'] as const) {
      it(
        `gives the same export after it was restored to ${target}`,
        { skip: skipped(kind, target) },
        async () => {
          const place = await places[target]();
          try {
            const restored = await runCli(['restore', file], place.environment);
            assert.equal(restored.code, 0, restored.stderr);
            assert.match(
              restored.stdout,
              /^Restored what was stored on .* 3 contacts, .* 3 files\./,
            );
            const exported = await runCli(['export', '-'], place.environment);
            assert.equal(exported.code, 0, exported.stderr);
            const manifest = await manifestOf(file);
            const { length: lines } = exported.stdout.trimEnd().split('\n');
            assert.deepEqual({ lines, sha256: sha256(exported.stdout) }, manifest.export);
            assert.equal(exported.stdout.match(/"sha256":"[0-9a-f]{64}"/g)?.length, 3);

            const again = await runCli(['restore', file], place.environment);
            assert.equal(again.code, 1);
            assert.match(again.stderr, /in use.*not empty.*Nothing was changed\.\n$/);
          } finally {
            await place.drop();
          }
        },
      );
    }

    it('goes to stdout where the file is -', { skip: long(kind === 'embedded') }, async () => {
      const streamed = await runCli(['backup', '-'], source.environment);
      assert.equal(streamed.code, 0, streamed.stderr);
      assert.equal(streamed.stdout.slice(0, 1), '\x1f');
    });

    it('is followed by a server that knows everybody and goes on numbering', async () => {
      const place = await places[kind]();
      try {
        await restoreFrom(place.config, file);
        printed = [];
        const running = await start(place.config, (line) => printed.push(line));
        const writers = new Writers();
        try {
          const workspaceId = await workspaceOf(place.config, folder);
          await writers.visitor(running.url, workspaceId);
          await writers.agent(running.url, printed.find((line) => /^Sign in/.test(line)) ?? '');
          await writers.more(5);
        } finally {
          await writers.stop();
          await running.close();
        }
        if (kind === 'postgres') return;
        const kept = await readFile(join(place.config.dataDir, 'secret'), 'utf8');
        assert.equal(kept, await readFile(join(source.config.dataDir, 'secret'), 'utf8'));
      } finally {
        await place.drop();
      }
    });
  });
}

describe('a backup that is not whole', () => {
  let folder: string;
  let whole: string;
  let target: Place;
  before(async () => {
    target = await places.embedded();
    folder = await mkdtemp(join(tmpdir(), 'convkit-damaged-'));
    whole = join(folder, 'whole.tar.gz');
    const source = await places.embedded();
    const running = await start(source.config, () => undefined);
    await writeBackup(source.config, whole);
    await running.close();
    await source.drop();
  });
  after(async () => {
    await target.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const refuses = async (content: Buffer, expected: RegExp): Promise<void> => {
    const file = join(folder, 'damaged.tar.gz');
    await writeFile(file, content);
    await assert.rejects(restoreFrom(target.config, file), expected);
  };

  it('is not made of a folder without an installation, which stays as it is', async () => {
    const environment = { DATA_DIR: join(folder, 'mistyped') };
    for (const command of ['backup', 'export']) {
      const refused = await runCli([command, join(folder, 'none.tar.gz')], environment);
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /^There is no installation in .*mistyped\. Set DATA_DIR /);
    }
    assert.equal(existsSync(environment.DATA_DIR), false);
  });

  it('is refused where it was cut off', async () => {
    const content = await readFile(whole);
    await refuses(content.subarray(0, content.length - 200), /cut off/);
  });

  it('is refused where a byte is another one', async () => {
    const { gunzipSync, gzipSync } = await import('node:zlib');
    const tar = gunzipSync(await readFile(whole));
    const at = tar.indexOf('"Support"');
    assert.ok(at > 0);
    tar.write('"Suppork"', at);
    await refuses(gzipSync(tar), /tables\/workspaces\/000001\.jsonl is not as it was written/);
  });

  it('is refused where it is something else', async () => {
    await refuses(Buffer.from('a letter to a friend'), /is no backup/);
  });

  it('leaves nothing behind: a whole one goes into the same place', async () => {
    await restoreFrom(target.config, whole);
  });

  it('leaves no file behind when it cannot be made', async () => {
    const source = await places.embedded();
    try {
      await writeFile(join(folder, 'taken'), '');
      await assert.rejects(writeBackup(source.config, join(folder, 'taken', 'backup')));
      assert.equal(existsSync(join(folder, 'taken', 'backup')), false);
      await truncate(join(folder, 'taken'), 0);
    } finally {
      await source.drop();
    }
  });
});

/** The oldest workspace, as the export has it. */
async function workspaceOf(config: Config, folder: string): Promise<string> {
  const file = join(folder, 'export.jsonl');
  await writeExport(config, null, file);
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const workspace = lines
    .map((line) => JSON.parse(line) as { type: string; id: string })
    .find(({ type }) => type === 'workspace');
  return workspace?.id ?? '';
}
