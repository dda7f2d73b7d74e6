import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { startS3, type TestBucket } from '../src/adapters/files/testing/s3.js';
import { createS3Store } from '../src/adapters/files/s3.js';
import { sendVisitorMessage } from '../src/usecases/send-visitor-message.js';
import { clientId, startFixture, type Fixture } from './app-fixture.js';
import { programOf } from './program.js';
import { post, refusal, uploaded } from './upload.js';

const megabyte = 1_048_576;

describe('a disk that is full', () => {
  it(
    'refuses a file, keeps nothing of it, and takes a smaller one',
    { skip: cannotMount() },
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'convkit-full-'));
      const { words, environment } = programOf('test/full-disk-server');
      const server = spawn(
        'unshare',
        [
          ...['--user', '--map-root-user', '--mount', 'sh', '-c'],
          'mount -t tmpfs -o size=2m tmpfs "$0" && exec "$@"',
          ...[folder, process.execPath, ...words, folder],
        ],
        {
          stdio: ['pipe', 'pipe', 'inherit'],
          // The root of a namespace may not enter the folder of the database's socket.
          env: { ...process.env, ...environment, TEST_DATABASE_SOCKET: undefined },
        },
      );
      const ended = once(server, 'exit');
      const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
      const { url, token } = JSON.parse(line) as { url: string; token: string };

      const reply = await post(url, { token, content: Buffer.alloc(3 * megabyte, 'a') });
      assert.equal(reply.status, 507);
      const wire = await refusal(reply);
      assert.equal(wire.code, 'storage_full');
      assert.equal(wire.retryAfterMs, undefined, 'waiting does not help');
      await uploaded(url, { token, content: Buffer.alloc(1.5 * megabyte, 'a') });

      server.stdin.end();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  );
});

describe('a bucket that is away', () => {
  let bucket: TestBucket;
  let incoming: string;
  let fixture: Fixture;

  before(async () => {
    bucket = await startS3();
    incoming = await mkdtemp(join(tmpdir(), 'convkit-incoming-'));
    const timeLimits = { put: 2_000, request: 2_000 };
    const files = createS3Store({ ...bucket.settings, incoming, timeLimits });
    fixture = await startFixture({ files });
  });
  after(async () => {
    await fixture.close();
    // Already, when the test came so far.
    await bucket.close().catch(() => undefined);
    await rm(incoming, { recursive: true, force: true });
  });

  it('refuses files for now, and shows those that it has when it is back', async () => {
    const { caller, token } = await fixture.visitor();
    const { url } = fixture;
    const file = await uploaded(url, { token, content: 'kept' });
    const { ports } = fixture.app;
    const signed = ports.fileLinks.sign({
      id: file.id,
      variant: 'original',
      viewer: { type: 'contact', id: caller.contactId },
    });
    assert.equal(await (await fetch(url + signed.url)).text(), 'kept');

    await bucket.close();
    const reply = await post(url, { token, content: 'lost' });
    assert.equal(reply.status, 503);
    assert.ok(Number(reply.headers.get('retry-after')) > 0);
    const wire = await refusal(reply);
    assert.equal(wire.code, 'storage_unavailable');
    assert.ok(wire.retryAfterMs);
    assert.deepEqual(await readdir(incoming), []);
    const shown = await fetch(url + signed.url);
    assert.equal((await refusal(shown)).code, 'storage_unavailable');

    const sent = { clientId: clientId(), text: 'words still come', attachmentIds: [file.id] };
    const message = await sendVisitorMessage(ports, caller, sent);
    assert.deepEqual(message.attachments, [file]);
    const waiting = await fixture.storage.attachments.waiting({
      type: 'contact',
      id: caller.contactId,
    });
    assert.equal(waiting.count, 0);
    assert.match(fixture.logged(), /could not be stored or read/);
    assert.doesNotMatch(fixture.logged(), /S3RVER/);
  });
});

/** Why no disk of our own can be made; false when it can. */
function cannotMount(): string | false {
  const probe = spawnSync('unshare', [
    ...['--user', '--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()],
  ]);
  return probe.status === 0 ? false : 'this system lets no user mount a disk in a namespace';
}
